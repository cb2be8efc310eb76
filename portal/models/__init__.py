"""What all apps stand on: the audit trail, notices and their way out."""

from portal.models.audit import AuditEntry, AuditSeal
from portal.models.deliveries import Channel, ChannelBreaker, Delivery, DeliveryState
from portal.models.filters import SavedFilter
from portal.models.holidays import Holiday
from portal.models.images import RichTextImage
from portal.models.layouts import DocumentLayout, PartNumbering
from portal.models.notices import Notice, PortalNotice
from portal.models.preferences import NoticeChoice, NoticePreference
from portal.models.search import FileReading, SearchEntry, SearchSynonym

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "Channel",
    "ChannelBreaker",
    "Delivery",
    "DeliveryState",
    "DocumentLayout",
    "FileReading",
    "Holiday",
    "Notice",
    "NoticeChoice",
    "NoticePreference",
    "PartNumbering",
    "PortalNotice",
    "RichTextImage",
    "SavedFilter",
    "SearchEntry",
    "SearchSynonym",
]
