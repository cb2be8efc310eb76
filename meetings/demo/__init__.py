"""Sample conferences, driven through the real actions from the work programme to the news."""

from meetings.demo.kinds import set_up_kinds
from meetings.demo.live import prepare_live, write_many
from meetings.demo.reference import hold_reference_conference

__all__ = ["hold_reference_conference", "prepare_live", "set_up_kinds", "write_many"]
