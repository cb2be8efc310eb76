from meetings.models.agenda import AgendaItem, Farewell, Paper, start_times
from meetings.models.kinds import (
    AttendeeRole,
    ClassSource,
    DefaultClass,
    ItemKind,
    MeetingKind,
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
    Attendance,
    AttendanceStatus,
    Participant,
    QuorumSnapshot,
)
from meetings.models.programs import WorkProgram, WorkProgramItem
from meetings.models.tasks import Conclusion, ConclusionKind, Task, TaskReport, TaskState, TaskStatus

__all__ = [
    "IN_ROOM",
    "AgendaItem",
    "Answer",
    "AnswerChannel",
    "AnswerChoice",
    "Attendance",
    "AttendanceStatus",
    "AttendeeRole",
    "ClassSource",
    "Conclusion",
    "ConclusionKind",
    "DefaultClass",
    "Farewell",
    "ItemKind",
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
    "QuorumRule",
    "QuorumSnapshot",
    "SkeletonItem",
    "SummonKind",
    "Task",
    "TaskReport",
    "TaskState",
    "TaskStatus",
    "WorkProgram",
    "WorkProgramItem",
    "start_times",
]
