"""Sample conferences, driven through the real actions from the work programme to the news."""

from meetings.demo.live import prepare_live, write_many
from meetings.demo.reference import hold_reference_conference, set_up_kinds

__all__ = ["hold_reference_conference", "prepare_live", "set_up_kinds", "write_many"]
