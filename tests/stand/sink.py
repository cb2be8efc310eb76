"""A mail server for tests: writes down what it took, and misbehaves as its rules say.

A process of its own, run by path. Rules are a JSON file beside the log, read again when it changes:

    delay             seconds before the answer to the dot
    silent            accept the connection and never say a word
    tempfail          one RCPT in so many gets 451
    goodbye_after     421 to MAIL after so many letters on one connection
    drop_after_data   one letter in so many is taken, then the line is cut without an answer
    silent_after_data one letter in so many is taken, and no answer ever comes
    refuse            {part of an address: code}
    refuse_sender     MAIL gets this code, and the RCPT behind it 503
    turn_by_turn      answers 503 to a command that comes before the answer to the one before
    keep              also write the letters themselves, one file each
"""

import argparse
import asyncio
import contextlib
import email
import json
import re
import time
from pathlib import Path

GREETING = b"220 sink.invalid ESMTP\r\n"
LARGEST = 10_000_000
EXTENSIONS = b"250-SIZE %d\r\n250 8BITMIME\r\n" % LARGEST


class Sink:
    def __init__(self, log: Path) -> None:
        self.log = log.open("a", buffering=1)
        self.rules_file = log.with_suffix(".rules")
        self.folder = log.parent
        self.read_at = 0.0
        self.asked = 0
        self.taken = 0
        self.counted = 0  # since the last change of the rules: "one in so many" begins with it
        self.known: dict[str, object] = {}

    @property
    def rules(self) -> dict:
        if (now := time.monotonic()) - self.read_at > 0.02:
            self.read_at = now
            # Between two rules the old ones hold.
            with contextlib.suppress(FileNotFoundError, ValueError):
                known = json.loads(self.rules_file.read_text())
                if known != self.known:
                    self.known, self.asked, self.counted = known, 0, 0
        return self.known

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.note("connected")
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            if self.rules.get("silent"):
                await asyncio.sleep(3600)
            writer.write(GREETING)
            await self.converse(reader, writer)
        writer.close()

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient, letters = "", 0
        while line := await reader.readline():
            command = line.decode("utf-8", "replace").strip()
            verb = command[:4].upper()
            limit = self.rules.get("goodbye_after")
            if verb == "QUIT":
                writer.write(b"221 bye\r\n")
                return
            if verb == "EHLO":
                writer.write(b"250-sink.invalid\r\n")
                writer.write(b"" if self.rules.get("turn_by_turn") else b"250-PIPELINING\r\n")
                writer.write(EXTENSIONS)
            elif verb == "MAIL" and self.rules.get("turn_by_turn") and await is_more_here(reader):
                writer.write(b"503 one at a time\r\n")
            elif verb == "MAIL" and limit and letters >= limit:
                writer.write(b"421 enough for one connection\r\n")
                return
            elif verb == "MAIL" and (size := re.search(r"SIZE=(\d+)", command)) and int(size[1]) > LARGEST:
                writer.write(b"552 too big\r\n")
            elif verb == "MAIL" and (code := self.rules.get("refuse_sender")):
                writer.write(b"%d not from you\r\n" % code)
            elif verb == "RCPT" and self.rules.get("refuse_sender"):
                writer.write(b"503 no sender\r\n")
            elif verb == "RCPT":
                recipient = re.search("<(.*)>", command)[1]
                writer.write(self.verdict(recipient))
            elif verb == "DATA":
                writer.write(b"354 go on\r\n")
                letter = await reader.readuntil(b"\r\n.\r\n")
                letters += 1
                if not await self.take(letter, recipient, writer):
                    return
            else:
                writer.write(b"250 ok\r\n")

    def verdict(self, recipient: str) -> bytes:
        self.asked += 1
        for part, code in self.rules.get("refuse", {}).items():
            if part in recipient:
                return b"%d no such thing here\r\n" % code
        one_in = self.rules.get("tempfail")
        if one_in and self.asked % one_in == 0:
            return b"451 come back later\r\n"
        return b"250 ok\r\n"

    async def take(self, letter: bytes, recipient: str, writer: asyncio.StreamWriter) -> bool:
        """Write it down, then answer as the rules say; False ends the connection."""
        self.taken += 1
        self.counted += 1
        head = email.message_from_bytes(letter.partition(b"\r\n\r\n")[0])
        self.note("taken", id=head["Message-ID"], to=recipient, attempt=head.get("X-Portal-Attempt", "1"))
        if self.rules.get("keep"):
            (self.folder / f"{self.taken}.eml").write_bytes(letter)
        if (one_in := self.rules.get("drop_after_data")) and self.counted % one_in == 0:
            self.note("dropped", id=head["Message-ID"])
            return False
        if (one_in := self.rules.get("silent_after_data")) and self.counted % one_in == 0:
            self.note("stalled", id=head["Message-ID"])
            await asyncio.sleep(3600)
        if delay := self.rules.get("delay"):
            await asyncio.sleep(delay)
        writer.write(b"250 taken\r\n")
        return True

    def note(self, what: str, **more: str) -> None:
        self.log.write(json.dumps({"what": what, "at": time.time(), **more}) + "\n")


async def is_more_here(reader: asyncio.StreamReader) -> bool:
    with contextlib.suppress(TimeoutError):
        return bool(await asyncio.wait_for(reader.readline(), 0.05))
    return False


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("log", type=Path)
    arguments = parser.parse_args()
    sink = Sink(arguments.log)
    server = await asyncio.start_server(sink.serve, "127.0.0.1", arguments.port, limit=2**24)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
