"""A document to be studied: who has to, who has, who is left, as people come and go."""

import datetime

from stories import word
from stories.summons import HANOI

NEWCOMER = "Hoàng Thị Mới Về"
KEEP = "from news import actions; actions.keep_readers()"


def require(editor, item, people, house):
    """Asked of everybody in the audience who has an account; nobody has read it yet."""
    editor.open(item.page)
    editor.follow("Giao đọc…")
    editor.sees(f"hôm nay là {len(people)} người")
    due_on = datetime.datetime.now(HANOI).date() + datetime.timedelta(days=10)
    editor.write("Đọc và xác nhận trước hết ngày", f"{due_on:%d/%m/%Y}")
    editor.press("Giao đọc")
    ((key,),) = house.rows("SELECT id FROM news_requiredreading WHERE article_id = %s", item.key)
    return f"/tin-tuc/quan-triet/{key}/"


def acknowledge(reader, reading):
    """By the way of the home page; opening is not yet reading."""
    reader.wait_for("/", word.TITLE)
    reader.open(reading)
    reader.tick("Tôi đã đọc toàn văn")
    reader.press("Tôi xác nhận đã đọc")
    reader.sees("Đồng chí đã xác nhận lúc")


def figures(editor, reading):
    """(asked, acknowledged, share) of the last line, and the names of who has not."""
    editor.open(f"{reading}ket-qua/?loc=chua")
    total = editor.page.locator(".coverage tfoot tr")
    asked, done, share = (
        total.locator(f"[data-label='{label}']").inner_text().strip()
        for label in ("Phải đọc", "Đã xác nhận", "Tỷ lệ")
    )
    names = editor.page.locator("section:has(#ten) tbody th").all_inner_texts()
    return (int(asked), int(done), share), {name.replace("đến sau", "").strip() for name in names}


def join(administrator, card, password):
    """A member of the organisation gets an account."""
    administrator.open("/quan-tri/")
    administrator.follow("Thêm Tài khoản")
    administrator.write("Tên đăng nhập", "moi.ve")
    administrator.write("Họ và tên", NEWCOMER)
    administrator.write("Số thẻ đảng viên", card)
    administrator.page.locator("[name=email]").fill("moi-ve@khoi.invalid")
    administrator.write("Mật khẩu mới", password)
    administrator.page.locator("[name=_save]").click()
    administrator.sees(NEWCOMER)


def leave(administrator, username):
    """An account is locked."""
    administrator.open(f"/quan-tri/members/user/?q={username}")
    administrator.page.locator(f"tr:has-text('{username}') input.action-select").check()
    administrator.page.locator("select[name=action]").select_option(label="Khóa các tài khoản đã chọn")
    administrator.page.locator("button[name=index]").click()


def keep(house):
    """What beat has done every hour."""
    house.finish(house.manage("shell", "-c", KEEP))


def told(house, address):
    """How often somebody was asked to read it."""
    subject = f"Phải đọc và xác nhận: {word.TITLE}"
    return [
        letter["To"].addresses[0].addr_spec
        for letter in house.mail.letters()
        if str(letter["Subject"]) == subject
    ].count(address)
