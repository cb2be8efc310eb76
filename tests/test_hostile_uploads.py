"""Uploads that lie, burst or bite are refused in words, and leave neither row nor file behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from conferences import Conferences
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hostile.files import GOOD, HOSTILE, SCRIPT, office, pdf, picture
from newsroom import usual_category

from meetings.models import Meeting, Paper
from members.models import User
from news.models import Article, Attachment
from portal.models import RichTextImage

Browser = Callable[[User | None], Client]
TITLE = "Báo cáo kết quả 9 tháng"
#: One check stands behind every way in: papers are sent all of them, the other ways a sample.
SAMPLE = {label: HOSTILE[label] for label in list(HOSTILE)[::4]}
REFUSING = ("tệp", "ảnh", "tài liệu", "pdf")


@pytest.fixture
def m1(conferences: Conferences) -> Meeting:
    return conferences.m1


def kept_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def send_paper(browser: Client, meeting: Meeting, name: str, content: bytes) -> HttpResponse:
    item = meeting.agenda.order_by("position")[0]
    form = {"title": TITLE, "file": SimpleUploadedFile(name, content), "no_state_secret_confirmed": "on"}
    return browser.post(reverse("meetings:add_paper", args=[meeting.pk, item.pk]), form)


def send_article(browser: Client, **files: Any) -> HttpResponse:
    form = {
        "title": TITLE,
        "category": usual_category().pk,
        "lead": "Đoạn mở đầu gõ lâu.",
        "body": "<p>Nội dung</p>",
        "is_for_all": "True",
        "cover_alt": "Quang cảnh",
        "no_state_secret": "on",
        "version": 1,
    }
    return browser.post(reverse("news:create"), form | files)


def says_why(response: HttpResponse, field: str) -> bool:
    """A sentence of ours beside the field, the title still in its place."""
    errors = " ".join(response.context["form"].errors.get(field, [])).lower()
    return any(word in errors for word in REFUSING) and TITLE in response.content.decode()


def test_hostile_paper_is_refused(
    m1: Meeting, cast: Cast, signed_in: Browser, subtests: pytest.Subtests
) -> None:
    browser, before = signed_in(cast.off), kept_files()
    for label, (name, make) in HOSTILE.items():
        with subtests.test(label):
            response = send_paper(browser, m1, name, make())

            assert (response.status_code, says_why(response, "file")) == (200, True)
            assert (Paper.objects.count(), kept_files()) == (0, before)


def test_hostile_attachment_is_refused_beside_a_good_one(
    cast: Cast, signed_in: Browser, subtests: pytest.Subtests
) -> None:
    browser, before = signed_in(cast.edi), kept_files()
    for label, (name, make) in SAMPLE.items():
        with subtests.test(label):
            response = send_article(
                browser,
                cover=SimpleUploadedFile("anh.png", picture()),
                attached=[SimpleUploadedFile("tot.pdf", pdf()), SimpleUploadedFile(name, make())],
            )

            assert (response.status_code, says_why(response, "attached")) == (200, True)
            assert "Đoạn mở đầu gõ lâu." in response.content.decode()
            assert (Article.objects.count(), Attachment.objects.count(), kept_files()) == (0, 0, before)


def test_hostile_picture_of_the_editor_is_refused(
    cast: Cast, signed_in: Browser, subtests: pytest.Subtests
) -> None:
    browser, before = signed_in(cast.edi), kept_files()
    for label, (name, make) in [*SAMPLE.items(), ("document", ("bao-cao.pdf", pdf))]:
        with subtests.test(label):
            upload = {"upload": SimpleUploadedFile(name, make(), content_type="image/png")}
            response = browser.post(reverse("richtext_upload"), upload)

            sentence = response.json()["error"]["message"].lower()
            assert (response.status_code, any(word in sentence for word in REFUSING)) == (400, True)
            assert (RichTextImage.objects.count(), kept_files()) == (0, before)


def test_hostile_picture_above_an_item_is_refused(
    cast: Cast, signed_in: Browser, subtests: pytest.Subtests
) -> None:
    browser, before = signed_in(cast.edi), kept_files()
    for label, (name, make) in SAMPLE.items():
        with subtests.test(label):
            response = send_article(browser, cover=SimpleUploadedFile(name, make()))

            assert (response.status_code, says_why(response, "cover")) == (200, True)
            assert (Article.objects.count(), kept_files()) == (0, before)


@pytest.mark.parametrize(
    ("name", "size", "limit"),
    [("anh.png", 10, "10 MB"), ("bao-cao.pdf", 20, "20 MB"), ("bao-cao.pdf", 200, "20 MB")],
    ids=["picture", "PDF", "PDF of 200 MB"],
)
def test_too_large_is_said_with_the_limit(
    m1: Meeting, cast: Cast, signed_in: Browser, name: str, size: int, limit: str
) -> None:
    response = send_paper(signed_in(cast.off), m1, name, b"%PDF-" + b"\0" * (size * 1024 * 1024))

    assert limit in response.context["form"].errors["file"][0]
    assert TITLE in response.content.decode()
    assert not Paper.objects.exists()


def test_good_paper_is_kept_under_its_name(
    m1: Meeting, cast: Cast, signed_in: Browser, subtests: pytest.Subtests
) -> None:
    browser = signed_in(cast.off)
    for label, (name, make, known_as) in GOOD.items():
        with subtests.test(label):
            response = send_paper(browser, m1, name, make())

            assert response.status_code == 302, response.context["form"].errors
            paper = Paper.objects.latest("pk")
            assert (paper.name, paper.title) == (known_as, TITLE)
            assert (paper.size, paper.file.size > 0) == (paper.file.size, True)


def test_name_on_the_disk_is_our_own(m1: Meeting, cast: Cast, signed_in: Browser) -> None:
    send_paper(signed_in(cast.off), m1, "../../Bí danh.PDF", pdf())

    paper = Paper.objects.get()
    folder, _, name = paper.file.name.rpartition("/")
    assert (folder, len(name), name[-4:]) == ("meetings/papers", 36, ".pdf")
    assert Path(paper.file.path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_loses_what_is_hidden_behind_it(
    m1: Meeting, cast: Cast, signed_in: Browser, kind: str
) -> None:
    """A picture with a page, an archive and the place where it was taken behind or inside it."""
    ending = {"JPEG": "jpg"}.get(kind, kind.lower())
    hidden = picture(kind, **({"comment": SCRIPT} if kind == "JPEG" else {})) + SCRIPT + office()

    send_paper(signed_in(cast.off), m1, f"anh.{ending}", hidden)

    content = Path(Paper.objects.get().file.path).read_bytes()
    assert (b"alert(" in content, b"PK\x03\x04" in content) == (False, False)


def test_served_file_stays_a_file(m1: Meeting, cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.off)
    send_paper(browser, m1, "Báo &quot;cáo&quot;&#13;&#10;X: y.docx", office())

    response = browser.get(reverse("meetings:paper", args=[Paper.objects.get().pk]))
    response.getvalue()

    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert [sign for sign in "\r\n<>\\" if sign in response["Content-Disposition"]] == []
    assert "filename*=UTF-8''B%C3%A1o%20" in response["Content-Disposition"]
    assert response["Content-Security-Policy"].endswith("sandbox")
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
