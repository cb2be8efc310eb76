"""The mail server's answers in the order of the commands, several of them perhaps here already."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable

#: A server that lets us wait this long is slow: the rows behind this one are given to others.
SLOW_SECONDS = 5.0
#: An answer this long is not one of a mail server (RFC 5321 §4.5.3.1.5: 512 octets a line).
LONGEST = 65_536


class Answers:
    """Read after the greeting is over. `on_slow` is called while the server makes us wait."""

    def __init__(self, connection: socket.socket, on_slow: Callable[[], None]) -> None:
        self._connection = connection
        self._on_slow = on_slow
        self._waiting = select.poll()
        self._waiting.register(connection, select.POLLIN)
        self._read = b""

    def next(self) -> tuple[int, bytes]:
        """Code and words of the next answer, all its lines (RFC 5321 §4.2.1). OSError: the line is cut."""
        words = []
        while True:
            line = self._line()
            words.append(line[4:].strip())
            if line[3:4] != b"-":
                return int(line[:3]) if line[:3].isdigit() else 0, b" ".join(words)

    def _line(self) -> bytes:
        while b"\n" not in self._read:
            self._read += self._more()
        line, _, self._read = self._read.partition(b"\n")
        return line

    def _more(self) -> bytes:
        patience = min(SLOW_SECONDS, self._connection.gettimeout() or SLOW_SECONDS)
        if not self._waiting.poll(patience * 1000):
            self._on_slow()
        # A TLS record holds 16 kB at most: read whole, nothing stays behind where poll can't see it.
        if not (more := self._connection.recv(LONGEST)):
            raise ConnectionError("Máy chủ thư đã đóng kết nối.")
        if len(self._read) + len(more) > LONGEST:
            raise ConnectionError("Máy chủ thư trả lời quá dài.")
        return more
