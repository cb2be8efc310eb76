"""The admin of the portal: Django's own, in Vietnamese, behind the portal's sign-in and doors."""

from portal.admin.base import PortalModelAdmin, PortalTabularInline, ReadOnlyModelAdmin

__all__ = ["PortalModelAdmin", "PortalTabularInline", "ReadOnlyModelAdmin"]
