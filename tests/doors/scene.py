"""Everything the permission matrix speaks of, once: news N1 to N4, conferences, papers, minutes, records.

Each is named as in the matrix, or by what it is; rows of doors/table.py speak of them by these names.
"""

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from cast import Cast
from conferences import Conferences, participant
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from lists import HOA, bring, listed
from meeting_factory import add_item, make_m1
from newsroom import PNG, publish, write

from doors.table import Row
from meetings.actions import (
    binders,
    conclusions,
    documents,
    feeds,
    meetings,
    minutes,
    papers,
    participants,
    programs,
    roll_call,
    schedule,
    tasks,
)
from meetings.links import answer_token
from meetings.models import AgendaAudience, ConclusionKind, ItemKind, Mark, Meeting, Minutes
from members.actions.reports import send_report
from members.models import (
    Award,
    BadgeKind,
    BadgeProposal,
    CourseKind,
    Enrollment,
    OwningCommittee,
    RecordCorrection,
    Reorganization,
    ReorgKind,
    ReportPeriod,
    TrainingCourse,
    Transfer,
    TransferKind,
    User,
)
from news import actions as news
from news.actions.feeds import reset_feed
from news.digest_letters import PURPOSE
from news.models import Upkeep
from portal.models import Delivery, DeliveryState, Notice, PortalNotice, RichTextImage, SavedFilter
from portal.saved_filters import keep
from portal.tokens import make_token

#: Words that stand in what is hidden, and nowhere else.
SECRET_NEWS = "Chuyện riêng của Bình"
SECRET_ITEM = "Công tác cán bộ"


@dataclass
class Scene:
    cast: Cast
    things: dict[str, Any] = field(default_factory=dict)

    def person(self, column: str) -> User | None:
        if column in self.cast.six:
            return self.cast.six[column]
        return self.things[column] if column in self.things else getattr(self.cast, column)

    def request(self, row: Row, column: str) -> tuple[str, dict[str, str]]:
        """Address and form of a row: a word that names a thing stands for its key, any other for itself."""
        user = self.person(column)
        keys = self.keys | {"own": user.member_id if user else self.cast.p_b1.pk}
        address = reverse(row.name, args=[keys.get(word, word) for word in row.which.split()])
        sent = {name: str(value).format(**keys) for name, value in row.sent.items()}
        return f"{address}?{row.query.format(**keys)}" if row.query else address, sent

    @cached_property
    def keys(self) -> dict[str, Any]:
        return {name: getattr(thing, "pk", thing) for name, thing in self.things.items()}


@pytest.fixture
def scene(cast: Cast, conferences: Conferences, edi2: User) -> Scene:
    things = {
        "edi2": edi2,
        **_people(cast),
        **_news(cast, edi2),
        **_conferences(cast, conferences),
        **_sessions(cast),
        **_notices(cast, conferences.m1),
    }
    return Scene(cast, things)


def _people(cast: Cast) -> dict[str, Any]:
    OwningCommittee.objects.update_or_create(
        effective_from=datetime.date(2020, 1, 1),
        defaults={
            "organization": cast.r,
            "name": "Đảng ủy Khối",
            "organization_name": "Đảng bộ Khối",
            "parent_name": "Thành ủy",
            "letters": "ĐUK",
            "place": "Hải Phòng",
        },
    )
    award = Award.objects.create(
        member=cast.p_a2, title="Giấy khen", given_by="Đảng ủy Khối", decided_on=datetime.date(2024, 2, 3)
    )
    brought = bring(listed(HOA), cast.sec_a, cast.a)
    moved = Transfer.objects.create(
        member=cast.p_a2,
        kind=TransferKind.INTERNAL,
        from_organization=cast.a1,
        to_organization=cast.a2,
        moved_on=timezone.localdate(),
        receipt_due_on=timezone.localdate(),
    )
    badge = BadgeProposal.objects.create(
        member=cast.p_a2,
        organization=cast.a2,
        badge_years=30,
        kind=BadgeKind.REGULAR,
        award_on=timezone.localdate(),
        proposed_by=cast.sec_a,
    )
    decided = Reorganization.objects.create(
        kind=ReorgKind.RENAME,
        source=cast.a1,
        decision_number="112-QĐ/ĐUK",
        decided_on=timezone.localdate(),
        effective_on=timezone.localdate(),
        by=cast.sec_a,
    )
    correction = RecordCorrection.objects.create(
        member=cast.p_a2, field="born_on", before="1980-05-19", value="1980-05-20", reason="Giấy khai sinh"
    )
    day = {"today": f"{timezone.localdate():%d/%m/%Y}", "moved_a2": moved}
    records = {"p_a2": cast.p_a2, "p_b1": cast.p_b1, "award_a2": award, "list_a": brought}
    records |= day | {"decided_a": decided, "badge_a2": badge, "correction_a2": correction}
    report = send_report(
        cast.a,
        by=cast.sec_a,
        period=ReportPeriod.YEAR,
        year=2025,
        until=datetime.date(2025, 12, 31),
        recipient="Đảng ủy Khối",
    )
    today = timezone.localdate()
    course = TrainingCourse.objects.create(
        kind=CourseKind.NEW_MEMBERS, name="Lớp của A", organization=cast.a, starts_on=today, ends_on=today
    )
    records["course_a"] = course
    records["learner_a"] = Enrollment.objects.create(course=course, member=cast.p_a2)
    return {"a": cast.a, "a2": cast.a2, "b": cast.b, "report_a": report, **records}


