"""Numbers in words, as they are spoken, without marks."""

import pytest

from portal.vietnamese.numerals import number_in


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("muoi mot", 11),
        ("muoi lam", 15),
        ("hai muoi", 20),
        ("hai muoi mot", 21),
        ("ba muoi tu", 34),
        ("nam muoi nham", 55),
        ("mot tram", 100),
        ("mot tram linh nam", 105),
        ("hai tram muoi", 210),
        ("mot tram muoi sau", 116),
        ("chin tram chin muoi chin", 999),
    ],
)
def test_number_is_read_as_it_is_spoken(words: str, number: int) -> None:
    assert number_in(words.split()) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hai",
        "muoi nam",
        "hai muoi nam",
        "mot muoi",
        "tram",
        "mot tram linh",
        "hai ba",
        "dang bo",
        "muoi tu",
    ],
)
def test_what_is_no_number_or_means_something_else_is_none(words: str) -> None:
    assert number_in(words.split()) is None
