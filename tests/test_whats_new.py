"""The CHANGELOG as a page, marked in the foot until this browser has opened it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from members.models import User
from portal import changelog

Browser = Callable[[User | None], Client]
UNREAD = "Có gì mới (chưa đọc)"


def test_file_is_read_into_releases_parts_and_lines() -> None:
    text = (
        "# Đầu\n\nLời dẫn.\n\n## Chưa phát hành\n\n### Có gì mới\n\n- Một `make run`\n  dài.\n- <b>Hai</b>\n"
    )
    text += "\n## 1.0\n\n### Sửa lỗi\n\n- **Ba**\n"

    assert changelog.read(text) == [
        ("Mới nhất", [("Có gì mới", ["Một <code>make run</code> dài.", "&lt;b&gt;Hai&lt;/b&gt;"])]),
        ("1.0", [("Sửa lỗi", ["<b>Ba</b>"])]),
    ]


@pytest.mark.django_db
def test_page_shows_every_line_and_takes_the_mark_away(mem_a1: User, signed_in: Browser) -> None:
    browser = signed_in(mem_a1)
    assert UNREAD in browser.get("/").content.decode()

    page = browser.get(reverse("whats_new"))

    lines = [line for release in changelog.releases() for part in release.parts for line in part.lines]
    assert lines
    assert [line for line in lines if line not in page.content.decode()] == []
    assert UNREAD not in browser.get("/").content.decode()


@pytest.mark.django_db
def test_what_is_new_stands_open_and_the_rest_is_folded(
    mem_a1: User, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"Điều {number}." for number in range(1, changelog.MOST_UNFOLDED + 3)]
    release = changelog.Release("Mới nhất", [changelog.Part("Có gì mới", lines)])
    monkeypatch.setattr(changelog, "releases", lambda: [release])

    page = signed_in(mem_a1).get(reverse("whats_new")).content.decode()

    opened, folded = page.split("<summary>Xem thêm 2 điều có từ trước</summary>")
    assert [line for line in lines if line in folded] == lines[-2:]
    assert [line for line in lines if line in opened] == lines[:-2]


@pytest.mark.django_db
def test_mark_is_part_of_what_a_page_is_unchanged_by(mem_a1: User, signed_in: Browser) -> None:
    browser = signed_in(mem_a1)
    before = browser.get("/tin-tuc/")["ETag"]
    browser.get(reverse("whats_new"))

    assert browser.get("/tin-tuc/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.django_db
def test_another_text_is_unread_again(
    mem_a1: User, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(mem_a1)
    browser.get(reverse("whats_new"))

    monkeypatch.setattr(changelog, "mark", lambda: "another")

    assert UNREAD in browser.get("/").content.decode()
