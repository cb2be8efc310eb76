"""Background work of the register. Each task may run twice, late, or never: the rows decide."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from members import actions
from members.actions import imports


@shared_task
def run_import(pk: int) -> None:
    imports.run(pk)


@shared_task
def run_waiting_imports() -> int:
    return imports.run_waiting()


@shared_task
def forget_old_imports() -> int:
    return imports.forget_old()


@shared_task
def tell_due() -> int:
    return actions.tell_due(timezone.localdate())
