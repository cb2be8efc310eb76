from meetings.models.agenda import AgendaItem, Farewell, overrun_of, start_times
from meetings.models.attendance import Attendance, AttendanceOrigin, QuorumSnapshot, SnapshotKind
from meetings.models.audiences import AgendaAudience
from meetings.models.binders import Binder, BinderState
from meetings.models.blocks import (
    DeskPresence,
    MinutesBlock,
    MinutesRevision,
    Opinion,
    OpinionResponse,
    ScratchPad,
    Vote,
    VoteBase,
)
from meetings.models.documents import DocumentKind, DocumentRegister, Mark, PartyDocument, SigningAuthority
from meetings.models.extensions import TaskExtension
from meetings.models.feeds import CalendarFeed
from meetings.models.kinds import (
    AttendeeRole,
    ClassSource,
    DefaultClass,
    ItemKind,
    MeetingKind,
    QuorumBase,
    QuorumProvision,
    QuorumRule,
    SkeletonItem,
    SummonKind,
)
from meetings.models.meetings import Meeting, MeetingState, ParticipantClass
from meetings.models.minutes import Minutes, MinutesComment, MinutesState, MinutesVersion
from meetings.models.news_items import MeetingArticle
from meetings.models.papers import Paper, PaperReading, PaperRequest, PaperState
from meetings.models.participants import (
    IN_ROOM,
    Answer,
    AnswerChannel,
    AnswerChoice,
    AttendanceStatus,
    Participant,
)
from meetings.models.programs import QUARTERS, WorkProgram, WorkProgramItem
from meetings.models.reminders import ReminderStep, ReminderSubject
from meetings.models.roll_desk import DeskHelper, SelfCheckIn
from meetings.models.schedule import EntryState, Half, PublishedEntry, ScheduleEntry
from meetings.models.tasks import Conclusion, ConclusionKind, Task, TaskReport, TaskState, TaskStatus
from meetings.models.typed import TypedText
from meetings.models.weeks import WeeklySchedule

__all__ = [
    "IN_ROOM",
    "QUARTERS",
    "AgendaAudience",
    "AgendaItem",
    "Answer",
    "AnswerChannel",
    "AnswerChoice",
    "Attendance",
    "AttendanceOrigin",
    "AttendanceStatus",
    "AttendeeRole",
    "Binder",
    "BinderState",
    "CalendarFeed",
    "ClassSource",
    "Conclusion",
    "ConclusionKind",
    "DefaultClass",
    "DeskHelper",
    "DeskPresence",
    "DocumentKind",
    "DocumentRegister",
    "EntryState",
    "Farewell",
    "Half",
    "ItemKind",
    "Mark",
    "Meeting",
    "MeetingArticle",
    "MeetingKind",
    "MeetingState",
    "Minutes",
    "MinutesBlock",
    "MinutesComment",
    "MinutesRevision",
    "MinutesState",
    "MinutesVersion",
    "Opinion",
    "OpinionResponse",
    "Paper",
    "PaperReading",
    "PaperRequest",
    "PaperState",
    "Participant",
    "ParticipantClass",
    "PartyDocument",
    "PublishedEntry",
    "QuorumBase",
    "QuorumProvision",
    "QuorumRule",
    "QuorumSnapshot",
    "ScheduleEntry",
    "ScratchPad",
    "SelfCheckIn",
    "SigningAuthority",
    "ReminderStep",
    "ReminderSubject",
    "SkeletonItem",
    "SnapshotKind",
    "SummonKind",
    "Task",
    "TaskExtension",
    "TaskReport",
    "TaskState",
    "TaskStatus",
    "TypedText",
    "Vote",
    "VoteBase",
    "WeeklySchedule",
    "WorkProgram",
    "WorkProgramItem",
    "overrun_of",
    "start_times",
]
