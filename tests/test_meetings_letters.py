"""What the letters of a conference say, to whom they go, and when one is held back."""

from cast import Cast
from conferences import in_days, participant

from meetings.actions import meetings, participants
from meetings.actions.answers import record_answer
from meetings.actions.convening import remind_silent
from meetings.models import AnswerChannel, AnswerChoice, Meeting
from members.models import PartyMember, User
from portal import outbox
from portal.models import Delivery, Notice


def delivery(meeting: Meeting, kind: str, user: User) -> Delivery:
    person = meeting.participants.get(member=user.member)
    notice = Notice.objects.about(meeting).filter(kind=kind).newest_first()[0]
    return notice.deliveries.get(recipient_key=f"participant:{person.pk}")


def letter(row: Delivery) -> outbox.Letter:
    return outbox.kind_of(row.notice.kind).compose(row)


def refusal(row: Delivery) -> str | None:
    return outbox.kind_of(row.notice.kind).refusal(row)


def test_summoned_and_invited_are_addressed_differently(convened: Meeting, cast: Cast) -> None:
    subjects = [
        letter(delivery(convened, "meetings.convened", user)).subject for user in (cast.chair_r, cast.sec_a)
    ]

    assert [subject.partition(":")[0] for subject in subjects] == ["Giấy triệu tập", "Giấy mời"]
    assert "lần thứ 1, 14 giờ 00 ngày" in subjects[0]


def test_letter_carries_link_and_event(convened: Meeting, cast: Cast) -> None:
    found = letter(delivery(convened, "meetings.convened", cast.sec_a))

    assert f"/hop/{convened.pk}/tra-loi/" in found.text
    assert f"/hop/{convened.pk}/tra-loi/" in found.html
    assert found.attachments[0].kind == "text/calendar; charset=utf-8; method=REQUEST"


def address_of(row: Delivery) -> str:
    return outbox.kind_of(row.notice.kind).address(row)


def test_letter_that_waits_follows_a_changed_address(convened: Meeting, cast: Cast) -> None:
    row = delivery(convened, "meetings.convened", cast.sec_a)
    PartyMember.objects.filter(pk=cast.sec_a.member_id).update(email="")
    User.objects.filter(pk=cast.sec_a.pk).update(email="moi@example.vn")

    assert address_of(row) == "moi@example.vn"
    assert b"mailto:moi@example.vn" in letter(row).attachments[0].content.replace(b"\r\n ", b"")


def test_address_in_the_record_counts_before_the_account(convened: Meeting, cast: Cast) -> None:
    """As on the list: what the preview named is where the letter goes."""
    row = delivery(convened, "meetings.convened", cast.sec_a)
    PartyMember.objects.filter(pk=cast.sec_a.member_id).update(email="hoso@example.vn")
    User.objects.filter(pk=cast.sec_a.pk).update(email="taikhoan@example.vn")

    assert address_of(row) == "hoso@example.vn"


def test_address_mended_in_the_list_counts_before_the_account(convened: Meeting, cast: Cast) -> None:
    row = delivery(convened, "meetings.convened", cast.sec_a)
    convened.participants.filter(member=cast.sec_a.member).update(address="danhsach@example.vn")

    assert address_of(row) == "danhsach@example.vn"


def test_address_taken_away_leaves_the_one_of_the_posting(convened: Meeting, cast: Cast) -> None:
    row = delivery(convened, "meetings.convened", cast.sec_a)
    PartyMember.objects.filter(pk=cast.sec_a.member_id).update(email="")
    User.objects.filter(pk=cast.sec_a.pk).update(email="")

    assert address_of(row) == row.address


def test_item_for_the_committee_alone_is_in_no_letter(convened: Meeting, cast: Cast) -> None:
    found = letter(delivery(convened, "meetings.convened", cast.sec_a))

    assert "Báo cáo công tác 9 tháng" in found.text
    assert "Công tác cán bộ" not in found.text + found.html


def test_letter_stays_the_same_when_words_are_corrected(convened: Meeting, cast: Cast) -> None:
    row = delivery(convened, "meetings.convened", cast.sec_a)
    before = letter(row)
    meetings.correct_meeting(convened, requirements="Mang theo tài liệu", by=cast.off)

    assert letter(row) == before


def test_summons_of_before_the_move_is_held_back(convened: Meeting, cast: Cast) -> None:
    row = delivery(convened, "meetings.convened", cast.sec_a)
    meetings.move_meeting(
        convened, starts_at=in_days(12), ends_at=in_days(12, 17), venue=convened.venue, by=cast.off
    )

    assert refusal(row) == "Hội nghị đã đổi lịch, thư này không còn đúng."
    assert refusal(delivery(convened, "meetings.changed", cast.sec_a)) is None


def test_move_tells_each_once(convened: Meeting, cast: Cast) -> None:
    meetings.move_meeting(
        convened, starts_at=in_days(12), ends_at=in_days(12, 17), venue=convened.venue, by=cast.off
    )

    changed = Notice.objects.about(convened).get(kind="meetings.changed")
    assert changed.deliveries.count() == 3


def test_cancellation_takes_the_event_away(convened: Meeting, cast: Cast) -> None:
    meetings.cancel_meeting(convened, reason="Trùng lịch thành phố", by=cast.off)

    found = letter(delivery(convened, "meetings.cancelled", cast.sec_a))
    assert "Trùng lịch thành phố" in found.text
    assert found.attachments[0].kind.endswith("method=CANCEL")


def test_person_taken_off_is_told_and_no_longer_invited(convened: Meeting, cast: Cast) -> None:
    row = delivery(convened, "meetings.convened", cast.sec_a)
    participants.remove_participant(participant(convened, cast.sec_a), reason="Đi học", by=cast.off)

    assert refusal(row) == "Người này không còn trong danh sách dự."
    assert refusal(delivery(convened, "meetings.removed", cast.sec_a)) is None


def test_who_answered_meanwhile_is_not_reminded(convened: Meeting, cast: Cast) -> None:
    remind_silent(convened, by=cast.off)
    row = delivery(convened, "meetings.reminder", cast.sec_a)
    record_answer(
        participant(convened, cast.sec_a),
        choice=AnswerChoice.ATTENDING,
        channel=AnswerChannel.PORTAL,
        by=cast.sec_a,
        version=1,
    )

    assert refusal(row) == "Người này đã trả lời."
    assert refusal(delivery(convened, "meetings.reminder", cast.mem_b1)) is None


def test_cancelling_a_draft_writes_to_nobody(cast: Cast, new_meeting: object) -> None:
    draft = new_meeting()  # type: ignore[operator]

    meetings.cancel_meeting(draft, reason="Không cần nữa", by=cast.off)

    assert Notice.objects.about(draft).count() == 0
