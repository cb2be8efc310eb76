"""Lists brought in: uploaded, checked in the background, accepted, taken back."""

from members.actions.imports.batches import accept, cancel, choose, remap, upload
from members.actions.imports.checks import Scope, check_batch, remembered, scope_of
from members.actions.imports.undoing import undo
from members.actions.imports.work import forget_old, progress_key, run, run_waiting
from members.actions.imports.writing import Stale, write_batch, write_verdicts

__all__ = [
    "Scope",
    "Stale",
    "accept",
    "cancel",
    "check_batch",
    "choose",
    "forget_old",
    "progress_key",
    "remap",
    "remembered",
    "run",
    "run_waiting",
    "scope_of",
    "undo",
    "upload",
    "write_batch",
    "write_verdicts",
]
