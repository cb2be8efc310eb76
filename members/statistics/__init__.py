"""The figures an office reports: each is one query and one Vietnamese sentence (domain §5)."""

from members.statistics.definitions import Definition, Group
from members.statistics.figures import (
    Figure,
    Pace,
    Share,
    anything_happened,
    figure,
    figures,
    figures_of_periods,
    percent,
)
from members.statistics.indicators import INDICATORS, PUBLIC, of_groups

__all__ = [
    "INDICATORS",
    "PUBLIC",
    "Definition",
    "Figure",
    "Group",
    "Pace",
    "Share",
    "anything_happened",
    "figure",
    "figures",
    "figures_of_periods",
    "of_groups",
    "percent",
]
