"""The 20th conference of 26/9/2024, from its public facts in our own words (design §1)."""

from __future__ import annotations

import datetime

from django.utils import timezone

from meetings.actions import (
    agenda,
    conclusions,
    convening,
    meetings,
    minutes,
    news_items,
    participants,
    roll_call,
    tasks,
)
from meetings.demo.cover import conference_room
from meetings.documents import news_item
from meetings.models import (
    ConclusionKind,
    Farewell,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    OpinionResponse,
    WorkProgram,
    WorkProgramItem,
)
from members.demo import Sample
from members.models import PartyOrganization, Term, User
from news import actions as news_actions
from portal.vietnamese import fold

HALL = "Hội trường tầng 2, trụ sở Đảng ủy Khối"
NINE_MONTHS = "nhiệm vụ 9 tháng, bổ khuyết nhiệm vụ trọng tâm 3 tháng cuối năm 2024"
AGENDA = (
    (ItemKind.REPORT, f"Báo cáo kiểm điểm thực hiện {NINE_MONTHS}", "Văn phòng Đảng ủy Khối", 30),
    (ItemKind.REPORT, f"Báo cáo công tác kiểm tra, giám sát: {NINE_MONTHS}", "Ủy ban Kiểm tra", 20),
    (ItemKind.OPINION, "Chủ đề, phương châm Đại hội, các khâu đột phá", "Ban Tổ chức", 25),
    (
        ItemKind.OPINION,
        "Đề cương Báo cáo chính trị Đại hội đại biểu Đảng bộ Khối lần thứ 7",
        "Ban Tuyên giáo",
        25,
    ),
    (
        ItemKind.OPINION,
        "Đề cương Báo cáo kiểm điểm Ban Chấp hành Đảng bộ Khối lần thứ 6",
        "Ban Tổ chức",
        20,
    ),
    (ItemKind.FAREWELL, "Tặng hoa chia tay hai đồng chí", "Ban Thường vụ", 10),
    (ItemKind.CONCLUSION, "Kết luận Hội nghị", "Đồng chí Bí thư Đảng ủy Khối", 20),
)
SAID = {
    ItemKind.OPENING: "Tuyên bố lý do, giới thiệu đại biểu, thông qua chương trình.",
    ItemKind.REPORT: "Hội nghị nghe báo cáo, thống nhất với đánh giá kết quả và nhiệm vụ còn lại của năm.",
    ItemKind.OPINION: "Đại biểu cho ý kiến vào bản đề cương; cơ quan soạn thảo ghi nhận.",
    ItemKind.FAREWELL: "Lãnh đạo Đảng ủy Khối tặng hoa, ghi nhận đóng góp của hai đồng chí.",
    ItemKind.CONCLUSION: "Người chủ trì phát biểu kết luận.",
}
OPINIONS = (
    ("Cần nêu rõ hơn chuyển đổi số trong các khâu đột phá.", OpinionResponse.TAKEN_UP),
    ("Đề cương nên có số liệu so sánh giữa đầu và cuối nhiệm kỳ.", OpinionResponse.TO_CONSIDER),
    ("Bổ sung bài học về công tác cán bộ trong báo cáo kiểm điểm.", OpinionResponse.TO_CONSIDER),
)
CONCLUSIONS = (
    (
        ConclusionKind.INFORMATION,
        "các cấp ủy, đoàn thể đã chủ động tham mưu, hoàn thành tốt phần việc của 9 tháng; công tác xây "
        "dựng Đảng giữ nền nếp, tư tưởng cán bộ, đảng viên ổn định",
    ),
    (
        ConclusionKind.INSTRUCTION,
        "rà soát từng chỉ tiêu của năm 2024, tập trung vào chỉ tiêu chưa đạt, nhất là kết nạp đảng viên",
    ),
    (
        ConclusionKind.INSTRUCTION,
        "tiếp tục mở lớp bồi dưỡng; kiểm tra, giám sát theo chương trình; "
        "chuẩn bị đại hội các cấp đúng tiến độ",
    ),
)
TASKS = (
    ("Kết nạp đủ chỉ tiêu đảng viên mới năm 2024", "Báo cáo kết quả", datetime.date(2024, 12, 20)),
    (
        "Hướng dẫn đánh giá chi bộ, đảng bộ bốn tốt gắn với kiểm điểm cuối năm",
        "Văn bản hướng dẫn",
        datetime.date(2024, 11, 15),
    ),
    ("Hoàn thành kế hoạch chuẩn bị đại hội chi bộ", "Kế hoạch", datetime.date(2024, 12, 31)),
)


