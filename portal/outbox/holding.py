"""After a restore: what waited in the backup may have left since, so a person decides about it."""

from __future__ import annotations

from django.db import transaction

from portal.models import Delivery, DeliveryState
from portal.models.deliveries import UNFINISHED
from portal.outbox.decisions import remember

WHY = "Giữ lại sau khi khôi phục dữ liệu; thư có thể đã đi sau lúc sao lưu. Cần người quyết."


@transaction.atomic
def hold_unsent() -> int:
    """Everything not finished goes to `held`. To be run before any sender is started."""
    return Delivery.objects.filter(state__in=UNFINISHED).update(
        state=DeliveryState.HELD, worker=None, reason=WHY, history=remember(DeliveryState.HELD, WHY)
    )
