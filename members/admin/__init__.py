"""The registers of people and organisations, each shown to the roles that `members.roles` names."""

from members.admin import accounts, figures, organizations, people

__all__ = ["accounts", "figures", "organizations", "people"]
