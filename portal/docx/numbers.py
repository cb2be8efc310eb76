"""Number and symbol as they stand under the issuing body: "Số 12-NQ/ĐUK", without a colon (domain §1.5)."""


def symbol_of(number: int, mark: str, letters: str) -> str:
    """12-NQ/ĐUK, numbers below ten with a leading zero."""
    return f"{number:02d}-{mark}/{letters}"


def number_line(symbol: str) -> str:
    return f"Số {symbol}"


def blank_number(mark: str, letters: str) -> str:
    """The form to be filled in by hand: no number has been given yet, and none is invented."""
    return f"Số       -{mark}/{letters}"
