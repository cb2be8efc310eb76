"""Papers: owed by an organisation, handed in, accepted or sent back; versions, and who opened which."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from conferences import item
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import PNG

from meetings.actions import gate, papers
from meetings.models import Meeting, Paper, PaperReading, PaperRequest, PaperState
from members.models import User
from portal import outbox
from portal.models import Notice

SignedIn = Callable[..., Client]


@pytest.fixture
def owed(convened: Meeting, cast: Cast) -> PaperRequest:
    """Item 2 waits for a paper of A."""
    return papers.request_paper(
        item(convened, 2),
        organization=cast.a,
        title="Báo cáo của Sở An",
        due_on=convened.held_on - datetime.timedelta(days=3),
        by=cast.off,
    )


def handed_in(owed: PaperRequest, by: User, name: str = "báo cáo.png") -> Paper:
    return papers.hand_in(owed, file=ContentFile(PNG, name), no_state_secret_confirmed=True, by=by)


def upload(name: str = "báo cáo.png", content: bytes = PNG) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "no_state_secret_confirmed": "on"}


def told(about: PaperRequest, kind: str) -> list[str]:
    notice = Notice.objects.about(about).filter(kind=kind).newest_first().first()
    return sorted(row.name for row in notice.deliveries.all()) if notice else []


def refuse_the_audit_trail() -> None:
    """From here on the last step of every action fails in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE portal_auditentry ADD CONSTRAINT closed CHECK (false) NOT VALID")