def hold_reference_conference(sample: Sample, kinds: dict[str, MeetingKind]) -> Meeting:
    """From the work programme to the published news item; dates of 2024 wherever a paper bears one."""
    office, clerk = sample.accounts["vanphong"], sample.accounts["thuky"]
    chair = (sample.chair_2024, "Ủy viên Thành ủy, Bí thư Đảng ủy Khối")
    between = (datetime.date(2024, 7, 10) - sample.sixth.valid_from) / 18
    days = [sample.sixth.valid_from + between * place for place in range(19)]
    enter_earlier(sample, kinds["committee"], sample.sixth, days=days, chair=chair)
    program = WorkProgram.objects.create(body=sample.executive, year=2024, symbol="01-CTr/ĐUK")
    item = WorkProgramItem.objects.create(
        program=program,
        month=9,
        content=f"Kiểm điểm thực hiện {NINE_MONTHS}; cho ý kiến các đề cương văn kiện Đại hội lần thứ 7",
        preparing_body=sample.office,
        output="Báo cáo, thông báo kết luận",
        meeting_kind=kinds["committee"],
    )
    meeting = meetings.create_meeting(
        kind=kinds["committee"],
        body=sample.executive,
        starts_at=_at(14, 0),
        ends_at=_at(17, 0),
        venue=HALL,
        by=office,
        is_expanded=True,
        program_item=item,
        minute_taker=clerk,
    )
    for kind, title, presenter, length in AGENDA:
        agenda.add_item(meeting, by=office, kind=kind, title=title, presenter_text=presenter, minutes=length)
    farewell = meeting.agenda.get(kind=ItemKind.FAREWELL)
    Farewell.objects.bulk_create(
        Farewell(agenda_item=farewell, holding=holding) for holding in sample.leaving
    )
    participants.expand_classes(meeting, by=office)
    for number, organ in enumerate(("Ban Tổ chức Thành ủy", "Văn phòng Thành ủy"), start=1):
        participants.add_guest(
            meeting,
            full_name=f"Đại biểu {number} (mẫu)",
            position_text="Chuyên viên",
            organization_text=organ,
            reason="Theo dõi Đảng bộ Khối",
            by=office,
        )
    meeting = convening.record_convening(meeting, at=_at(8, 0, day=19), by=office)
    _hold(meeting, sample)
    meeting = _conclude(meeting, sample)
    _publish(meeting, sample)
    return meeting


def _at(hour: int, minute: int, day: int = 26) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(2024, 9, day, hour, minute))


def enter_earlier(
    sample: Sample,
    kind: MeetingKind,
    term: Term,
    *,
    days: list[datetime.date],
    chair: tuple[User, str],
) -> None:
    """The first conferences of a term, on these days: bare rows, their papers are old."""
    rows = []
    for ordinal, day in enumerate(days, start=1):
        starts_at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(14)))
        title = f"{kind.noun} {sample.executive.name} lần thứ {ordinal}"
        rows.append(
            Meeting(
                kind=kind,
                body=sample.executive,
                organization=sample.root,
                term=term,
                ordinal=ordinal,
                title=title,
                search_text=fold(f"{title} {HALL}"),
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=3),
                venue=HALL,
                chair=chair[0].member,
                chair_title=chair[1],
                state=MeetingState.FINAL,
                created_by=sample.accounts["vanphong"],
            )
        )
    Meeting.objects.bulk_create(rows)


def _hold(meeting: Meeting, sample: Sample) -> None:
    """Two voting delegates are away with leave: 25 of 27, where 18 are needed."""
    clerk = sample.accounts["thuky"]
    away = list(meeting.participants.voting().in_protocol_order())[-2:]
    for person in away:
        roll_call.mark_excused(person, reason="Đi công tác", by=clerk)
    roll_call.mark_all_present_except(
        meeting, by=clerk, missing=[person.pk for person in away], at=_at(13, 50)
    )
    roll_call.open_meeting(meeting, by=clerk, at=_at(14, 0))
    record = minutes.start_minutes(meeting, by=clerk)
    speakers = list(meeting.participants.voting().in_protocol_order())[4:7]
    drafts = []
    for item in meeting.agenda.order_by("position"):
        minutes.save_block(record, item, body=f"<p>{SAID[ItemKind(item.kind)]}</p>", revision=0, by=clerk)
        drafts += [item] if item.kind == ItemKind.OPINION else []
    for item, speaker, (text, response) in zip(drafts, speakers, OPINIONS, strict=True):
        minutes.record_opinion(record, item, participant=speaker, text=text, response=response, by=clerk)


def _conclude(meeting: Meeting, sample: Sample) -> Meeting:
    clerk, office = sample.accounts["thuky"], sample.accounts["vanphong"]
    for kind, text in CONCLUSIONS:
        conclusions.add_conclusion(meeting, kind=kind, text=text, by=clerk)
    handed_out = conclusions.add_conclusion(
        meeting, kind=ConclusionKind.TASK, text="Giao nhiệm vụ 3 tháng cuối năm 2024", by=clerk
    )
    leads = PartyOrganization.objects.grassroots().in_tree_order()[: len(TASKS)]
    for lead, (title, product, deadline) in zip(leads, TASKS, strict=True):
        tasks.add_task(handed_out, title=title, lead=lead, deadline=deadline, product=product, by=clerk)
    roll_call.close_meeting(meeting, by=clerk, at=_at(16, 50))
    record = minutes.sign_minutes(minutes.start_minutes(meeting, by=clerk), by=clerk)
    minutes.approve_minutes(record, by=sample.chair_2024)
    for task in conclusions.issue_conclusions(meeting, by=office):
        tasks.report_on_task(task, text="Đã hoàn thành, có báo cáo kèm theo.", is_finished=True, by=office)
        tasks.close_task(task, done_on=task.deadline - datetime.timedelta(days=3), by=office)
    meeting.refresh_from_db()
    return meeting


def _publish(meeting: Meeting, sample: Sample) -> None:
    author, approver = sample.accounts["vanphong"], sample.accounts["duyettin"]
    article = news_items.write_news_item(meeting, news_item.compose(meeting), by=author).article
    article = news_actions.edit(
        article,
        by=author,
        version=article.version,
        values={
            "cover_alt": "Tranh vẽ hội trường: bàn chủ tọa trước phông đỏ, các hàng đại biểu",
            "cover_caption": "Quang cảnh Hội nghị (tranh minh họa).",
            "byline": "Văn phòng Đảng ủy Khối",
        },
        cover=conference_room(),
    )
    article = news_actions.submit_for_approval(article, by=author)
    news_actions.approve_and_publish(article, by=approver, version=article.version, published_at=_at(18, 0))
