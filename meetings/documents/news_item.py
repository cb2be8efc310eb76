"""The news item of a conference, composed wholly from its records (domain §5.1, §8.7).

Wording follows the official style, not a newspaper's: "Ban Chấp hành", "Phó Bí thư". Each number is
a link to the rows it counts. What only some may know stays out: internal items, items for committee
members alone, reasons of absence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from meetings.actions.news_items import Composition
from meetings.models import (
    AgendaItem,
    Conclusion,
    ConclusionKind,
    Farewell,
    ItemKind,
    Meeting,
    Opinion,
    OpinionResponse,
    Participant,
    ParticipantClass,
    Task,
)
from members import statistics
from members.models import OwningCommittee, PartyOrganization
from portal import dates
from portal.numbers import number

#: From this day of a month on, a report covers the month; before it, the months up to the last one.
CUT_OFF_DAY = 15

_RESPONSES = {
    OpinionResponse.TAKEN_UP: "tiếp thu các ý kiến",
    OpinionResponse.TO_CONSIDER: "sẽ chọn lọc, xem xét để điều chỉnh, bổ sung",
    OpinionResponse.EXPLAINED: "giải trình những vấn đề đại biểu nêu",
}


def compose(meeting: Meeting) -> Composition:
    counted = _figures(meeting)
    paragraphs = [
        _participants(meeting),
        _reports(meeting),
        *_opinions(meeting),
        *_conclusions(meeting),
        _figures_sentence(meeting, counted),
        _farewell(meeting),
    ]
    return Composition(
        title=meeting.title,
        lead=_lead(meeting),
        body=_body([paragraph for paragraph in paragraphs if paragraph]),
        facts={
            "meeting_version": meeting.version,
            "chair": [meeting.chair.full_name if meeting.chair else "", meeting.chair_title],
            "figures": {figure.code: figure.value for figure in counted.values()},
            "until": _reporting_day(meeting).isoformat(),
        },
    )


def half_day(moment: datetime.datetime) -> str:
    """chiều 26-9: the half-day and the day as newspapers write it."""
    hour = int(dates.hour(moment).partition(" ")[0])
    part = "sáng" if hour < 12 else "chiều" if hour < 18 else "tối"
    day = dates.local_day(moment)
    return f"{part} {day.day}-{day.month}"


def _lead(meeting: Meeting) -> str:
    sentences = [
        f"{_basis(meeting)}, {half_day(meeting.starts_at)}, {meeting.convener or meeting.body}"
        f" tổ chức {meeting.title}."
    ]
    if meeting.chair:
        chair = ", ".join(filter(None, [meeting.chair.full_name, meeting.chair_title]))
        sentences.append(f"Đồng chí {chair} chủ trì Hội nghị.")
    return " ".join(sentences)


def _basis(meeting: Meeting) -> str:
    if meeting.program_item is None:
        return "Theo Quy chế làm việc"
    return f"Theo Quy chế làm việc và Chương trình công tác năm {meeting.program_item.program.year}"


def _participants(meeting: Meeting) -> SafeString | None:
    """The classes in protocol order; only those somebody was convened in."""
    classes = (
        ParticipantClass.objects.filter(meeting=meeting, participants__removed_at__isnull=True)
        .exclude(participants=None)
        .order_by("order", "pk")
        .distinct()
    )
    labels = [one.label for one in classes]
    return _paragraph(f"Cùng dự có các đồng chí: {'; '.join(labels)}.") if labels else None


def _reports(meeting: Meeting) -> SafeString | None:
    heard = [item.title for item in _items(meeting, ItemKind.REPORT)]
    drafts = [item.title for item in _items(meeting, ItemKind.OPINION)]
    sentences = []
    if heard:
        sentences.append(f"Hội nghị nghe: {'; '.join(heard)}.")
    if drafts:
        sentences.append(f"Các đại biểu cho ý kiến về các nội dung: {'; '.join(drafts)}.")
    return _paragraph(" ".join(sentences)) if sentences else None


def _opinions(meeting: Meeting) -> list[SafeString]:
    opinions = list(
        Opinion.objects.filter(agenda_item__in=_public_items(meeting), participant__isnull=False)
        .select_related("participant", "agenda_item")
        .order_by("agenda_item__position", "pk")
    )
    if not opinions:
        return []
    speakers = list(dict.fromkeys(_named(one.participant) for one in opinions if one.participant))
    said = [f"Tham gia ý kiến tại Hội nghị có các đồng chí: {'; '.join(speakers)}."]
    given = {opinion.response for opinion in opinions}
    responses = [words for response, words in _RESPONSES.items() if response in given]
    if responses:
        said.append(f"{_chair(meeting)} {_and(responses)}.")
    return [_paragraph(" ".join(said))]


def _conclusions(meeting: Meeting) -> list[SafeString]:
    """Assessment first, then what is asked, then who does what until when."""
    conclusions = [
        one
        for one in Conclusion.objects.filter(meeting=meeting)
        .select_related("agenda_item")
        .prefetch_related("tasks__lead_organization", "tasks__supporting_organizations")
        .order_by("order", "pk")
        if one.agenda_item is None or not _is_restricted(one.agenda_item)
    ]
    by_kind = {kind: [one for one in conclusions if one.kind == kind] for kind in ConclusionKind}
    paragraphs = []
    if assessed := by_kind[ConclusionKind.INFORMATION]:
        paragraphs.append(
            _paragraph(f"Kết luận Hội nghị, {_chair(meeting, first=False)} nhấn mạnh: {_joined(assessed)}")
        )
    if instructed := by_kind[ConclusionKind.INSTRUCTION]:
        opening = f"Về nhiệm vụ thời gian tới, {_chair(meeting, first=False)} yêu cầu: "
        paragraphs.append(_paragraph(opening + _joined(instructed)))
    if tasks := [task for one in by_kind[ConclusionKind.TASK] for task in one.tasks.all()]:
        paragraphs.append(_paragraph("Hội nghị giao các nhiệm vụ:"))
        paragraphs.append(_list(_task(task) for task in tasks))
    return paragraphs


def _figures(meeting: Meeting) -> dict[str, statistics.Figure]:
    until = _reporting_day(meeting)
    return {figure.code: figure for figure in statistics.figures(meeting.organization, until)}


def _figures_sentence(meeting: Meeting, counted: dict[str, statistics.Figure]) -> SafeString | None:
    """Only what has rows is told; each number leads to them."""
    parts = list(
        filter(
            None,
            [
                _admissions(counted["admissions"]),
                _told(counted, "trao tặng Huy hiệu Đảng cho {} đồng chí", "badges"),
                _training(counted),
                _inspections(counted),
            ],
        )
    )
    if not parts:
        return None
    until = _reporting_day(meeting)
    period = f"{until.month} tháng năm {until.year}" if until.month < 12 else f"năm {until.year}"
    opening = f"Theo báo cáo, {period}, {_organization_name(meeting.organization, until)} "
    return format_html("<p>{}{}.</p>", opening, mark_safe("; ".join(parts)))


def _admissions(figure: statistics.Figure) -> SafeString | None:
    if not figure.value:
        return None
    said = format_html("kết nạp {} đảng viên mới", _number(figure))
    if figure.attainment is None:
        return said
    share = f"{figure.attainment:f}".replace(".", ",").removesuffix(",0")
    return format_html('{}, đạt <a href="{}">{}%</a> chỉ tiêu năm', said, figure.url, share)


def _training(counted: dict[str, statistics.Figure]) -> SafeString | None:
    classes = list(
        filter(
            None,
            [
                _told(
                    counted,
                    "{} lớp bồi dưỡng nhận thức về Đảng cho {} quần chúng, đoàn viên ưu tú",
                    "awareness-courses",
                    "awareness-learners",
                ),
                _told(
                    counted,
                    "{} lớp bồi dưỡng lý luận chính trị cho {} đảng viên mới",
                    "new-member-courses",
                    "new-member-learners",
                ),
            ],
        )
    )
    return format_html("mở {}", mark_safe(" và ".join(classes))) if classes else None


def _inspections(counted: dict[str, statistics.Figure]) -> SafeString | None:
    subjects = list(
        filter(
            None,
            [
                _told(counted, "{} tổ chức đảng", "inspected-organizations"),
                _told(counted, "{} đảng viên", "inspected-members"),
            ],
        )
    )
    if not subjects:
        return None
    return format_html("cấp ủy và ủy ban kiểm tra các cấp kiểm tra {}", mark_safe(" và ".join(subjects)))


def _farewell(meeting: Meeting) -> SafeString | None:
    """Each comrade once, with the positions that ended and why."""
    farewells = (
        Farewell.objects.filter(agenda_item__in=_public_items(meeting))
        .select_related("holding__member", "holding__position")
        .order_by("agenda_item__position", "holding__position__rank", "pk")
    )
    titles: dict[str, list[str]] = {}
    reasons: dict[str, str] = {}
    for farewell in farewells:
        holding = farewell.holding
        titles.setdefault(holding.member.full_name, []).append(holding.title)
        reasons.setdefault(holding.member.full_name, holding.get_ended_by_display())
    if not titles:
        return None
    leaving = [
        f"đồng chí {name}, {', '.join(held)}" + (f", {reasons[name]}" if reasons[name] else "")
        for name, held in titles.items()
    ]
    return _paragraph(f"Tại Hội nghị, các đồng chí lãnh đạo tặng hoa chia tay {_and(leaving, '; ')}.")


def _told(counted: dict[str, statistics.Figure], words: str, *codes: str) -> SafeString | None:
    """The words with their numbers as links; nothing while the first number is nought."""
    found = [counted[code] for code in codes]
    return format_html(words, *(_number(figure) for figure in found)) if found[0].value else None


def _number(figure: statistics.Figure) -> SafeString:
    return format_html('<a href="{}">{}</a>', figure.url, number(figure.value))


def _reporting_day(meeting: Meeting) -> datetime.date:
    held_on = meeting.held_on
    return held_on if held_on.day >= CUT_OFF_DAY else held_on.replace(day=1) - datetime.timedelta(days=1)


def _organization_name(organization: PartyOrganization, day: datetime.date) -> str:
    owning = (
        OwningCommittee.objects.filter(organization=organization, effective_from__lte=day)
        .order_by("-effective_from")
        .first()
    )
    return owning.organization_name if owning else organization.name


def _public_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting, is_internal=False, is_committee_only=False)


def _items(meeting: Meeting, kind: ItemKind) -> QuerySet[AgendaItem]:
    return _public_items(meeting).filter(kind=kind).order_by("position", "pk")


def _is_restricted(item: AgendaItem) -> bool:
    return item.is_internal or item.is_committee_only


def _chair(meeting: Meeting, first: bool = True) -> str:
    """By the office held, as papers do after the first mention: "đồng chí Bí thư Đảng ủy Khối"."""
    title = meeting.chair_title.rpartition(", ")[2]
    name = f"đồng chí {title}" if title else "người chủ trì"
    return name[0].upper() + name[1:] if first else name


def _named(participant: Participant) -> str:
    return ", ".join(filter(None, [participant.full_name, participant.position_text]))


def _task(task: Task) -> str:
    supporting = [organization.name for organization in task.supporting_organizations.all()]
    with_whom = f", phối hợp: {', '.join(supporting)}" if supporting else ""
    return (
        f"{task.title.rstrip('.')} (chủ trì: {task.lead_organization.name}{with_whom};"
        f" hạn {dates.day(task.given_deadline)})"
    )


def _joined(conclusions: Iterable[Conclusion]) -> str:
    return "; ".join(one.text.strip().rstrip(".;") for one in conclusions) + "."


def _and(parts: list[str], comma: str = ", ") -> str:
    return parts[0] if len(parts) == 1 else f"{comma.join(parts[:-1])} và {parts[-1]}"


def _paragraph(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)


def _list(rows: Iterable[str]) -> SafeString:
    items = [escape(row) for row in rows]
    marks = [";"] * (len(items) - 1) + ["."]
    return format_html(
        "<ul>{}</ul>",
        mark_safe("".join(f"<li>{item}{mark}</li>" for item, mark in zip(items, marks, strict=True))),
    )


def _body(paragraphs: list[SafeString]) -> str:
    """The last line of an article ends in "./." (domain §8.7)."""
    body = "".join(paragraphs)
    for end in (".</p>", ".</li></ul>"):
        if body.endswith(end):
            return body.removesuffix(end) + "./." + end[1:]
    return body
