"""`make run`: everything the portal needs, up in order, watched, and down again with Ctrl-C."""

import fcntl
import signal
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from portal.embedded.mail.server import MailCatcher
from portal.embedded.marks import Mark, data_state, static_state
from portal.embedded.ports import LOOPBACK, free_port
from portal.embedded.programs import COMMANDS, PROJECT, manage, program
from portal.embedded.server import ServerFailed
from portal.embedded.services import ALL, Services, secret_key
from portal.embedded.watch import Watch

FIRST_PORT = 8000
WEB_PATIENCE = 60.0
STOP_PATIENCE = 15.0
LABELS = {
    "DATABASE_URL": "Cơ sở dữ liệu PostgreSQL",
    "REDIS_URL": "Hàng đợi và bộ nhớ đệm Valkey",
    "EMAIL_URL": "Hộp thư thử",
}
# Under this heading `manage.py demo` ends with names and password.
ACCOUNTS = "Tài khoản mẫu"


class StartFailed(Exception):
    """The start cannot go on; the text says why."""


class Supervisor:
    def __init__(self, var: Path, environ: Mapping[str, str], *, with_demo: bool = True) -> None:
        self.var = var.resolve()
        self.given = {**dotenv(PROJECT / ".env"), **environ}
        # Into a database of the caller's own goes nothing that he did not ask for.
        self.with_demo = with_demo and not self.given.get("DATABASE_URL")
        self.accounts = ""
        self.services = Services(self.var, given=self.given)
        self.env: dict[str, str] = {}
        self.watches: list[Watch] = []
        self.steps = len(ALL) + 3 + self.with_demo
        self.steps_begun = 0

    def run(self) -> int:
        """Until Ctrl-C; returns the exit code."""
        for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(interruption, _interrupt)
        started = time.monotonic()
        try:
            with only_one(self.var):
                try:
                    self._start()
                    self._say_where(started)
                    while True:
                        self._look_after()
                        time.sleep(0.2)
                finally:
                    self._stop()
        except KeyboardInterrupt:
            return 0
        except (StartFailed, ServerFailed) as error:
            say(f"\nKhông khởi động được: {error}")
            return 1

    # --- Up ---------------------------------------------------------------------------------------

    def _start(self) -> None:
        say(f"Cổng thông tin đang khởi động; dữ liệu ở {self.var}; bấm Ctrl-C để dừng.")
        urls = self.services.start(announce=lambda name: self._step(LABELS[name]))
        self.env = self._environment(urls)
        self._prepare_data()
        with self._step("Tệp tĩnh"):
            self._collect_static()
        with self._step("Máy chủ web, tiến trình nền, bộ hẹn giờ"):
            self._start_programs()

    def _environment(self, urls: Mapping[str, str]) -> dict[str, str]:
        """What the programs are told: what the caller gave stands, the rest is ours."""
        first = int(self.given.get("PORT") or FIRST_PORT)
        port = free_port(first)
        if port != first:
            say(f"  Số hiệu cổng {first} đang có chương trình khác dùng, lấy số {port}.")
        ours = {
            "SITE_URL": f"http://{LOOPBACK}:{port}",
            "MEDIA_ROOT": str(self.var / "media"),
            "STATIC_ROOT": str(self.var / "static"),
            "BEAT_SCHEDULE_FILE": str(self.var / "beat-schedule"),
        }
        key = self.given.get("SECRET_KEY") or secret_key(self.var)
        return {**ours, **self.given, **urls, "SECRET_KEY": key, "WEB_BIND": f"{LOOPBACK}:{port}"}

    @contextmanager
    def _step(self, label: str) -> Iterator[None]:
        self.steps_begun += 1
        began = time.monotonic()
        say(f"  [{self.steps_begun}/{self.steps}] {label} … ", end="")
        yield
        say(f"xong ({_seconds_since(began)})")

    def _prepare_data(self) -> None:
        """Tables and sample; in our own database only when it or the code is not as the last start
        left it, since each of the two commands takes seconds to find that there is nothing to do."""
        ours = not self.given.get("DATABASE_URL")
        mark = Mark(self.var / f"data-mark-{'sample' if self.with_demo else 'bare'}")
        known = mark.text_for(data_state(self.env["DATABASE_URL"])) if ours else None
        with self._step("Cấu trúc dữ liệu"):
            if known is None:
                self._do("migrate", "--no-input", "--verbosity=0")
        if self.with_demo:
            with self._step("Dữ liệu mẫu"):
                self.accounts = self._load_sample() if known is None else known
        if ours:
            mark.keep(data_state(self.env["DATABASE_URL"]), self.accounts)

    def _load_sample(self) -> str:
        """Its accounts, in the words to be shown."""
        # The command refuses without DEBUG, so that printed passwords never meet real data. This
        # database is our own, and the pages are served without DEBUG all the same.
        output = self._do("demo", show_until=ACCOUNTS, DEBUG="1")
        return output[output.find(ACCOUNTS) :]

    def _do(self, *arguments: str, show_until: str | None = None, **changed: str) -> str:
        """Run a manage.py command to its end and return its output; show it as it comes until a
        line begins with `show_until`."""
        process = manage(self.var, self.env | changed, *arguments)
        process.log.write_bytes(b"")
        shown = 0
        process.start()
        try:
            while True:
                is_over = not process.is_running
                output = process.log.read_text(errors="replace")
                if show_until is not None:
                    shown += self._show(output[shown:], show_until)
                if is_over:
                    break
                time.sleep(0.05)
        finally:
            process.stop()
        if process.exit_code != 0:
            raise StartFailed(f"manage.py {arguments[0]} bị lỗi:\n{process.log_tail(20)}")
        return output

    def _show(self, text: str, until: str) -> int:
        """Show the whole lines of `text` before the one that begins with `until`; return how much."""
        part = f"\n{text}".partition(f"\n{until}")[0][1:]
        part = part[: part.rfind("\n") + 1]
        if part:
            say("\n" + _indented(part), end="      ")
        return len(part)

    def _collect_static(self) -> None:
        """Only when a file or the packages changed: hashing all of them takes seconds."""
        mark, state = Mark(self.var / "static-mark"), static_state()
        if mark.text_for(state) is None:
            self._do("collectstatic", "--no-input", "--clear", "--verbosity=0")
            mark.keep(state)

    def _start_programs(self) -> None:
        for server in self.services.servers.values():
            if not server.adopted:
                self.watches.append(Watch(server.process, server.start, _warn))
        for name in COMMANDS:
            process = program(name, self.var, self.env)
            watch = Watch(process, process.start, _warn)
            self.watches.append(watch)
            watch.begin()
        self._await_web()

    def _await_web(self) -> None:
        web = next(watch.process for watch in self.watches if watch.process.name == "web")
        deadline = time.monotonic() + WEB_PATIENCE
        while not _is_well(f"http://{self.env['WEB_BIND']}/suc-khoe/"):
            if not web.is_running or time.monotonic() > deadline:
                raise StartFailed(f"máy chủ web không trả lời:\n{web.log_tail(20)}")
            time.sleep(0.1)

    def _say_where(self, started: float) -> None:
        say(f"\nĐã sẵn sàng sau {_seconds_since(started)}.\n")
        say(f"  Cổng thông tin   {self.env['SITE_URL']}/")
        say(f"  Trang quản trị   {self.env['SITE_URL']}/quan-tri/")
        catcher = self.services.servers.get("EMAIL_URL")
        if isinstance(catcher, MailCatcher):
            say(f"  Hộp thư thử      {catcher.pages}")
        say(f"  Nhật ký          {self.var / 'log'}")
        if self.accounts:
            say("\n" + _indented(self.accounts, by=2))
        say("Bấm Ctrl-C để dừng; dữ liệu được giữ lại.")

    # --- Watched, and down --------------------------------------------------------------------------

    def _look_after(self) -> None:
        for watch in self.watches:
            try:
                watch.look()
            except ServerFailed as error:
                _warn(str(error))

    def _stop(self) -> None:
        """Programs first, all at once; the servers they need last."""
        for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(interruption, signal.SIG_IGN)
        say("\nĐang dừng … ", end="")
        began = time.monotonic()
        servers = [server.process for server in self.services.servers.values()]
        programs = [watch.process for watch in self.watches if watch.process not in servers]
        for process in programs:
            process.ask_to_stop()
        for process in programs:
            process.wait_stopped(max(0.1, began + STOP_PATIENCE - time.monotonic()))
        self.services.stop()
        say(f"đã dừng ({_seconds_since(began)}).")


def dotenv(file: Path) -> dict[str, str]:
    """The plain NAME=value lines of `.env`, which settings read too."""
    if not file.is_file():
        return {}
    pairs = (line.split("=", 1) for line in file.read_text().splitlines() if _is_assignment(line))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def _is_assignment(line: str) -> bool:
    return "=" in line and not line.lstrip().startswith("#")


@contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Refuse a second `make run` over the same data."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartFailed("một lệnh `make run` khác đang chạy trên cùng dữ liệu này.") from None
        yield


def say(text: str = "", end: str = "\n") -> None:
    sys.stdout.write(text + end)
    sys.stdout.flush()


def _warn(text: str) -> None:
    say(f"{time.strftime('%H:%M:%S')} {text}")


def _indented(text: str, by: int = 6) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in text.splitlines())


def _seconds_since(moment: float) -> str:
    return f"{time.monotonic() - moment:.1f} giây".replace(".", ",")


def _is_well(address: str) -> bool:
    # Without the environment's proxies: this address is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
