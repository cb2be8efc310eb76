"""The way not taken: a task for each letter."""

from __future__ import annotations

from celery import shared_task
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from bench.letters.kind import Invitation
from portal.models import Delivery, DeliveryState


def mail_for(delivery: Delivery) -> EmailMultiAlternatives:
    """As an ordinary Django program builds it."""
    letter = Invitation().compose(delivery)
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[f"{delivery.name} <{delivery.address}>"],
        headers={"Message-ID": delivery.message_id},
    )
    mail.attach_alternative(letter.html, "text/html")
    for attachment in letter.attachments:
        mail.attach(attachment.name, attachment.content, "text/calendar")
    return mail


@shared_task
def send_one(pk: int) -> None:
    delivery = Delivery.objects.get(pk=pk)
    mail_for(delivery).send()
    delivery.state, delivery.sent_at, delivery.reply = DeliveryState.SENT, timezone.now(), "250"
    delivery.save(update_fields=["state", "sent_at", "reply"])
