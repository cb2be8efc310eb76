from meetings.models.agenda import AgendaItem, Farewell, Paper, start_times
from meetings.models.attendance import Attendance, AttendanceOrigin, QuorumSnapshot, SnapshotKind
from meetings.models.documents import DocumentKind, DocumentRegister, Mark, PartyDocument, SigningAuthority
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
from meetings.models.minutes import Minutes, MinutesBlock, MinutesState, Opinion, OpinionResponse
from meetings.models.news_items import MeetingArticle
from meetings.models.participants import (
    IN_ROOM,
    Answer,
    AnswerChannel,
    AnswerChoice,
    AttendanceStatus,
    Participant,
)
from meetings.models.programs import WorkProgram, WorkProgramItem
from meetings.models.roll_desk import DeskHelper, SelfCheckIn
from meetings.models.tasks import Conclusion, ConclusionKind, Task, TaskReport, TaskState, TaskStatus

__all__ = [
    "IN_ROOM",
    "AgendaItem",
    "Answer",
    "AnswerChannel",
    "AnswerChoice",
    "Attendance",
    "AttendanceOrigin",
    "AttendanceStatus",
    "AttendeeRole",
    "ClassSource",
    "Conclusion",
    "ConclusionKind",
    "DefaultClass",
    "DeskHelper",
    "DocumentKind",
    "DocumentRegister",
    "Farewell",
    "ItemKind",
    "Mark",
    "Meeting",
    "MeetingArticle",
    "MeetingKind",
    "MeetingState",
    "Minutes",
    "MinutesBlock",
    "MinutesState",
    "Opinion",
    "OpinionResponse",
    "Paper",
    "Participant",
    "ParticipantClass",
    "PartyDocument",
    "QuorumBase",
    "QuorumProvision",
    "QuorumRule",
    "QuorumSnapshot",
    "SelfCheckIn",
    "SigningAuthority",
    "SkeletonItem",
    "SnapshotKind",
    "SummonKind",
    "Task",
    "TaskReport",
    "TaskState",
    "TaskStatus",
    "WorkProgram",
    "WorkProgramItem",
    "start_times",
]
