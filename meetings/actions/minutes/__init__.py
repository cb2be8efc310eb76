"""Minutes: written text by text, commented on, signed by the minute-taker, approved by the chair.

The database refuses every change of approved minutes on its own (see the triggers of the models);
these functions refuse first, in words.
"""

from meetings.actions.minutes.approval import (
    approve_minutes,
    reopen_minutes,
    return_minutes,
    sign_minutes,
    start_minutes,
)
from meetings.actions.minutes.comments import (
    ask_for_comments,
    comment_on_minutes,
    end_comments,
    reply_to_comment,
)
from meetings.actions.minutes.helpers import name_minute_helpers
from meetings.actions.minutes.opinions import change_opinion, record_opinion, remove_opinion, save_opinion
from meetings.actions.minutes.presence import note_presence
from meetings.actions.minutes.saving import FRESH, On, TextChanged, set_aside
from meetings.actions.minutes.texts import save_block, save_conclusion, save_scratch
from meetings.actions.minutes.votes import record_vote, remove_vote

__all__ = [
    "FRESH",
    "On",
    "TextChanged",
    "approve_minutes",
    "ask_for_comments",
    "change_opinion",
    "comment_on_minutes",
    "end_comments",
    "name_minute_helpers",
    "note_presence",
    "record_opinion",
    "record_vote",
    "remove_opinion",
    "remove_vote",
    "reopen_minutes",
    "reply_to_comment",
    "return_minutes",
    "save_block",
    "save_conclusion",
    "save_opinion",
    "save_scratch",
    "set_aside",
    "sign_minutes",
    "start_minutes",
]