def _news(cast: Cast, edi2: User) -> dict[str, Any]:
    edi = cast.edi
    inside, loose = (_picture(edi) for _ in range(2))
    with_files: dict[str, Any] = {
        "cover": ContentFile(PNG, "anh.png"),
        "cover_alt": "Quang cảnh",
        "attached": [ContentFile(PNG, "Danh sách.png")],
        "no_state_secret": True,
    }
    body = f'<p>Nội dung.</p><p><img src="{inside.get_absolute_url()}" alt="Ảnh"></p>'
    n1 = write(edi, "Tin cho mọi người", **with_files)
    n2 = write(edi, SECRET_NEWS, only_for=cast.b, **with_files | {"body": body})
    photo = news.add_photo(n2, by=edi, file=ContentFile(PNG, "anh.png"), alt="Chuyện của Bình")
    n2.refresh_from_db()
    n3 = write(edi, "Tin chưa đăng", **with_files)
    n4 = write(edi, "Tin hẹn ngày mai", **with_files)
    news.make_sizes()
    review = news.submit_for_approval(write(edi, "Tin chờ duyệt"), by=edi)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    published = {
        "n1": publish(n1, by=edi2),
        "n2": publish(n2, by=edi2),
        "n3": n3,
        "n4": publish(n4, by=edi2, at=tomorrow),
    }
    told = news.set_topics(published["n2"], by=edi, tags=["Thẻ của Bình"], series="Loạt bài của Bình")
    study = news.require_reading(published["n2"], by=edi, due_on=tomorrow.date())
    given = {"owner": cast.sec_a, "organization": cast.a, "months": 12, "review_on": tomorrow.date()}
    news.give_upkeep(published["n1"], by=edi, **given)
    return published | {
        "study": study,
        "kept": Upkeep.objects.get(),
        "slug_tag": told.tags.get().slug,
        "slug_series": told.series.slug,
        "remark": news.comment(n3, by=edi2, text="Ghi rõ ai chủ trì."),
        "review": review,
        "photo": photo,
        "news_token": reset_feed(by=cast.mem_a1),
        "reader": cast.mem_a1,
        "stop_token": make_token(PURPOSE, cast.mem_a1.pk),
        "inside": inside,
        "loose": loose,
        **{f"slug_{name}": article.slug for name, article in published.items()},
        **{f"file_{name}": article.attachments.get() for name, article in published.items()},
    }


def _picture(user: User) -> RichTextImage:
    return RichTextImage.objects.create(file=ContentFile(PNG, "anh.png"), width=8, height=6, uploaded_by=user)


def _conferences(cast: Cast, four: Conferences) -> dict[str, Any]:
    m1 = four.m1
    first, committee = m1.agenda.order_by("position")[0], m1.agenda.get(is_committee_only=True)
    off_list = participant(make_m1(cast, title="Hội nghị có người rút tên"), cast.sec_a)
    participants.remove_participant(off_list, reason="Chuyển công tác", by=cast.off)
    off_list.refresh_from_db()
    program = programs.create_program(body=m1.body, year=2024, by=cast.off)
    return {
        "program": program,
        "planned": programs.add_item(program, month=9, content="Kiểm điểm 9 tháng", by=cast.off),
        "m1": m1,
        "m2": four.m2,
        "m3": four.m3,
        "m4": four.m4,
        "item": first,
        "item3": committee,
        "paper": _paper(first, "Dự thảo báo cáo", by=cast.off),
        "paper3": _paper(committee, "Tờ trình nhân sự", by=cast.off),
        "bound": _bound(m1, by=cast.off),
        "asked": papers.request_paper(
            committee,
            organization=cast.a,
            title="Đề án của Sở An",
            due_on=m1.held_on - datetime.timedelta(days=1),
            by=cast.off,
        ),
        "seat": participant(m1, cast.sec_a),
        "token": _token(participant(m1, cast.sec_a)),
        "forged": _token(participant(m1, cast.sec_a)).swapcase(),
        "left": off_list.meeting,
        "left_token": _token(off_list),
        "diary": schedule.add_entry(date=timezone.localdate(), half="all_day", content="Trực", by=cast.off),
        "feed_token": feeds.reset_feed(by=cast.mem_a1),
    }


