"""A person before a browser, who knows only the words on the screen."""

import re
import time
from urllib.parse import urljoin

#: CKEditor's dialogs link to `javascript:void(0)` and frame a script: both refused, as we want.
REFUSED = ("Running the JavaScript URL violates", "Executing inline script violates")


class Person:
    """A desktop of 1366 × 768, or with `width=390` a telephone; `more` is Playwright's."""

    def __init__(self, browser, address, *, width=1366, **more):
        self.address = address
        self.context = browser.new_context(
            base_url=address,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": 768 if width > 500 else 844},
            **more,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(40_000)
        self.troubles = []
        self.page.on("pageerror", lambda error: self.troubles.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)
        self.page.on("response", self._look)

    def _hear(self, message):
        if message.type == "error" and not message.text.startswith(REFUSED):
            self.troubles.append(f"{self.page.url}: {message.text}")

    def _look(self, response):
        if response.status >= 400:
            self.troubles.append(f"{response.url}: {response.status}")

    def leave(self):
        self.context.close()

    def sign_in(self, username, password):
        self.open("/")
        self.write("Tên đăng nhập", username)
        self.write("Mật khẩu", password)
        self.press("Đăng nhập")

    def open(self, path):
        return self.page.goto(urljoin(self.address, path))

    def fetch(self, path):
        """A file, with what keeps him signed in."""
        answer = self.context.request.get(urljoin(self.address, path))
        assert answer.ok, f"{path}: {answer.status}"
        return answer.body()

    def wait_for(self, path, words, seconds=60):
        """Load the page anew until it says so: notices come a moment after the deed."""
        deadline = time.monotonic() + seconds
        while words not in self.open_and_read(path):
            assert time.monotonic() < deadline, f"waited {seconds} s for {words!r} on {path}"
            time.sleep(0.3)

    def open_and_read(self, path):
        self.open(path)
        return self.text

    def follow(self, words, *, within=None, exact=True):
        """Click a link by its words."""
        where = self.page.locator(within) if within else self.page
        where.get_by_role("link", name=words, exact=exact).first.click()

    def press(self, words, *, within=None, exact=True):
        where = self.page.locator(within) if within else self.page
        where.get_by_role("button", name=words, exact=exact).first.click()

    def unfold(self, words):
        self.page.locator("summary", has_text=words).first.click()

    def write(self, label, words):
        self.page.get_by_label(label).and_(self.page.locator("input, textarea")).first.fill(words)

    def write_moment(self, legend, moment):
        group = self.page.get_by_role("group", name=re.compile(legend))
        group.get_by_label("Ngày").fill(f"{moment:%d/%m/%Y}")
        group.get_by_label("Giờ").fill(f"{moment:%H:%M}")

    def choose(self, label, words):
        self.page.get_by_label(label).first.select_option(label=words)

    def fill_in(self, act, **fields):
        """The form of a desk whose button does `act`: words are typed, or chosen from a list."""
        form = self.page.locator(f"form:has(button[value={act}])")
        for name, words in fields.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("one => one.tagName") == "SELECT":
                option = field.locator("option", has_text=words).first
                field.select_option(value=option.get_attribute("value"))
            else:
                field.fill(words)

    def tick(self, words):
        self.page.get_by_label(words).first.check()

    @property
    def text(self):
        """The words on the screen, without the hard spaces."""
        return self.page.inner_text("body").replace("\N{NO-BREAK SPACE}", " ")

    @property
    def heading(self):
        return self.page.locator("h1").first.inner_text().replace("\N{NO-BREAK SPACE}", " ")

    def sees(self, words, seconds=15):
        """Now, or when the page that a key has called is there."""
        deadline = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < deadline, f"{words!r} is not on {self.page.url}:\n{self.text[:2000]}"
            self.page.wait_for_timeout(50)

    def sees_not(self, words):
        assert words not in self.text, f"{words!r} is on {self.page.url}"
