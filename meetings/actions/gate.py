"""The gate before convening: what must be there, what is warned of, and whether enough will come."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from meetings import clashes
from meetings.models import (
    AgendaItem,
    AnswerChoice,
    AttendeeRole,
    ItemKind,
    Meeting,
    MeetingState,
    Paper,
)
from meetings.roll import roll_of
from members.models import User
from portal import dates
from portal.working_days import WorkingDays

#: Items that a conference reads papers for.
WITH_PAPERS = (ItemKind.REPORT, ItemKind.OPINION)


@dataclass(frozen=True)
class Check:
    """One line of the list on the convening page; `lack` is empty when all is well.

    A lack stops convening unless it is a warning; a warning is passed with a reason, unless
    something else settles it. `note` is only to be known.
    """

    what: str
    lack: str = ""
    is_warning: bool = False
    needs_reason: bool = False
    note: str = ""

    @property
    def is_met(self) -> bool:
        return not self.lack


@dataclass(frozen=True)
class Forecast:
    """What the answers so far say of the quorum."""

    voting: int
    attending: int
    absent: int
    needed: int

    @property
    def silent(self) -> int:
        return self.voting - self.attending - self.absent

    @property
    def sentence(self) -> str:
        words = (
            f"Theo trả lời, {self.attending} trong {self.voting} đại biểu có quyền biểu quyết sẽ dự, "
            f"{self.absent} xin vắng, {self.silent} chưa trả lời; cần có mặt {self.needed}."
        )
        return f"{words} Không còn đủ người để họp." if self.is_out_of_reach else words

    @property
    def is_out_of_reach(self) -> bool:
        return self.voting - self.absent < self.needed


def checklist(meeting: Meeting, now: datetime.datetime, *, by: User) -> list[Check]:
    """All that convening asks for, in the order in which it is prepared."""
    return [
        Check("Người chủ trì", "" if meeting.chair_id else "Chưa chọn người chủ trì."),
        Check("Thư ký ghi biên bản", "" if meeting.minute_taker_id else "Chưa phân công thư ký."),
        Check("Thời gian", "" if meeting.starts_at > now else "Giờ bắt đầu đã qua."),
        Check("Địa điểm", "" if meeting.venue else "Chưa có địa điểm."),
        Check("Chương trình", "" if meeting.agenda.exists() else "Chưa có mục nào trong chương trình."),
        Check("Thành phần", _lack_of_people(meeting)),
        _quorum(meeting),
        _papers(meeting, now),
        Check("Thư điện tử", _lack_of_addresses(meeting), is_warning=True),
        _notice_time(meeting, now),
        Check("Không trùng lịch", _clashes(meeting, by), is_warning=True, needs_reason=True),
    ]


def get_convening_refusal(checks: list[Check], meeting: Meeting) -> str | None:
    """Why the conference can't be convened; None when it can, if need be with a reason."""
    if meeting.state == MeetingState.CONVENED and meeting.convened_at:
        by, at = meeting.convened_by, dates.moment(meeting.convened_at)
        return f"Đồng chí {by} đã triệu tập hội nghị này lúc {at}."
    if meeting.state != MeetingState.DRAFT:
        return f"Hội nghị đang ở trạng thái “{meeting.get_state_display()}”, không triệu tập được nữa."
    return " ".join(check.lack for check in checks if check.lack and not check.is_warning) or None


def to_override(checks: list[Check]) -> list[str]:
    """The warnings that somebody must answer for with a reason."""
    return [check.lack for check in checks if check.lack and check.needs_reason]


def forecast(meeting: Meeting) -> Forecast:
    """Counted over the answers to the conference as it now stands."""
    people = list(meeting.participants.voting().with_answer())
    choices = [person.answer.choice for person in people if person.answer]
    attending = choices.count(AnswerChoice.ATTENDING)
    return Forecast(
        voting=len(people),
        attending=attending,
        absent=len(choices) - attending,
        needed=roll_of(meeting).quorum.needed,
    )


def _lack_of_people(meeting: Meeting) -> str:
    listed = meeting.participants.taking_part()
    if not listed.exists():
        return "Chưa có ai trong danh sách dự."
    if not listed.filter(role=AttendeeRole.OFFICIAL).exists():
        return "Danh sách chưa có đại biểu chính thức."
    return ""


def _quorum(meeting: Meeting) -> Check:
    """A number the list can't reach stops convening. Without votes nothing is decided: no base."""
    count = roll_of(meeting).quorum
    voting, needed = count.convened, count.needed
    if voting == 0:
        return Check("Đủ người để họp", note="Không có ai biểu quyết, nên không tính điều kiện họp.")
    if needed > voting:
        short = f"Cần có mặt {needed} đại biểu có quyền biểu quyết, danh sách chỉ có {voting}."
        return Check("Đủ người để họp", short)
    return Check("Đủ người để họp", note=f"{voting} đại biểu có quyền biểu quyết, cần có mặt {needed}.")


def _papers(meeting: Meeting, now: datetime.datetime) -> Check:
    """Papers may follow the summons: what lacks is a warning only once their own time has come."""
    lacking = _items_without_papers(meeting)
    if not lacking:
        return Check("Tài liệu")
    places = ", ".join(str(item.position) for item in lacking)
    left = WorkingDays().between(now, meeting.starts_at)
    asked = meeting.kind.paper_working_days
    if left >= asked:
        note = f"Mục {places} chưa có tài liệu; cần gửi trước {asked} ngày làm việc, nay còn {left}."
        return Check("Tài liệu", note=note)
    lack = f"Mục {places} chưa có tài liệu, mà quy định gửi trước {asked} ngày làm việc."
    return Check("Tài liệu", lack, is_warning=True, needs_reason=True)


def _items_without_papers(meeting: Meeting) -> list[AgendaItem]:
    read = meeting.agenda.filter(kind__in=WITH_PAPERS, is_handed_out=False, is_internal=False)
    there = Paper.objects.current().values("agenda_item")
    return list(read.exclude(pk__in=there).order_by("position"))


def _lack_of_addresses(meeting: Meeting) -> str:
    count = meeting.participants.taking_part().filter(address="").count()
    return f"{count} đồng chí chưa có thư điện tử: Văn phòng báo riêng." if count else ""


def _notice_time(meeting: Meeting, now: datetime.datetime) -> Check:
    days = WorkingDays()
    asked, left = meeting.kind.notice_working_days, days.between(now, meeting.starts_at)
    year = meeting.held_on.year
    note = "" if days.are_known(year) else f"Chưa ghi ngày nghỉ lễ năm {year}, mới trừ thứ Bảy, Chủ nhật."
    if left >= asked:
        return Check("Gửi trước", note=note)
    lack = f"Còn {left} ngày làm việc, quy định gửi giấy mời trước {asked} ngày làm việc."
    return Check("Gửi trước", lack, is_warning=True, needs_reason=True, note=note)


def _clashes(meeting: Meeting, by: User) -> str:
    found = clashes.find(clashes.plan_of(meeting), seen_by=by)
    return " ".join(clash.sentence for clash in found)
