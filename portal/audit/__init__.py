"""The trail of deeds: `record` writes a line, `act` joins it to what the database notes, `chain` seals it."""

from portal.audit.acts import act, acting
from portal.audit.recording import NOWHERE, Origin, coming_from, record

__all__ = ["NOWHERE", "Origin", "act", "acting", "coming_from", "record"]
