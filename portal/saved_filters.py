"""Keeping a narrowing of a list, and letting it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from portal import audit
from portal.models.filters import SavedFilter

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

#: More than these nobody finds again in a row of names.
MOST = 20


@transaction.atomic
def keep(saved: SavedFilter, *, by: AbstractBaseUser) -> SavedFilter:
    """Under a name that its owner gave before on the same list, the new narrowing takes the old one's place.

    The trail says that it was done and where, not what was looked for: that may be a person's number.
    """
    mine = SavedFilter.objects.filter(user_id=by.pk, path=saved.path)
    if not mine.filter(name=saved.name).exists() and mine.count() >= MOST:
        raise ValidationError(
            f"Mỗi danh sách lưu được {MOST} bộ lọc. Bỏ bớt một bộ lọc cũ trước.", code="full"
        )
    kept, is_new = SavedFilter.objects.update_or_create(
        user_id=by.pk, path=saved.path, name=saved.name, defaults={"query": saved.query}
    )
    audit.record(
        "portal.keep_filter",
        about=kept,
        by=by,
        summary="Lưu bộ lọc" if is_new else "Lưu lại bộ lọc",
        changes={"path": [None, saved.path]},
    )
    return kept


@transaction.atomic
def drop(saved: SavedFilter, *, by: AbstractBaseUser) -> None:
    audit.record(
        "portal.drop_filter", about=saved, by=by, summary="Bỏ bộ lọc", changes={"path": [saved.path, None]}
    )
    saved.delete()
