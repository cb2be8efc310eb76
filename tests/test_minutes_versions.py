"""From draft to final paper: comments asked for, votes counted, approval kept, reopening as a new version."""

import datetime
from collections.abc import Callable
from uuid import UUID

import pytest
from cast import Cast
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from meeting_factory import add_delegates
from minutes_desk import begin_minutes

from meetings.actions import minutes, roll_call
from meetings.models import (
    Conclusion,
    Meeting,
    Minutes,
    MinutesBlock,
    MinutesComment,
    MinutesState,
    MinutesVersion,
    Opinion,
    Vote,
    VoteBase,
)
from members.models import User
from portal.models import PortalNotice

Browser = Callable[[User | None], Client]


@pytest.fixture
def session(cast: Cast) -> Meeting:
    return begin_minutes(cast)


@pytest.fixture
def written(cast: Cast, session: Meeting) -> Minutes:
    """Everything the gate asks for is there."""
    for item in session.agenda.all():
        minutes.save_block(session.minutes, item, body=f"<p>Nghe {item}</p>", by=cast.off)
    roll_call.close_meeting(session, by=cast.off, despite="Biểu quyết sau")
    return Minutes.objects.get(meeting=session)


def approve(cast: Cast, found: Minutes) -> Minutes:
    minutes.sign_minutes(found, by=cast.off)
    return minutes.approve_minutes(found, by=cast.chair_r)


def address(found: Minutes) -> str:
    return reverse("meetings:minutes", args=[found.meeting_id])


def in_an_hour() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(hours=1)


def test_a_resolution_needs_more_than_half_of_all_incumbents(cast: Cast, session: Meeting) -> None:
    item = session.agenda.get(position=3)

    vote = minutes.record_vote(
        session.minutes, item, subject="Nhân sự", in_favour=2, against=1, base=VoteBase.CONVENED, by=cast.off
    )

    assert (vote.base_number, vote.needed, vote.is_carried) == (4, 3, False)


def test_nobody_votes_who_did_not_come(cast: Cast, session: Meeting) -> None:
    add_delegates(session, 2, name="Người vắng")

    with pytest.raises(ValidationError, match="nhiều hơn 4 đại biểu chính thức đã có mặt"):
        minutes.record_vote(
            session.minutes,
            session.agenda.get(position=3),
            subject="Nhân sự",
            in_favour=5,
            base=VoteBase.CONVENED,
            by=cast.off,
        )


def test_the_vote_stands_in_the_paper_with_its_base(cast: Cast, written: Minutes, signed_in: Browser) -> None:
    item = written.meeting.agenda.get(position=3)
    minutes.record_vote(
        written, item, subject="Nhân sự", in_favour=3, other=1, base=VoteBase.CONVENED, by=cast.off
    )

    page = signed_in(cast.off).get(address(written) + "?xem=1").content.decode()

    assert (
        "tán thành 3, không tán thành 0, ý kiến khác 1, trên 4 đại biểu chính thức được triệu tập,"
        " bằng 75%; cần 3 (quá nửa). Được thông qua." in page
    )


def test_delegates_are_asked_and_the_draft_rests_meanwhile(
    cast: Cast, written: Minutes, signed_in: Browser
) -> None:
    chair = signed_in(cast.chair_r)
    minutes.ask_for_comments(written, until=in_an_hour(), by=cast.off)

    answer = chair.post(address(written), {"act": "comment", "agrees": "no", "text": "Mục 2 thiếu ý kiến"})

    assert answer.status_code == 302
    assert MinutesComment.objects.get().text == "Mục 2 thiếu ý kiến"
    assert PortalNotice.objects.filter(
        recipient=cast.chair_r, notice__kind="meetings.minutes_for_comment"
    ).exists()
    with pytest.raises(ValidationError, match="đang lấy ý kiến đến"):
        minutes.save_block(written, written.meeting.agenda.first(), body="<p>x</p>", revision=1, by=cast.off)


def test_those_not_asked_do_not_see_the_draft(cast: Cast, written: Minutes, signed_in: Browser) -> None:
    minutes.ask_for_comments(written, until=in_an_hour(), by=cast.off)

    seen = {who: signed_in(getattr(cast, who)).get(address(written)).status_code for who in ("sec_a", "off")}

    assert seen == {"sec_a": 404, "off": 200}


def test_the_window_ends_with_its_hour_or_with_the_last_word(cast: Cast, written: Minutes) -> None:
    minutes.ask_for_comments(written, until=in_an_hour(), by=cast.off)
    with pytest.raises(ValidationError, match="Còn 4 đại biểu chưa góp ý"):
        minutes.end_comments(written, by=cast.off)
    Minutes.objects.update(comments_until=timezone.now() - datetime.timedelta(minutes=1))

    assert minutes.end_comments(written, by=cast.off).state == MinutesState.DRAFTING


def test_an_objection_holds_the_signature_until_it_is_answered(cast: Cast, written: Minutes) -> None:
    minutes.ask_for_comments(written, until=in_an_hour(), by=cast.off)
    said = minutes.comment_on_minutes(written, agrees=False, text="Thiếu", by=cast.chair_r)
    Minutes.objects.update(comments_until=timezone.now() - datetime.timedelta(minutes=1))
    minutes.end_comments(written, by=cast.off)
    with pytest.raises(ValidationError, match="Còn 1 góp ý của đại biểu chưa trả lời"):
        minutes.sign_minutes(written, by=cast.off)

    minutes.reply_to_comment(said, reply="Đã bổ sung", by=cast.off)

    assert minutes.sign_minutes(written, by=cast.off).state == MinutesState.FOR_APPROVAL


