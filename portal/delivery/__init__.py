"""How mail leaves: claim rows, prove to be alive, hand over in the one order that never doubles in silence.

`drain` empties the table, `sweep` takes over from senders that died. Any number may run at once.
The numbered steps of the order stand in `drain.py`; docs/decisions/0003-outbox.md says why.
"""

from portal.delivery.drain import drain
from portal.delivery.sweep import sweep

__all__ = ["drain", "sweep"]
