"""The admin of the portal: Django's own, in Vietnamese, behind the portal's sign-in and doors."""

from portal.admin.base import PortalModelAdmin, PortalTabularInline, ReadOnlyModelAdmin
from portal.admin.layouts import DocumentLayoutAdmin

__all__ = ["DocumentLayoutAdmin", "PortalModelAdmin", "PortalTabularInline", "ReadOnlyModelAdmin"]
