"""The trail of deeds: `record` writes a line, `chain` seals the lines to one another."""

from portal.audit.recording import NOWHERE, Origin, coming_from, record

__all__ = ["NOWHERE", "Origin", "coming_from", "record"]