@pytest.mark.parametrize("act", ["add", "replace", "hand_in"])
def test_failure_after_the_file_was_written_leaves_no_file(
    owed: PaperRequest, cast: Cast, act: str, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    first = item(owed.agenda_item.meeting, 1)
    given: dict[str, Any] = {
        "file": ContentFile(PNG, "a.png"),
        "no_state_secret_confirmed": True,
        "by": cast.off,
    }
    paper = papers.add_paper(first, title="Báo cáo", **given)
    before = sorted(tmp_path.rglob("*.png"))

    refuse_the_audit_trail()
    with pytest.raises(IntegrityError, match="closed"):
        match act:
            case "add":
                papers.add_paper(first, title="Báo cáo", **given)
            case "replace":
                papers.replace_paper(paper, **given)
            case _:
                papers.hand_in(owed, **given)

    assert sorted(tmp_path.rglob("*.png")) == before != []


def test_secretaries_of_the_owing_organisation_are_told(owed: PaperRequest, cast: Cast) -> None:
    assert told(owed, "meetings.paper_requested") == [cast.sec_a.full_name]


@pytest.mark.parametrize("days", [-1, 30])
def test_day_to_hand_in_lies_before_the_conference(convened: Meeting, cast: Cast, days: int) -> None:
    due_on = timezone.localdate() + datetime.timedelta(days=days)

    with pytest.raises(ValidationError, match="từ hôm nay đến ngày họp"):
        papers.request_paper(
            item(convened, 2), organization=cast.a, title="Báo cáo", due_on=due_on, by=cast.off
        )


def test_organisation_hands_in_by_its_page(owed: PaperRequest, cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.sec_a).post(owed.get_absolute_url(), upload())

    paper = owed.papers.get()
    assert (paper.state, paper.name) == (PaperState.SUBMITTED, "báo cáo.png")
    assert told(owed, "meetings.paper_handed_in") == [cast.off.full_name]


def test_paper_waiting_is_read_by_the_office_and_its_organisation_alone(
    owed: PaperRequest, cast: Cast
) -> None:
    paper = handed_in(owed, cast.sec_a)

    readers = [user for user in (cast.sec_a, cast.off, cast.chair_r, cast.mem_b1) if _sees(user, paper)]

    assert readers == [cast.sec_a, cast.off]


def test_accepted_paper_is_read_by_all_who_see_its_item(owed: PaperRequest, cast: Cast) -> None:
    paper = papers.accept_paper(handed_in(owed, cast.sec_a), by=cast.off)

    owed.refresh_from_db()
    assert owed.settled_at is not None
    assert _sees(cast.mem_b1, paper)


def test_paper_sent_back_is_owed_again_and_told_why(owed: PaperRequest, cast: Cast) -> None:
    papers.return_paper(handed_in(owed, cast.sec_a), reason="Thiếu số liệu tháng 9", by=cast.off)

    notice = Notice.objects.about(owed).filter(kind="meetings.paper_returned").get()
    assert "Thiếu số liệu tháng 9" in outbox.kind_of(notice.kind).compose(notice.deliveries.get()).text
    assert list(PaperRequest.objects.owed()) == [owed]


def test_sending_back_without_a_reason_is_refused(owed: PaperRequest, cast: Cast) -> None:
    paper = handed_in(owed, cast.sec_a)

    with pytest.raises(ValidationError, match="Ghi lý do trả lại"):
        papers.return_paper(paper, reason=" ", by=cast.off)


def test_second_click_on_accept_is_told_so(owed: PaperRequest, cast: Cast) -> None:
    paper = papers.accept_paper(handed_in(owed, cast.sec_a), by=cast.off)

    with pytest.raises(ValidationError, match="không còn chờ xem"):
        papers.accept_paper(paper, by=cast.off)


def test_newer_version_replaces_the_older_for_readers(owed: PaperRequest, cast: Cast) -> None:
    first = papers.accept_paper(handed_in(owed, cast.sec_a), by=cast.off)
    second = papers.accept_paper(handed_in(owed, cast.sec_a, "bản 2.png"), by=cast.off)

    assert (first.number, second.number) == (1, 2)
    assert [_sees(cast.mem_b1, paper) for paper in (first, second)] == [False, True]
    assert list(Paper.objects.versions_of(first)) == [second, first]


def test_version_not_yet_accepted_leaves_the_old_one(owed: PaperRequest, cast: Cast) -> None:
    first = papers.accept_paper(handed_in(owed, cast.sec_a), by=cast.off)
    second = handed_in(owed, cast.sec_a, "bản 2.png")

    assert [_sees(cast.mem_b1, paper) for paper in (first, second)] == [True, False]


def test_office_replaces_and_the_old_version_stays_in_its_list(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    old = _by_office(convened, cast)
    office = signed_in(cast.off)
    office.post(reverse("meetings:replace_paper", args=[convened.pk, old.pk]), upload("bản hai.png"))

    page = office.get(reverse("meetings:paper_versions", args=[convened.pk, old.pk])).text
    assert page.index("Bản 2") < page.index("Bản 1")


def test_opening_is_counted_once_a_person_and_version(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    paper = _by_office(convened, cast)
    for _ in range(3):
        signed_in(cast.mem_b1).get(paper.get_absolute_url()).getvalue()

    reading = PaperReading.objects.get()
    assert (reading.reader, reading.times) == (cast.mem_b1, 3)
    page = signed_in(cast.off).get(reverse("meetings:paper_versions", args=[convened.pk, paper.pk])).text
    assert cast.mem_b1.full_name in page


def test_looking_at_the_head_is_no_reading(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    response = signed_in(cast.mem_b1).head(_by_office(convened, cast).get_absolute_url())

    assert not PaperReading.objects.exists()
    # What a server does in the end; response.close() would end the test's own connection too.
    for close in response._resource_closers:
        close()


def test_item_of_the_committee_is_not_named_to_who_owes_its_paper(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    asked = papers.request_paper(
        item(convened, 3), organization=cast.a, title="Đề án", due_on=timezone.localdate(), by=cast.off
    )
    notice = Notice.objects.about(asked).get()

    page = signed_in(cast.sec_a).get(asked.get_absolute_url()).text

    assert "Công tác cán bộ" not in page
    assert "Công tác cán bộ" not in outbox.kind_of(notice.kind).compose(notice.deliveries.get()).text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("báo cáo.png", b"", "Tệp rỗng"),
        ("báo cáo.exe", b"MZ", "Chỉ nhận tệp"),
        ("Tối mật.png", PNG, "dấu chỉ độ mật"),
    ],
)
def test_bad_file_is_refused_in_words(
    owed: PaperRequest, cast: Cast, signed_in: SignedIn, name: str, content: bytes, said: str
) -> None:
    page = signed_in(cast.sec_a).post(owed.get_absolute_url(), upload(name, content)).text

    assert said in page
    assert not owed.papers.exists()


def test_name_from_a_mac_is_kept_composed(owed: PaperRequest, cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.sec_a).post(owed.get_absolute_url(), upload("ba\u0301o ca\u0301o.png"))

    assert owed.papers.get().name == "báo cáo.png"


def test_gate_counts_only_what_was_accepted(owed: PaperRequest, cast: Cast) -> None:
    meeting = owed.agenda_item.meeting
    paper = handed_in(owed, cast.sec_a)
    lacks = [
        row.note for row in gate.checklist(meeting, timezone.now(), by=cast.off) if row.what == "Tài liệu"
    ]
    papers.accept_paper(paper, by=cast.off)

    after = [
        row.note for row in gate.checklist(meeting, timezone.now(), by=cast.off) if row.what == "Tài liệu"
    ]

    assert "Mục 2 chưa có tài liệu" in lacks[0]
    assert after == [""]


def test_request_with_something_handed_in_stays(owed: PaperRequest, cast: Cast) -> None:
    handed_in(owed, cast.sec_a)

    with pytest.raises(ValidationError, match="Đơn vị đã nộp"):
        papers.withdraw_request(owed, by=cast.off)


def _sees(user: User, paper: Paper) -> bool:
    return Paper.objects.visible_to(user).filter(pk=paper.pk).exists()


def _by_office(meeting: Meeting, cast: Cast) -> Paper:
    return papers.add_paper(
        item(meeting, 1),
        title="Chương trình",
        file=ContentFile(PNG, "chương trình.png"),
        no_state_secret_confirmed=True,
        by=cast.off,
    )


def test_home_of_the_secretary_shows_what_his_unit_owes(
    owed: PaperRequest, cast: Cast, signed_in: SignedIn
) -> None:
    assert "Báo cáo của Sở An" in signed_in(cast.sec_a).get("/").text
    for other in (cast.sec_b, cast.mem_a1, cast.off):
        assert "Báo cáo của Sở An" not in signed_in(other).get("/").text

    handed_in(owed, cast.sec_a)

    assert "Tài liệu cần nộp" not in signed_in(cast.sec_a).get("/").text
