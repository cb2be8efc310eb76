"""Work that falls due by a date the portal computes: lists, their steps, and a page of each."""

from members.queues.duties import Duty, Queue, Step, step_of
from members.queues.probation import Probation
from members.queues.reviews import Reviews
from members.queues.transfers import Transfers

QUEUES: dict[str, Queue] = {queue.code: queue for queue in (Probation(), Transfers(), Reviews())}

__all__ = ["QUEUES", "Duty", "Queue", "Step", "step_of"]
