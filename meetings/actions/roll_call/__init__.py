"""The roll call: who came, when, who left, who is away and why; opening and closing the conference.

Several desks mark at once. A mark locks its own participant only, so desks don't wait for each
other; closing locks them all, so that nothing is marked behind its back. Who needs the conference
too locks it after the participants.
"""

from meetings.actions.roll_call.bulk import mark_all_present_except
from meetings.actions.roll_call.corrections import clear_mark, correct_mark, undo_entry
from meetings.actions.roll_call.helpers import end_helper, name_helper
from meetings.actions.roll_call.marks import (
    mark_absent,
    mark_excused,
    mark_left,
    mark_present,
    mark_substitute,
)
from meetings.actions.roll_call.self_check_in import (
    check_in_self,
    close_self_check_in,
    open_self_check_in,
)
from meetings.actions.roll_call.session import (
    close_meeting,
    get_undecided_warning,
    open_meeting,
    take_snapshot,
)

__all__ = [
    "check_in_self",
    "clear_mark",
    "close_meeting",
    "close_self_check_in",
    "correct_mark",
    "end_helper",
    "get_undecided_warning",
    "mark_absent",
    "mark_all_present_except",
    "mark_excused",
    "mark_left",
    "mark_present",
    "mark_substitute",
    "name_helper",
    "open_meeting",
    "open_self_check_in",
    "take_snapshot",
    "undo_entry",
]
