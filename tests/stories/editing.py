"""An item's way: pasted from Word, checked, sent back, mended, approved for its hour, before its readers."""

import datetime
import io
from dataclasses import dataclass, field

import docx

from stories import word
from stories.summons import HANOI

LEAD = "Sáng nay, Đảng ủy Khối sơ kết công tác chuyên đề quý này."
ALT = "Quang cảnh buổi sơ kết"
REASON = "Tả ảnh, sửa liên kết và kết thúc bài."
FILE_NAME = "Phụ lục chuyên đề.docx"
INSIDE = "Bốn mươi hai hạng mục xà cừ"
_PASTE = """(field, [html, rtf]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/rtf", rtf);
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@dataclass
class Item:
    """What the story knows of it: its number, its page, the addresses of what belongs to it, its hour."""

    key: int
    page: str
    parts: list[str] = field(default_factory=list)
    publish_at: datetime.datetime | None = None


def paste(author):
    """Words, list, table and picture come over."""
    author.open("/tin-tuc/")
    author.follow("Viết tin")
    author.write("Tiêu đề", word.TITLE)
    author.choose("Chuyên mục", "Tin hoạt động")
    author.write("Đoạn mở đầu", LEAD)
    body = author.page.locator(".cke_wysiwyg_div")
    body.click()
    body.evaluate(_PASTE, [word.text(), word.pictures()])
    body.locator("img[src^='/anh/']").wait_for()
    assert body.locator("ol li").all_inner_texts() == list(word.POINTS)
    rows = body.locator("tr").all()
    assert tuple(tuple(row.locator("td").all_inner_texts()) for row in rows) == word.FIGURES


def save(author, units, house):
    """With its cover, a paper, and its readers."""
    page = author.page
    picture = {"name": "anh.png", "mimeType": "image/png", "buffer": word.png("#2f4858")}
    page.locator("[name=cover]").set_input_files(picture)
    page.locator("[name=cover_alt]").fill("Đại biểu trong hội trường")
    page.locator("[name=cover_caption]").fill("Quang cảnh Hội nghị.")
    page.locator("[name=attached]").set_input_files(_paper())
    author.tick("không chứa bí mật nhà nước")
    author.tick("Chỉ cho các tổ chức")
    for unit in units:
        page.get_by_label(unit, exact=True).check()
    page.locator("[data-save][data-unsent='0']", has_text="Đã lưu").wait_for()
    page.locator("form[data-text] .btn-main").click()
    page.locator("h1.headline").wait_for()
    assert author.heading == word.TITLE
    address = page.url.removeprefix(author.address)
    ((key, body),) = house.rows("SELECT id, body FROM news_article WHERE title = %s", word.TITLE)
    assert [part for part in word.LEFTOVERS if part in body] == []
    pictures = page.locator(".prose img").all()
    for picture in pictures:
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    parts = [one.get_attribute("src") for one in pictures]
    assert len(parts) == 2
    return Item(key, address, [*parts, page.locator(".papers a").first.get_attribute("href")])


def faults(person):
    """What weighs how much: (must be mended or looked at, the whole line)."""
    lines = person.page.locator(".checked li").all()
    return [(line.locator(".state").inner_text(), line.inner_text()) for line in lines]


def send_to_editor(author, item, editor):
    """What must be mended keeps it from approval; an editor may look all the same."""
    author.open(item.page)
    author.sees("Phải sửa trước khi duyệt.")
    author.follow("Gửi biên tập…")
    author.choose("Gửi biên tập viên", editor)
    author.press("Gửi biên tập")
    author.sees("Đã gửi. Biên tập viên đã được báo.")


def send_back(editor, item):
    editor.wait_for("/thong-bao/", f"Chờ biên tập: {word.TITLE}")
    editor.open(item.page)
    editor.follow("Trả lại…")
    editor.write("Lý do", REASON)
    editor.press("Trả lại bài")
    editor.sees("Lý do trả lại")


def mend(author, item):
    """By the reason he was sent: the picture described, the link taken out, the last line ended."""
    author.wait_for("/thong-bao/", f"Trả lại để sửa: {word.TITLE}")
    author.open(item.page)
    author.sees(REASON)
    author.follow("Sửa bài")
    body = author.page.locator(".cke_wysiwyg_div")
    body.locator("img").dblclick()
    # The window puts the caret into its first field a moment after it opens: words typed sooner land there.
    author.page.locator(".cke_dialog_body input:focus").wait_for()
    author.page.get_by_label("Lời tả ảnh cho người không nhìn được").fill(ALT)
    author.page.locator(".cke_dialog_ui_button_ok").click()
    body.locator("a").click()
    author.page.get_by_role("button", name="Xoá liên kết").click()
    body.locator("p").last.click()
    author.page.keyboard.press("End")
    author.page.keyboard.press("Backspace")
    author.page.keyboard.type("./.")
    author.page.locator("form[data-text] .btn-main").click()
    author.sees("Không thấy chỗ nào cần sửa")


def submit(author, item, approver):
    author.follow("Trình duyệt…")
    author.choose("Trình ai duyệt", approver)
    author.press("Trình duyệt")
    author.sees("Đã trình duyệt. Người duyệt đã được báo.")


def approve_for_its_minute(approver, item):
    """The next minute that leaves time to look in vain before."""
    approver.wait_for("/thong-bao/", f"Chờ duyệt: {word.TITLE}")
    approver.open(item.page)
    approver.follow("Duyệt và đăng…")
    item.publish_at = _next_minute()
    approver.tick("Hẹn giờ")
    approver.write_moment("Ngày giờ đăng", item.publish_at)
    approver.press("Duyệt và đăng")
    approver.sees("Hẹn đăng")


def wait_until_published(item, house):
    """By itself, at its minute and not before; no letter says so twice."""
    house.wait(lambda: _published_at(item, house), "the hour of the item", 150)
    late = (_published_at(item, house) - item.publish_at).total_seconds()
    assert 0 <= late < 60, f"{late} s after its hour"


def check_told_once(item, people, house):
    """Who has worked on it hears of it: one notice in the portal and one letter each, nobody else."""
    told = house.rows(
        "SELECT account.username FROM portal_portalnotice one"
        " JOIN portal_notice notice ON notice.id = one.notice_id"
        " JOIN members_user account ON account.id = one.recipient_id"
        " WHERE notice.kind = 'news.published' AND notice.about_id = %s ORDER BY 1",
        item.key,
    )
    assert [name for (name,) in told] == sorted(people)
    addresses = sorted(f"{name}@khoi.invalid" for name in people)
    house.wait(lambda: len(_letters(house)) >= len(people), "the letters about it", 60)
    assert _letters(house) == addresses
    assert max(house.mail.taken.values()) == 1


def _letters(house):
    subject = f"Đã đăng: {word.TITLE}"
    return sorted(
        letter["To"].addresses[0].addr_spec
        for letter in house.mail.letters()
        if str(letter["Subject"]) == subject
    )


def _published_at(item, house):
    ((moment,),) = house.rows("SELECT published_at FROM news_article WHERE id = %s", item.key)
    return moment


def _next_minute():
    soon = datetime.datetime.now(HANOI) + datetime.timedelta(seconds=85)
    return soon.replace(second=0, microsecond=0)


def _paper():
    paper, packed = docx.Document(), io.BytesIO()
    paper.add_paragraph(INSIDE)
    paper.save(packed)
    return {"name": FILE_NAME, "mimeType": "application/octet-stream", "buffer": packed.getvalue()}
