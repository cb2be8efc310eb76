"""The frame of a page is rendered once for the same reader's values, and never for another's."""

from collections.abc import Callable

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory

from members.models import User
from portal.templatetags.remembered import section

Browser = Callable[[User | None], Client]


def test_piece_is_rendered_once_for_the_same_values() -> None:
    template = Template("{% load remembered %}{% remember name %}{{ name }} {{ other }}{% endremember %}")

    shown = [
        template.render(Context({"name": name, "other": other}))
        for name, other in [("Ất", 1), ("Ất", 2), ("Bính", 3)]
    ]

    assert shown == ["Ất 1", "Ất 1", "Bính 3"]


def test_values_are_escaped_once() -> None:
    template = Template("{% load remembered %}{% remember name %}{{ name }}{% endremember %}")

    shown = [template.render(Context({"name": "<b>"})) for _ in range(2)]

    assert shown == ["&lt;b&gt;"] * 2


def test_a_row_is_no_value_since_it_shows_more_than_its_words() -> None:
    template = Template("{% load remembered %}{% remember user %}{{ user.email }}{% endremember %}")

    with pytest.raises(TypeError, match="name its fields"):
        template.render(Context({"user": User(username="an", full_name="Nguyễn Văn An")}))


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/tin-tuc/", "/tin-tuc/"),
        ("/tin-tuc/giao-ban/", "/tin-tuc/…"),
        ("/hop/1/bien-ban/", "/hop/…"),
    ],
)
def test_section_is_as_much_as_the_links_can_tell(path: str, place: str) -> None:
    assert section({"request": RequestFactory().get(path)}) == place


def test_frames_of_two_readers_do_not_mix(mem_a1: User, edi: User, signed_in: Browser) -> None:
    pages = {user.username: signed_in(user).get("/tin-tuc/").content.decode() for user in (mem_a1, edi)}

    assert (mem_a1.full_name in pages["mem_a1"], edi.full_name in pages["mem_a1"]) == (True, False)
    assert ("Quản trị" in pages["mem_a1"], "Quản trị" in pages["edi"]) == (False, True)


def test_forms_of_the_frame_carry_a_token_of_their_own_page(mem_a1: User, signed_in: Browser) -> None:
    reader = signed_in(mem_a1)

    first, second = (reader.get("/tin-tuc/").context["csrf_token"] for _ in range(2))

    assert str(first) != str(second)
