"""Who signs a paper of a conference and who gets it, as proposed before the office decides (domain §1.6)."""

from __future__ import annotations

import datetime

from meetings.issuers import issuer_of, short_name
from meetings.models import Mark, Meeting, PartyDocument, SigningAuthority
from members.models import BodyType, PositionHolding
from portal.docx import Signature

#: An organ's head signs by order of the committee that calls; its name stands for the register too.
OFFICE = "Văn phòng"


def proposal(meeting: Meeting, mark: Mark, day: datetime.date) -> dict[str, str]:
    """The fields of a document that say who signs and who receives, filled in as usual."""
    head = (
        PositionHolding.objects.on(day)
        .filter(organization=meeting.organization_id, position__body_type=BodyType.OFFICE)
        .select_related("position", "member")
        .by_rank()
        .first()
    )
    committee = short_name(meeting.convener or meeting.body)
    if head:
        signing = {
            "signing_authority": SigningAuthority.BY_ORDER,
            "signed_for": committee,
            "signer_title": head.position.title,
            "signer_name": head.member.full_name,
        }
    else:
        signing = {
            "signing_authority": SigningAuthority.ON_BEHALF,
            "signed_for": committee,
            "signer_title": meeting.chair_title.rpartition(", ")[2],
            "signer_name": meeting.chair.full_name if meeting.chair else "",
        }
    return signing | {"recipients": "\n".join(_recipients(meeting, mark, day))}


def signature_of(document: PartyDocument) -> Signature:
    authority = f"{document.signing_authority} {document.signed_for}".strip()
    return Signature(authority, document.signer_title, document.signer_name)


def _recipients(meeting: Meeting, mark: Mark, day: datetime.date) -> list[str]:
    """Each line but the last ends in a comma, as the Party's papers do."""
    committee = issuer_of(meeting.body, day).committee
    first = {
        Mark.INVITATION: "Như thành phần dự Hội nghị",
        Mark.NOTICE: "Các tổ chức, cơ quan được giao nhiệm vụ",
    }.get(mark, "Như thành phần dự Hội nghị")
    return [f"- {first},", f"- Thường trực {committee} (để báo cáo),", f"- Lưu {OFFICE} {committee}."]
