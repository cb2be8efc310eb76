"""The portrait of a record is put in, replaced and taken out by who manages the record."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.base import File

from members.actions.record import require_change
from members.models import MemberPhoto, PartyMember, User
from portal import audit
from portal.files import delete_after_commit, nothing_left_behind
from portal.files.checks import check_upload
from portal.files.pictures import portrait

#: Width and height in pixels: enough for a 3×4 printed at 300 dots an inch.
WIDTH, HEIGHT = 360, 480


@audit.act
def put_photo(member: PartyMember, picture: File[bytes], *, by: User) -> MemberPhoto:
    """Written anew, cut to 3×4 from its middle; the picture before leaves the disk."""
    require_change(member, by)
    check_upload(picture, kinds=("image",))
    fresh = portrait(picture, (WIDTH, HEIGHT))
    PartyMember.objects.select_for_update().get(pk=member.pk)
    _drop_file(member)
    photo = MemberPhoto(member=member, file=fresh)
    with nothing_left_behind(photo):
        photo.save()
        audit.record("members.put_photo", about=member, by=by, summary="Ghi ảnh vào hồ sơ")
    return photo


@audit.act
def remove_photo(member: PartyMember, *, by: User) -> None:
    """Nothing of it is kept: a picture has no history (91/2025/QH15: no longer than needed)."""
    require_change(member, by)
    if not _drop_file(member):
        raise ValidationError("Hồ sơ không có ảnh.")
    MemberPhoto.objects.filter(member=member).delete()
    audit.record("members.remove_photo", about=member, by=by, summary="Bỏ ảnh khỏi hồ sơ")


def _drop_file(member: PartyMember) -> bool:
    """The file goes once nothing refers to it any more."""
    photo = MemberPhoto.objects.filter(member=member).first()
    if photo is None:
        return False
    delete_after_commit(photo.file)
    return True