def test_reopened_minutes_keep_what_was_approved(cast: Cast, written: Minutes, signed_in: Browser) -> None:
    approved = approve(cast, written)

    signed_in(cast.chair_r).post(address(written), {"act": "reopen", "reason": "Sai số liệu mục 1"})

    again = Minutes.objects.get()
    kept = MinutesVersion.objects.get()
    assert (again.state, again.version, again.symbol) == (MinutesState.DRAFTING, 2, approved.symbol)
    assert (kept.content, kept.content_hash) == (approved.content, approved.content_hash)


def test_reopening_without_a_reason_or_by_another_is_refused(cast: Cast, written: Minutes) -> None:
    approve(cast, written)

    for by, reason in ((cast.chair_r, " "), (cast.off, "Sai")):
        with pytest.raises(ValidationError):
            minutes.reopen_minutes(written, by=by, reason=reason)

    assert Minutes.objects.get().state == MinutesState.APPROVED


def test_others_read_the_approved_text_until_the_next_is_approved(
    cast: Cast, written: Minutes, signed_in: Browser
) -> None:
    approve(cast, written)
    minutes.reopen_minutes(written, by=cast.chair_r, reason="Sai")
    item = written.meeting.agenda.get(position=1)
    minutes.save_block(written, item, body="<p>Chữ mới</p>", revision=1, by=cast.off)
    paths = [address(written), reverse("meetings:minutes_file", args=[written.meeting_id])]

    before = [signed_in(cast.sec_a).get(path) for path in paths]
    approve(cast, written)
    after = signed_in(cast.sec_a).get(paths[0]).content.decode()

    assert [answer.status_code for answer in before] == [200, 200]
    assert ("Chữ mới" in before[0].content.decode(), "Nghe Báo cáo" in before[0].content.decode()) == (
        False,
        True,
    )
    assert "Chữ mới" in after
    assert MinutesVersion.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE meetings_minutesversion SET content = '{}'",
        "DELETE FROM meetings_minutesversion",
        "UPDATE meetings_minutes SET state = 'drafting'",
        "UPDATE meetings_minutes SET state = 'drafting', version = 2",
        "UPDATE meetings_minutes SET state = 'drafting', version = 3, reopen_reason = 'x'",
        "UPDATE meetings_minutes SET state = 'drafting', version = 2, reopen_reason = 'x', number = 99",
        "DELETE FROM meetings_opinion",
        "UPDATE meetings_conclusion SET text = 'khác'",
        "UPDATE meetings_vote SET in_favour = 0",
    ],
)
def test_plain_sql_finds_no_way_round(cast: Cast, written: Minutes, change: str) -> None:
    item = written.meeting.agenda.get(position=1)
    speaker = written.meeting.participants.official().first()
    minutes.record_opinion(written, item, participant=speaker, text="Nhất trí", by=cast.off)
    minutes.record_vote(written, item, subject="x", in_favour=1, by=cast.off)
    minutes.save_conclusion(written, item, key=UUID(int=7), kind="instruction", text="Giao", by=cast.off)
    approve(cast, written)

    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(change)


def test_the_helper_writes_and_does_not_sign(cast: Cast, written: Minutes, signed_in: Browser) -> None:
    answer = signed_in(cast.off2).post(address(written), {"act": "sign"})

    assert (answer.status_code, Minutes.objects.get().state) == (403, MinutesState.DRAFTING)


def test_the_office_names_who_writes_beside(cast: Cast, session: Meeting, signed_in: Browser) -> None:
    minutes.name_minute_helpers(session, helpers=[], by=cast.off)

    signed_in(cast.off).post(
        reverse("meetings:minute_helpers", args=[session.pk]), {"helpers": [cast.off2.pk]}
    )

    assert set(session.minute_helpers.all()) == {cast.off2}


def test_every_step_works_as_a_plain_form(cast: Cast, session: Meeting, signed_in: Browser) -> None:
    client, where = signed_in(cast.off), reverse("meetings:minutes", args=[session.pk])
    item = session.agenda.get(position=2)
    speaker = session.participants.get(full_name="Hoàng Văn Chủ")
    sent = [
        {"act": "block", "body": "<p>Nghe</p>", "revision": 0},
        {"act": "opinion", "participant": speaker.pk, "text": "Nhất trí", "said_at": "14:05"},
        {"act": "conclusion", "kind": "instruction", "text": "Giao Văn phòng"},
        {"act": "vote", "subject": "Đề cương", "in_favour": 1, "against": 0, "other": 0, "base": "convened"},
        {"act": "scratch", "text": "hỏi lại"},
    ]

    statuses = [client.post(where, {"item": item.pk} | fields).status_code for fields in sent]

    page = client.get(f"{where}?muc={item.pk}").content.decode()
    assert statuses == [302] * 5
    assert all(words in page for words in ("Nhất trí", "Giao Văn phòng", "cần 3 (quá nửa)", "hỏi lại"))


def test_the_admin_is_no_way_round_either() -> None:
    """None of what minutes are made of stands in its register."""
    parts = {Minutes, MinutesBlock, MinutesComment, MinutesVersion, Opinion, Vote, Conclusion}

    assert parts.isdisjoint(admin.site._registry)
