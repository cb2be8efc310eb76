"""Organisations are set up, merged, divided, handed over, dissolved: one decision, one transaction."""

from members.actions.reorganization.decisions import Outcome, preview, reorganize
from members.actions.reorganization.plans import Plan, Unit
from members.actions.reorganization.undoing import undo, undo_refusal

__all__ = ["Outcome", "Plan", "Unit", "preview", "reorganize", "undo", "undo_refusal"]
