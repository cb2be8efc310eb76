"""The order of the Vietnamese alphabet, and of persons by given name."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vietnamese import name_sort_key, sort_key

NAMES = (
    "An Ánh Ân Ấn Bình Bính Dung Dũng Duyên Đạt Đức Hà Hạ Hải Hiển Hoa Hòa Hóa Hùng "
    "Thu Thủ Thủy Thúy Thư Uyên Ưng Ước Ý Yên"
)
TONES = "ma mà mả mã má mạ"
LETTERS = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z"


def in_order(words: str, key: Callable[[str], str], seed: int = 0) -> str:
    shuffled = words.split()
    random.Random(seed).shuffle(shuffled)
    return " ".join(sorted(shuffled, key=key))


@pytest.mark.parametrize("seed", range(5))
def test_names_stand_in_the_expected_order(seed: int):
    assert in_order(NAMES, name_sort_key, seed) == NAMES


def test_tones_are_the_second_level():
    assert in_order(TONES, sort_key) == TONES


def test_letters_follow_the_alphabet():
    assert in_order(LETTERS, sort_key) == LETTERS


def test_a_letter_with_a_sign_follows_every_word_with_the_bare_letter():
    assert sorted(["ăn", "âm", "ay", "an", "azo"], key=sort_key) == ["an", "ay", "azo", "ăn", "âm"]


def test_given_name_comes_before_family_name():
    people = ["Phạm Hưng Hùng", "Trần Văn An", "Đặng Văn Hùng", "Hùng"]

    assert sorted(people, key=name_sort_key) == ["Trần Văn An", "Hùng", "Đặng Văn Hùng", "Phạm Hưng Hùng"]


def test_one_name_written_in_two_ways_has_one_key():
    assert name_sort_key("Nguyễn Thị Thuý") == name_sort_key("nguyễn  thị thúy")
    assert sorted(["Thuý", "Thủy"], key=name_sort_key) == ["Thủy", "Thuý"]


def test_an_empty_name_has_an_empty_key():
    assert name_sort_key(" ") == ""


@given(st.text(alphabet="aăâbcdđeêhoôơuưyAĐÁÀẠ '-"))
def test_keys_of_vietnamese_text_are_ascii(text: str):
    assert name_sort_key(text).isascii()