def _paper(item: Any, title: str, *, by: User) -> Any:
    file = ContentFile(PNG, f"{title}.png")
    return papers.add_paper(item, title=title, file=file, no_state_secret_confirmed=True, by=by)


def _bound(meeting: Any, *, by: User) -> Any:
    """The binder of those invited: whoever reads more has to ask for one of his own."""
    binders.ask_for_binder(meeting, AgendaAudience.INVITED, by=by)
    binders.build_asked()
    return meeting


def _token(person: Any) -> str:
    return answer_token(
        meeting_id=person.meeting_id, participant_id=person.pk, version=person.meeting.version
    )


def _sessions(cast: Cast) -> dict[str, Any]:
    """M1 later on: minutes being written, signed, and approved; a conclusion that went to A."""
    written = _held(cast, "Hội nghị đang ghi biên bản")
    signed = _held(cast, "Hội nghị chờ duyệt biên bản")
    _sign(cast, signed)
    final = _held(cast, "Hội nghị đã xong")
    first = final.meeting.agenda.order_by("position")[0]
    conclusion = conclusions.add_conclusion(
        final.meeting, agenda_item=first, kind=ConclusionKind.TASK, text="Giao việc cho A", by=cast.off
    )
    task = tasks.add_task(
        conclusion,
        title="Rà soát đảng viên",
        lead=cast.a,
        supporting=[],
        deadline=timezone.localdate() + datetime.timedelta(days=30),
        product="Báo cáo",
        by=cast.off,
    )
    _sign(cast, final)
    minutes.approve_minutes(final, by=cast.chair_r)
    conclusions.issue_conclusions(Meeting.objects.get(pk=final.meeting_id), by=cast.off)
    report = tasks.report_on_task(
        task,
        text="Đã rà soát",
        file=ContentFile(PNG, "Kết quả.png"),
        no_state_secret_confirmed=True,
        by=cast.sec_a,
    )
    add_item(written.meeting, 9, ItemKind.REVIEW, title="Rà soát việc đã giao")
    notice = documents.number_document(
        Meeting.objects.get(pk=final.meeting_id), Mark.NOTICE, issued_on=timezone.localdate(), by=cast.off
    )
    called_off = make_m1(cast, title="Hội nghị đã hủy")
    meetings.cancel_meeting(called_off, reason="Trùng lịch", by=cast.off)
    return {
        "written": written.meeting,
        "block": written.meeting.agenda.order_by("position")[0],
        "signed": signed.meeting,
        "final": final.meeting,
        "task": task,
        "report": report,
        "document": notice,
        "called_off": called_off,
    }


def _held(cast: Cast, title: str) -> Minutes:
    meeting = make_m1(cast, title=title)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[])
    roll_call.open_meeting(meeting, by=cast.off)
    return minutes.start_minutes(meeting, by=cast.off)


def _sign(cast: Cast, found: Minutes) -> None:
    for item in found.meeting.agenda.all():
        minutes.save_block(found, item, body=f"<p>Nghe: {item}</p>", revision=0, by=cast.off)
    roll_call.close_meeting(found.meeting, by=cast.off, despite="Biểu quyết sau")
    minutes.sign_minutes(found, by=cast.off)


def _notices(cast: Cast, m1: Meeting) -> dict[str, Any]:
    notice = Notice.objects.about(m1).newest_first()[0]
    doubtful = Delivery.objects.filter(notice=notice).first()
    Delivery.objects.filter(pk=doubtful.pk).update(state=DeliveryState.UNCERTAIN, reason="Đứt nối.")
    own = PortalNotice.objects.get(notice=notice, recipient=cast.sec_a)
    kept = keep(SavedFilter(path="/to-chuc/", query="q=chi", name="Chi bộ"), by=cast.sec_a)
    return {"notice": notice, "doubtful": doubtful, "told": own, "saved_filter": kept}
