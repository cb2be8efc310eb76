"""The papers of a conference in one PDF: contents, page numbers, stale marks, and for whom."""

import io
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import item, participant
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from newsroom import PNG
from pypdf import PdfReader, PdfWriter

from meetings import tasks
from meetings.actions import binders, papers
from meetings.binding import content_of, is_open, is_stale
from meetings.models import AgendaAudience, AttendeeRole, Binder, BinderState, Meeting, Paper, PaperReading
from members.models import User
from portal.binding import Cover, Part, bind

SignedIn = Callable[..., Client]
pytestmark = pytest.mark.django_db


def pdf(pages: int = 2, *, rotated: bool = False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        if rotated:
            page.rotate(90)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def put(
    meeting: Meeting, position: int, title: str, by: User, content: bytes = b"", name: str = "a.pdf"
) -> Paper:
    return papers.add_paper(
        item(meeting, position),
        title=title,
        file=ContentFile(content or pdf(), name),
        no_state_secret_confirmed=True,
        by=by,
    )


@pytest.fixture
def stocked(convened: Meeting, cast: Cast) -> Meeting:
    """A report of two pages under item 1, a picture beside it, three pages for the committee alone."""
    put(convened, 1, "Báo cáo 9 tháng", cast.off)
    put(convened, 1, "Ảnh minh họa", cast.off, PNG, "anh.png")
    put(convened, 3, "Tờ trình nhân sự", cast.off, pdf(3))
    return convened


def built(meeting: Meeting, by: User, audience: AgendaAudience = AgendaAudience.PREPARING) -> Binder:
    binders.ask_for_binder(meeting, audience, by=by)
    tasks.build_binders()
    return Binder.objects.get(meeting=meeting, audience=audience)


def taken(reader: Client, address: str) -> PdfReader:
    return PdfReader(io.BytesIO(b"".join(reader.get(address).streaming_content)))


def words(binder: Binder) -> list[str]:
    with binder.file.open("rb") as file:
        return [page.extract_text() for page in PdfReader(file).pages]


def test_contents_name_every_paper_with_its_page(stocked: Meeting, cast: Cast) -> None:
    binder = built(stocked, cast.off)

    first, *rest = words(binder)
    lines = first.split("\n")
    assert (binder.state, binder.pages, len(rest)) == (BinderState.READY, 6, 5)
    assert lines[lines.index("Báo cáo 9 tháng") + 1] == "2"
    assert lines[lines.index("Ảnh minh họa") + 1] == "tệp riêng (PNG)"
    assert lines[lines.index("Tờ trình nhân sự") + 1] == "4"
    assert stocked.title in first.replace("\n", " ")


def test_every_page_has_its_number(stocked: Meeting, cast: Cast) -> None:
    pages = words(built(stocked, cast.off))

    assert [f"{number}/6" in page for number, page in enumerate(pages, start=1)] == [True] * 6


def test_guest_gets_nothing_of_the_committee(stocked: Meeting, cast: Cast) -> None:
    binder = built(stocked, cast.off, AgendaAudience.INVITED)

    assert binder.pages == 3
    assert "nhân sự" not in " ".join(words(binder))


def test_paper_that_can_not_be_read_is_named_and_not_lost() -> None:
    parts = [Part("1", "Mục một"), Part("", "Tệp hỏng", io.BytesIO(b"%PDF-1.7 rest"), "hong.pdf")]

    written, pages = bind(Cover("TẬP TÀI LIỆU", "Hội nghị"), parts)

    assert pages == 1
    assert "tệp riêng (PDF)" in PdfReader(io.BytesIO(written)).pages[0].extract_text()


def test_long_contents_count_their_own_pages() -> None:
    parts = [Part(str(number), f"Tài liệu số {number}", io.BytesIO(pdf(1)), "a.pdf") for number in range(80)]

    written, pages = bind(Cover("TẬP TÀI LIỆU", "Hội nghị"), parts)

    front = pages - 80
    assert front > 1
    assert f"Tài liệu số 0\n{front + 1}" in PdfReader(io.BytesIO(written)).pages[0].extract_text()


def test_page_on_its_side_is_numbered_at_its_foot() -> None:
    parts = [Part("1", "Bảng ngang", io.BytesIO(pdf(1, rotated=True)), "a.pdf")]

    written, _ = bind(Cover("TẬP TÀI LIỆU", "Hội nghị"), parts)

    page = PdfReader(io.BytesIO(written)).pages[1]
    assert (page.rotation, page.mediabox.width > page.mediabox.height) == (0, True)
    assert "2/2" in page.extract_text()


@pytest.mark.parametrize("change", ["replace", "remove", "add", "reorder"])
def test_change_of_a_paper_marks_the_binder_stale(stocked: Meeting, cast: Cast, change: str) -> None:
    binder = built(stocked, cast.off)
    paper = Paper.objects.get(title="Báo cáo 9 tháng")

    match change:
        case "replace":
            newer = ContentFile(pdf(), "b.pdf")
            papers.replace_paper(paper, file=newer, no_state_secret_confirmed=True, by=cast.off)
        case "remove":
            papers.remove_paper(paper, by=cast.off)
        case "add":
            put(stocked, 2, "Thêm", cast.off)
        case "reorder":
            stocked.agenda.filter(position=1).update(position=9)

    assert is_stale(binder, content_of(stocked, AgendaAudience.PREPARING))
    assert is_open(binder) == (change != "remove")


def test_item_hidden_since_closes_the_binder_at_once(
    stocked: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    built(stocked, cast.off, AgendaAudience.INVITED)
    address, guest = reverse("meetings:binder_file", args=[stocked.pk]), signed_in(cast.sec_a)
    before = taken(guest, address)

    stocked.agenda.filter(position=1).update(is_committee_only=True)

    assert len(before.pages) == 3
    assert guest.get(address).status_code == 404


def test_delegate_is_handed_the_binder_of_his_own_audience(
    stocked: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    for audience in (AgendaAudience.INVITED, AgendaAudience.OFFICIAL):
        built(stocked, cast.off, audience)
    stocked.participants.filter(member=cast.mem_b1.member).update(role=AttendeeRole.OFFICIAL)
    address = reverse("meetings:binder_file", args=[stocked.pk])

    def pages(user: User) -> int:
        return len(taken(signed_in(user), address).pages)

    assert (pages(cast.mem_b1), pages(cast.sec_a)) == (6, 3)
    assert signed_in(cast.mem_a1).get(address).status_code == 404


def test_door_of_binders_opens_no_higher_audience(stocked: Meeting, cast: Cast) -> None:
    for audience in AgendaAudience:
        built(stocked, cast.off, audience)

    seen = {
        user.username: set(Binder.objects.visible_to(user).values_list("audience", flat=True))
        for user in (cast.off, cast.chair_r, cast.sec_a, cast.mem_a1)
    }

    assert seen == {
        cast.off.username: set(AgendaAudience.values),
        cast.chair_r.username: set(AgendaAudience.values),
        cast.sec_a.username: {"invited"},
        cast.mem_a1.username: set(),
    }


def test_taking_the_binder_is_reading_its_papers(stocked: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    built(stocked, cast.off, AgendaAudience.INVITED)
    address, guest = reverse("meetings:binder_file", args=[stocked.pk]), signed_in(cast.sec_a)

    for _ in range(2):
        taken(guest, address)

    read = PaperReading.objects.filter(reader=cast.sec_a).values_list("paper__title", "times")
    assert set(read) == {("Báo cáo 9 tháng", 2), ("Ảnh minh họa", 2)}


def test_asking_twice_builds_once(stocked: Meeting, cast: Cast) -> None:
    for _ in range(2):
        binders.ask_for_binder(stocked, AgendaAudience.INVITED, by=cast.off)

    assert (tasks.build_binders(), tasks.build_binders()) == (1, 0)


def test_new_binder_takes_the_place_of_the_old_file(
    stocked: Meeting, cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    first = built(stocked, cast.off)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        second = built(stocked, cast.off)

    assert not first.file.storage.exists(str(first.file.name))
    assert second.file.storage.exists(str(second.file.name))


def test_lost_file_leaves_a_sentence_and_a_way_to_ask_again(
    stocked: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    paper = Paper.objects.get(title="Báo cáo 9 tháng")
    paper.file.storage.delete(str(paper.file.name))

    binder = built(stocked, cast.off)
    page = signed_in(cast.off).get(reverse("meetings:binder", args=[stocked.pk])).text

    assert binder.state == BinderState.FAILED
    assert "Chưa lập được tập tài liệu" in page
    assert "Lập lại" in page


def test_conference_without_papers_has_no_binder(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    with pytest.raises(ValidationError, match="Chưa có tài liệu"):
        binders.ask_for_binder(convened, AgendaAudience.INVITED, by=cast.off)

    page = signed_in(cast.sec_a).get(reverse("meetings:binder", args=[convened.pk])).text
    assert "Chưa có tài liệu" in page
    assert "Lập tập tài liệu</button>" not in page


def test_page_of_the_conference_leads_there(stocked: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    guest, address = signed_in(cast.sec_a), reverse("meetings:binder", args=[stocked.pk])

    assert address in guest.get(stocked.get_absolute_url()).text
    guest.post(address)
    assert "Đang lập" in guest.get(address).text
    tasks.build_binders()
    assert "3 trang" in guest.get(reverse("meetings:binder_progress", args=[stocked.pk])).text
    assert participant(stocked, cast.sec_a).role == AttendeeRole.INVITED
