"""Texts of the minutes desk save by themselves: on a revision, once, and never over another's words."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from meeting_factory import add_delegates, add_item, make_m1
from minutes_desk import begin_minutes

from meetings.actions import minutes, roll_call
from meetings.models import (
    AgendaItem,
    Conclusion,
    Meeting,
    MinutesBlock,
    MinutesRevision,
    Opinion,
    ScratchPad,
)
from members.models import User
from portal.models import AuditEntry

Browser = Callable[[User | None], Client]
DESK = UUID(int=1)


@pytest.fixture
def session(cast: Cast) -> Meeting:
    return begin_minutes(cast)


@pytest.fixture
def item(session: Meeting) -> AgendaItem:
    return session.agenda.get(position=1)


def save(client: Client, item: AgendaItem, act: str = "block", **fields: object):
    address = reverse("meetings:minutes_save", args=[item.meeting_id])
    return client.post(
        address, {"act": act, "item": item.pk, "revision": 0, "desk": DESK, "step": 1} | fields
    )


def test_a_save_answers_with_the_new_revision(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    answer = save(signed_in(cast.off), item, body="<p>Một</p>")

    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    assert MinutesBlock.objects.get().body == "<p>Một</p>"


def test_answers_carry_the_headers_of_json(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    answer = save(signed_in(cast.off), item, body="<p>Một</p>")

    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_another_desk_gets_both_texts(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    save(signed_in(cast.off), item, body="<p>Một</p>")

    answer = save(signed_in(cast.off2), item, body="<p>Hai</p><script>x</script>", desk=uuid4())

    told = answer.json()
    assert answer.status_code == 409
    assert (told["theirs"]["fields"], told["theirs"]["by"]) == ({"body": "<p>Một</p>"}, "Lê Văn Phòng")
    assert (told["theirs"]["revision"], told["mine"]) == (1, {"body": "<p>Hai</p>"})
    assert MinutesBlock.objects.get().body == "<p>Một</p>"


def test_a_lost_answer_is_no_conflict_with_oneself(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    client = signed_in(cast.off)
    save(client, item, body="<p>Một</p>")

    answer = save(client, item, body="<p>Một hai</p>", step=2)

    assert (answer.status_code, MinutesBlock.objects.get().body) == (200, "<p>Một hai</p>")


def test_a_latecomer_of_the_same_desk_changes_nothing(
    cast: Cast, item: AgendaItem, signed_in: Browser
) -> None:
    client = signed_in(cast.off)
    save(client, item, body="<p>Mới</p>", step=2)

    answer = save(client, item, body="<p>Cũ</p>", step=1)

    assert (answer.status_code, MinutesBlock.objects.get().body) == (200, "<p>Mới</p>")


def test_the_same_words_are_no_conflict(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    save(signed_in(cast.off), item, body="<p>Một</p>")

    answer = save(signed_in(cast.off2), item, body="<p>Một</p>", desk=uuid4())

    assert (answer.status_code, answer.json()["revision"]) == (200, 1)


def test_a_speech_begun_twice_is_one(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    client, key = signed_in(cast.off), uuid4()
    speaker = item.meeting.participants.get(full_name="Hoàng Văn Chủ")
    save(client, item, "opinion", key=key, participant="", text="Nhất")

    save(client, item, "opinion", key=key, participant=speaker.pk, text="Nhất trí.", step=2, said_at="14:10")

    opinion = Opinion.objects.get()
    assert (opinion.participant, opinion.text, opinion.said_at.minute) == (speaker, "Nhất trí.", 10)


def test_what_another_took_out_is_a_conflict_not_a_return(
    cast: Cast, item: AgendaItem, signed_in: Browser
) -> None:
    answer = save(signed_in(cast.off), item, "opinion", key=uuid4(), text="Nhất trí.", revision=3)

    assert (answer.status_code, answer.json()["theirs"]["fields"]) == (409, {})
    assert not Opinion.objects.exists()


def test_a_speech_keeps_within_its_conference(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    stranger = add_delegates(make_m1(cast), 1)[0]

    answer = save(signed_in(cast.off), item, "opinion", key=uuid4(), participant=stranger.pk, text="x")

    assert (answer.status_code, Opinion.objects.exists()) == (400, False)


def test_the_scratch_pad_is_the_writers_own(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    save(signed_in(cast.off), item, "scratch", text="hỏi lại số liệu")
    save(signed_in(cast.off2), item, "scratch", text="của tôi", desk=uuid4())
    address = reverse("meetings:minutes", args=[item.meeting_id])

    pages = [signed_in(user).get(address).content.decode() for user in (cast.off, cast.off2, cast.chair_r)]
    draft = signed_in(cast.off).get(address + "?xem=1").content.decode()

    assert ["hỏi lại số liệu" in page for page in [*pages, draft]] == [True, False, False, False]
    assert set(ScratchPad.objects.visible_to(cast.off).values_list("text", flat=True)) == {"hỏi lại số liệu"}


def test_one_stretch_of_writing_is_one_revision_row(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    client = signed_in(cast.off)
    for step in range(1, 6):
        save(client, item, body=f"<p>{'a' * step}</p>", revision=step - 1, step=step)

    save(signed_in(cast.off2), item, body="<p>khác</p>", revision=5, desk=uuid4())

    kept = MinutesRevision.objects.order_by("revision").values_list("revision", "content__body", "saved_by")
    assert list(kept) == [(5, "<p>aaaaa</p>", cast.off.pk), (6, "<p>khác</p>", cast.off2.pk)]
    assert AuditEntry.objects.filter(action="meetings.minutes_write").count() == 2


def test_a_save_costs_the_same_in_a_long_conference(cast: Cast, item: AgendaItem, signed_in: Browser) -> None:
    client = signed_in(cast.off)
    save(client, item, body="<p>1</p>")
    counted = _queries(client, lambda: save(client, item, body="<p>2</p>", revision=1, step=2))
    add_delegates(item.meeting, 300, name="Thêm")
    for position in range(4, 41):
        add_item(item.meeting, position)

    again = _queries(client, lambda: save(client, item, body="<p>3</p>", revision=2, step=3))

    writes = [query for query in again if query.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(again) == len(counted)
    assert [query.split('"')[1] for query in writes] == ["meetings_minutesblock", "meetings_minutesrevision"]


@pytest.mark.parametrize("what", ["desk", "presence"])
def test_the_desk_costs_the_same_for_forty_items(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser, what: str
) -> None:
    client = signed_in(cast.off)

    def ask() -> object:
        if what == "desk":
            return client.get(reverse("meetings:minutes", args=[session.pk]))
        address = reverse("meetings:minutes_presence", args=[session.pk])
        return client.post(address, {"item": item.pk, "desk": DESK})

    ask()
    few = _queries(client, ask)
    speakers = add_delegates(session, 300, name="Thêm")
    record = session.minutes
    for position in range(4, 41):
        row = add_item(session, position)
        minutes.save_block(record, row, body="<p>x</p>", by=cast.off)
        minutes.record_opinion(record, row, participant=speakers[position], text="Nhất trí", by=cast.off)

    assert len(_queries(client, ask)) == len(few)


@pytest.mark.parametrize(
    ("who", "status"),
    [("mem_a1", 404), ("sec_a", 404), ("edi", 404), ("chair_r", 403), ("off2", 200), ("off", 200)],
)
def test_only_those_named_save(
    cast: Cast, item: AgendaItem, signed_in: Browser, who: str, status: int
) -> None:
    answer = save(signed_in(getattr(cast, who)), item, body="<p>Một</p>")

    assert (answer.status_code, MinutesBlock.objects.exists()) == (status, status == 200)


def test_an_office_colleague_not_named_does_not_save(
    cast: Cast, item: AgendaItem, signed_in: Browser
) -> None:
    minutes.name_minute_helpers(item.meeting, helpers=[], by=cast.off)

    assert save(signed_in(cast.off2), item, body="<p>Một</p>").status_code == 403


def test_without_a_session_the_script_is_asked_to_sign_in(item: AgendaItem, signed_in: Browser) -> None:
    answer = save(signed_in(None), item, body="<p>Một</p>")

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")
    assert "Đăng nhập lại" in answer.json()["sentence"]


def test_signed_minutes_refuse_in_their_own_words(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    for one in session.agenda.all():
        minutes.save_block(session.minutes, one, body="<p>Nghe</p>", by=cast.off)
    roll_call.close_meeting(session, by=cast.off, despite="Biểu quyết sau")
    minutes.sign_minutes(session.minutes, by=cast.off)

    answer = save(signed_in(cast.off), item, body="<p>Muộn</p>", revision=1)

    assert (answer.status_code, answer.json()["sentence"]) == (423, "Biên bản đã ký, không sửa được nữa.")


def test_presence_names_the_others_and_brings_their_words(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    address = reverse("meetings:minutes_presence", args=[session.pk])
    signed_in(cast.off2).post(address, {"item": item.pk, "desk": uuid4()})
    minutes.save_block(session.minutes, item, body="<p>Một</p>", by=cast.off2)

    told = signed_in(cast.off).post(address, {"item": item.pk, "desk": DESK}).json()

    assert [(one["name"], one["number"]) for one in told["others"]] == [("Ngô Thị Hai", 1)]
    assert told["texts"][0]["fields"] == {"body": "<p>Một</p>"}
    assert told["states"][0]["word"] == "Đã ghi"
    assert "Chưa có giờ bế mạc." in told["lacking"]


def test_the_first_sentence_never_goes_over_human_words(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    client, address = signed_in(cast.off), reverse("meetings:minutes", args=[session.pk])
    client.post(address, {"act": "suggest", "item": item.pk})
    offered = MinutesBlock.objects.get().body
    minutes.save_block(session.minutes, item, body="<p>Tôi viết.</p>", revision=1, by=cast.off)

    answer = client.post(address, {"act": "suggest", "item": item.pk})

    assert offered == "<p>Hội nghị tiến hành: Báo cáo kết quả 9 tháng.</p>"
    assert (answer.status_code, MinutesBlock.objects.get().body) == (409, "<p>Tôi viết.</p>")


def test_a_conclusion_becomes_a_task_in_one_step(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    key = uuid4()
    save(signed_in(cast.off), item, "conclusion", key=key, kind="instruction", text="Gửi góp ý")
    given = {
        "act": "task",
        "item": item.pk,
        "conclusion": key,
        "title": "Gửi góp ý",
        "lead": cast.a.pk,
        "supporting": [cast.b.pk],
        "assignee": cast.sec_a.member_id,
        "deadline": "15/10/2099",
        "product": "Văn bản góp ý",
    }

    signed_in(cast.off).post(reverse("meetings:minutes", args=[session.pk]), given)

    task = Conclusion.objects.get(kind="task").tasks.get()
    assert (task.lead_organization, task.assignee, task.product) == (
        cast.a,
        cast.sec_a.member,
        "Văn bản góp ý",
    )
    assert set(task.supporting_organizations.all()) == {cast.b}


def test_half_written_speeches_hold_the_signature(cast: Cast, session: Meeting, item: AgendaItem) -> None:
    minutes.save_opinion(session.minutes, item, key=uuid4(), participant=None, text="Đề nghị", by=cast.off)

    with pytest.raises(ValidationError, match="Mục 1 có ý kiến chưa ghi người phát biểu"):
        minutes.sign_minutes(session.minutes, by=cast.off)


def _queries(client: Client, ask: Callable[[], object]) -> list[str]:

    with CaptureQueriesContext(connection) as captured:
        ask()
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
