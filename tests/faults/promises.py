"""I1 to I6 of reliability §5, counted at the mail server by Message-ID and recipient."""

import html
import re
import sys
from collections import Counter

from faults.browser import Board
from faults.stand import FINAL, Stand

WITHOUT_A_COPY = {"retry", "failed", "no_address", "cancelled", "uncertain"}
WITH_A_COPY = {"sent", "uncertain"}
#: The web may be slow while something is broken, not mute.
SLOWEST_ANSWER = 5.0
#: The board lists so many at once.
BOARD_PAGE = 50
COPIES_AMISS = """
SELECT coalesce(letter.user_id, copy.recipient_id) AS account
FROM (SELECT user_id FROM portal_delivery WHERE notice_id = %s AND user_id IS NOT NULL) letter
FULL JOIN (
    SELECT recipient_id, count(*) FROM portal_portalnotice
    WHERE notice_id = %s AND withdrawn_at IS NULL GROUP BY 1
) copy ON copy.recipient_id = letter.user_id
WHERE letter.user_id IS NULL OR copy.count IS DISTINCT FROM 1
"""


def check(
    stand: Stand, notice: int, *, in_doubt: int = 0, again: frozenset[str] | set[str] = frozenset()
) -> None:
    """Every promise about this notice. `in_doubt` is the bound of doubtful letters; `again` are the
    Message-IDs a person had sent a second time: nothing else may have been taken twice."""
    rows = stand.deliveries(notice)
    taken = Counter((note["id"], note["to"]) for note in stand.mail.notes("taken"))
    ours = {(row.message_id, row.address): row for row in rows}
    strangers = [found for found in taken if found not in ours and found[0].startswith(f"<n{notice}.")]
    doubtful = [row for row in rows if row.state == "uncertain"]
    board = Board.read(stand.board(notice))
    results = {
        "I1 lost in silence": [
            row
            for letter, row in ours.items()
            if row.state not in (WITH_A_COPY if taken[letter] else WITHOUT_A_COPY)
        ],
        "I1 sent to a stranger": strangers,
        "I2 doubled in silence": [
            letter for letter in ours if taken[letter] > (2 if letter[0] in again else 1)
        ],
        "I3 more doubt than allowed": doubtful[in_doubt:],
        "I4 not final, or without a reason": [
            row
            for row in rows
            if row.state not in FINAL or not (row.state in ("sent", "no_address") or row.reason)
        ],
        "I5 board and mail server differ": _differences(board, rows, taken),
        "I5 doubtful letters not on the screen": _hidden(stand, notice, doubtful),
        "I6 portal copies not one each": _copies(stand, notice),
        "I6 slow answers": [stand.office.slowest] if stand.office.slowest > SLOWEST_ANSWER else [],
        "the portal's own check": stand.press("thu/promises/")["broken"],
    }
    for name, wrong in results.items():
        sys.stdout.write(f"{'FAIL' if wrong else 'ok  '} {name}: {len(wrong)}\n")
    assert not any(results.values()), {name: wrong[:5] for name, wrong in results.items() if wrong}


def _differences(board: Board, rows: list, taken: Counter) -> list[str]:
    """ "Đã gửi" on the screen is what the mail server took, but for what is in doubt on the screen too."""
    copies = sum(bool(taken[row.message_id, row.address]) for row in rows if row.state != "uncertain")
    shown = {
        "sent": (board.states.get("sent", 0), copies),
        "uncertain": (board.states.get("uncertain", 0), sum(row.state == "uncertain" for row in rows)),
        "states": (sum(board.states.values()), len(rows)),
        "recipients": (board.recipients, len(rows)),
    }
    return [
        f"{what}: {seen} shown, {counted} counted"
        for what, (seen, counted) in shown.items()
        if seen != counted
    ]


def _hidden(stand: Stand, notice: int, doubtful: list) -> list[str]:
    """Doubtful letters that the office can't decide on where it looks."""
    listed = stand.board(notice, "?trang_thai=uncertain").text
    decided_on = {int(pk) for pk in re.findall(r'action="/thong-bao/luot-gui/(\d+)/"', listed)}
    return [
        row.name
        for row in doubtful[:BOARD_PAGE]
        if row.id not in decided_on or html.escape(row.name) not in listed
    ]


def _copies(stand: Stand, notice: int) -> list[str]:
    """Who has an account has exactly one notice in the portal."""
    found = stand.rows(COPIES_AMISS, notice, notice)
    return [str(row.account) for row in found]
