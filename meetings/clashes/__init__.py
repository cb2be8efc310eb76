"""Who is expected at two places at once, and which room was given away twice (domain §2.3).

Conferences and the leaders' diary are looked at alike: in the week that is put up, while a time, a
room or a chair is being typed, and at the gate before convening.
"""

from meetings.clashes.bookings import Booking, booking_of_entry
from meetings.clashes.pairs import Clash, clashes_in, clashes_of, clashes_with
from meetings.clashes.plans import Hindrance, Plan, find, plan_of

__all__ = [
    "Booking",
    "Clash",
    "Hindrance",
    "Plan",
    "booking_of_entry",
    "clashes_in",
    "clashes_of",
    "clashes_with",
    "find",
    "plan_of",
]
