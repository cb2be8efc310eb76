"""Send what is due. The order of the steps is the guarantee; do not change it.

1. Claim rows and commit: nobody else takes them, nobody waits for them.
2. Ask, right before sending, whether the letter may still go, and to which address.
3. MAIL and RCPT: a refusal here is a clear answer and nothing has been handed over.
4. Commit `sending` with a token. From here on a death leaves a trace that somebody will see.
5. DATA, the letter, then the dot as a write of its own.
   Broken before the dot: the server must drop it, so again later.
   250: sent. 4xx, 5xx: again later, or failed. No answer after the dot: in doubt, for a person.
6. What is known about the row before is written down with step 4 of the next one, in one commit.
"""

from __future__ import annotations

import hashlib
import logging
import time
import uuid
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError

from portal.delivery import breaker, mime, rows, schedule
from portal.delivery.life import Life
from portal.delivery.patience import patiently
from portal.delivery.relay import Doubtful, Lost, Refused, Relay, Unreachable
from portal.delivery.rows import Result, Sending
from portal.models import Delivery, DeliveryState
from portal.outbox.kinds import kind_of

logger = logging.getLogger(__name__)

TIME_BOX_SECONDS = 60.0
NOT_COMPOSED = "Không soạn được thư này (lỗi chương trình, đã ghi nhật ký). Các thư khác vẫn gửi."
BAD_ADDRESS = "Địa chỉ thư không hợp lệ."


class Drained(NamedTuple):
    """How many letters were taken up, and whether the sender stopped because nothing more is due."""

    taken: int
    is_done: bool


def drain(seconds: float = TIME_BOX_SECONDS, should_stop: Callable[[], bool] = lambda: False) -> Drained:
    """Send until nothing is due, for at most `seconds`, or until asked to stop."""
    if not rows.is_anything_due() or not breaker.may_try():
        return Drained(0, is_done=True)
    with Life() as life:
        sender = Sender(life, time.monotonic() + seconds, should_stop)
        sender.run()
        return Drained(sender.taken, is_done=not sender.is_over)


class Sender:
    """One connection to the mail server and the rows in hand."""

    def __init__(self, life: Life, until: float, should_stop: Callable[[], bool]) -> None:
        self.life = life
        self.until = until
        self.should_stop = should_stop
        self.relay = Relay(on_slow=self.give_back)
        self.batch: deque[Delivery] = deque()
        self.in_hand: Delivery | None = None
        self.carried: Sending | None = None
        self.taken = 0

    @property
    def is_over(self) -> bool:
        return self.should_stop() or time.monotonic() > self.until

    def run(self) -> None:
        try:
            self.connect()
            while not self.is_over and self.claim():
                while self.batch and not self.is_over:
                    self.handle(self.batch.popleft())
                self.life.renew()
        except Unreachable as error:
            breaker.trip(str(error))
        finally:
            self.write_down()
            self.give_back()
            self.relay.quit()

    def claim(self) -> bool:
        self.batch.extend(rows.claim(self.life.number))
        return bool(self.batch)

    def connect(self) -> None:
        self.relay.open()
        breaker.reset()

    def handle(self, delivery: Delivery) -> None:
        self.in_hand = delivery
        self.taken += 1
        if prepared := self.prepare(delivery):
            address, payload = prepared
            if self.hand_over_envelope(delivery, address, len(payload)):
                self.hand_over(delivery, payload)
        self.in_hand = None

    def prepare(self, delivery: Delivery) -> tuple[str, bytes] | None:
        """Step 2. A row that can't be composed is a fault of that row alone."""
        try:
            kind = kind_of(delivery.notice.kind)
            if refusal := _refusal(delivery) or kind.refusal(delivery):
                self.settle(delivery, Result(DeliveryState.CANCELLED, refusal))
                return None
            address = mime.checked_address(kind.address(delivery))
            return address, mime.build(delivery, kind.compose(delivery), address)
        except (OperationalError, InterfaceError):
            raise
        except ValidationError:
            self.settle(delivery, Result(DeliveryState.FAILED, BAD_ADDRESS))
        except Exception:  # whatever the kind's code does, the others must leave
            logger.exception("Delivery not composed", extra={"delivery": delivery.pk})
            self.settle(delivery, Result(DeliveryState.FAILED, NOT_COMPOSED))
        return None

    def hand_over_envelope(self, delivery: Delivery, address: str, size: int) -> bool:
        """Step 3, on a fresh connection if the old one is gone. A fresh one lost too: unreachable."""
        is_fresh = not self.relay.is_open
        try:
            if is_fresh:
                self.connect()
            self.relay.envelope(mime.sender_address(), address, size)
        except Refused as answer:
            self.settle(delivery, _after_refusal(delivery, answer), is_attempt=True)
            return False
        except Lost as error:
            if is_fresh:
                raise Unreachable(str(error)) from error
            return self.hand_over_envelope(delivery, address, size)
        return True

    def hand_over(self, delivery: Delivery, payload: bytes) -> None:
        """Steps 4 to 6."""
        token = uuid.uuid4()
        if not self.begin(delivery, token, hashlib.sha256(payload).hexdigest()):
            self.relay.reset()
            return
        result = Result(DeliveryState.UNCERTAIN, "Bộ gửi bị ngắt khi đang chờ máy chủ thư trả lời.")
        try:
            result = Result(DeliveryState.SENT, self.relay.data(payload))
        except Refused as answer:
            result = _after_refusal(delivery, answer)
        except Lost as error:
            result = _again(delivery, f"Mất liên lạc trước khi gửi xong ({error}).")
        except Doubtful as error:
            result = Result(DeliveryState.UNCERTAIN, f"Máy chủ thư không trả lời sau khi nhận thư ({error}).")
        finally:
            self.carried = Sending(delivery.pk, token, result)
        if result.state != DeliveryState.SENT:
            self.write_down()

    def begin(self, delivery: Delivery, token: uuid.UUID, payload_hash: str) -> bool:
        is_ours = patiently(
            lambda: rows.begin(
                delivery,
                worker=self.life.number,
                token=token,
                payload_hash=payload_hash,
                carried=self.carried,
            )
        )
        self.carried = None
        return is_ours

    def settle(self, delivery: Delivery, result: Result, *, is_attempt: bool = False) -> None:
        self.write_down()
        patiently(
            lambda: rows.settle(delivery, worker=self.life.number, result=result, is_attempt=is_attempt)
        )

    def write_down(self) -> None:
        if self.carried:
            patiently(self.carried.finish)
            self.carried = None

    def give_back(self) -> None:
        """Rows claimed behind the one in hand, when we stop or the server is slow: others take them."""
        self.batch.clear()
        but = self.in_hand.pk if self.in_hand else None
        patiently(lambda: rows.release(self.life.number, but=but))


def _refusal(delivery: Delivery) -> str | None:
    if delivery.notice.cancelled_at:
        return "Lần gửi này đã được hủy."
    if delivery.notice.superseded_at:
        return "Đã có thông báo mới thay thế."
    if delivery.user and not delivery.user.is_active:
        return "Tài khoản của người nhận đã khóa."
    return None


def _after_refusal(delivery: Delivery, answer: Refused) -> Result:
    if answer.is_final:
        return Result(DeliveryState.FAILED, f"Máy chủ thư từ chối: {answer}")
    return _again(delivery, f"Máy chủ thư hẹn lúc khác: {answer}")


def _again(delivery: Delivery, words: str) -> Result:
    return Result(DeliveryState.RETRY, words, schedule.again_in(delivery.attempts + 1))
