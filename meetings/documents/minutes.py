"""Biên bản in the form of 16-HD/VPTW, from the frozen record once it is approved (domain §1.7)."""

from __future__ import annotations

from collections.abc import Collection

from meetings import minutes_record
from meetings.documents.facts import sentence_of
from meetings.documents.heads import head_of
from meetings.issuers import issuer_of
from meetings.minutes_record import Record
from meetings.models import Mark, Minutes, MinutesState, MinutesVersion
from portal.docx import Heading, Paper, Signature, blank_number, number_line
from portal.richtext.blocks import Block, Paragraph, Run, blocks, paragraph

Part = Block | Heading


def minutes_paper(minutes: Minutes, items: Collection[int], kept: MinutesVersion | None = None) -> Paper:
    """What this reader may read of them: the agenda items named; a part says that it is one.

    `kept` stands in for the text of reopened minutes, for whoever may not read that yet.
    """
    meeting = minutes.meeting
    record = kept.content if kept else minutes_record.record_of(minutes)
    shown = [item for item in record["items"] if item["item"] in items]
    is_part = len(shown) < len(record["items"])
    letters = issuer_of(meeting.body, meeting.held_on).letters
    number = number_line(minutes.symbol) if minutes.symbol else blank_number(Mark.MINUTES, letters)
    is_draft = kept is None and minutes.state != MinutesState.APPROVED
    return Paper(
        title=f"Biên bản {record['title']}",
        day=meeting.held_on,
        head=head_of(meeting, number=number, day=meeting.held_on, is_draft=is_draft),
        type_name="Trích biên bản" if is_part else "Biên bản",
        abstract=record["title"],
        body=(*_facts(record, shown), *_people(record), *_course(shown), *_end(record)),
        signatures=(
            Signature("Người ghi biên bản", name=record["minute_taker"]["name"]),
            Signature("Người chủ trì", name=record["chair"]["name"]),
        ),
    )


def _facts(record: Record, items: list[Record]) -> list[Part]:
    opened = f"bắt đầu vào hồi {record['opened']}" if record["opened"] else "chưa khai mạc"
    facts = [f"Thời gian: {opened}.", f"Địa điểm: {record['venue']}."]
    lines: list[Part] = [paragraph(fact, mark="-") for fact in facts]
    lines.append(paragraph("Nội dung:", mark="-"))
    lines += [paragraph(f"{item['title']}.", mark="+", depth=2) for item in items]
    lines.append(paragraph(f"Người chủ trì: {_named(record['chair'])}.", mark="-"))
    lines.append(paragraph(f"Người ghi biên bản: {_named(record['minute_taker'])}.", mark="-"))
    if papers := [paper for item in items for paper in item["papers"]]:
        lines.append(paragraph("Tài liệu sử dụng trong hội nghị:", mark="-"))
        lines += [paragraph(f"{paper}.", mark="+", depth=2) for paper in papers]
    return lines


def _stands_in(one: Record) -> str:
    return f"Đồng chí {one['substitute']} dự thay đồng chí {one['name']}."


def _people(record: Record) -> list[Part]:
    official, invited = record["attendance"]["official"], record["attendance"]["invited"]
    away = official["total"] - official["present"]
    parts: list[Part] = [
        Heading("1", "Thành phần hội nghị"),
        Heading("1.1", "Đại biểu chính thức"),
        paragraph(f"Có mặt: {official['present']} trên {official['total']} đồng chí.", mark="-"),
    ]
    if away:
        parts.append(paragraph(f"Vắng mặt: {away} đồng chí.", mark="-"))
        parts += [paragraph(_absent(one), mark="+", depth=2) for one in official["absent"]]
    if invited["total"]:
        parts.append(Heading("1.2", "Đại biểu mời dự"))
        parts.append(paragraph(f"Có mặt: {invited['present']} trên {invited['total']} đồng chí.", mark="-"))
        # Minutes approved before stand-ins were kept with them do not speak of any.
        parts += [paragraph(_stands_in(one), mark="-") for one in invited.get("stand_ins", [])]
    parts += [
        paragraph(f"{one['occasion'][:1].upper()}{one['occasion'][1:]}, {one['hour']}: {one['sentence']}")
        for one in record["counts"]
    ]
    return parts


def _course(items: list[Record]) -> list[Part]:
    """Every speech in order, the speaker named."""
    parts: list[Part] = [Heading("2", "Diễn biến hội nghị")]
    for item in items:
        parts.append(Heading(f"2.{item['number']}", item["title"]))
        if item["presenter"]:
            parts.append(paragraph(f"Trình bày: {item['presenter']}."))
        parts += blocks(item["body"])
        parts += [_opinion(opinion) for opinion in item["opinions"]]
        parts += [_vote(vote) for vote in item.get("votes", ())]
        parts += [_conclusion(one) for one in item["conclusions"]]
    return parts


def _end(record: Record) -> list[Part]:
    parts: list[Part] = []
    if record["conclusions"]:
        parts.append(Heading("3", "Kết luận của người chủ trì"))
        parts += [paragraph(sentence_of(one["text"]), mark="-") for one in record["conclusions"]]
    if record["closed"]:
        parts.append(paragraph(f"Hội nghị kết thúc vào hồi {record['closed']}./."))
    return parts


def _conclusion(one: Record) -> Paragraph:
    return Paragraph((Run("Kết luận: ", bold=True), Run(sentence_of(one["text"]))))


def _vote(vote: Record) -> Paragraph:
    reserved = f" Bảo lưu ý kiến: {vote['reserved_opinion']}" if vote["reserved_opinion"] else ""
    return paragraph(f"{vote['subject']}. {vote['sentence']}{reserved}")


def _opinion(opinion: Record) -> Paragraph:
    response = f" Người chủ trì {opinion['response']}." if opinion["response"] else ""
    name = Run(f"Đồng chí {opinion['name']}" if opinion["name"] else "(chưa ghi tên)", bold=True)
    position = f", {opinion['position']}" if opinion["position"] else ""
    return Paragraph((name, Run(f"{position}: {opinion['text']}{response}")))


def _absent(one: Record) -> str:
    reason = f": {one['reason']}" if one["reason"] else ""
    return f"Đ{_named(one)[1:]}{reason}."


def _named(person: Record) -> str:
    return "đồng chí " + ", ".join(filter(None, [person["name"], person["position"]]))
