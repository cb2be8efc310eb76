"""The conference itself: who came, what was said, what was concluded, and the chair's approval."""

import datetime

import segno

from meetings.check_in_code import code_at
from meetings.models import SelfCheckIn
from stories.summons import HANOI, ITEMS

SAID = "Tuyên bố lý do, giới thiệu đại biểu, thông qua chương trình."
OPINION = "Bổ sung chỉ tiêu kết nạp đảng viên trong doanh nghiệp."
TASK = "Báo cáo kết quả thực hiện chỉ tiêu năm"
ORDER = "Giao nhiệm vụ tổng kết năm"


def show_code(clerk, conference, camera):
    """On the screen of the room, before the first comes in."""
    clerk.open(conference.path + "tu-diem-danh/")
    clerk.press("Mở tự điểm danh")
    clerk.page.locator("svg.qr").wait_for()
    camera.take(clerk, "thu-ky-5-tu-diem-danh")


def check_in(person, clerk, conference, house, camera):
    """His telephone reads the code; no program here can, so what it says is drawn again and compared."""
    ((key,),) = house.rows(
        "SELECT id FROM meetings_selfcheckin WHERE meeting_id = %s AND closed_at IS NULL", conference.key
    )
    person.open(_address_of_code(clerk, SelfCheckIn(pk=key, meeting_id=conference.key), house))
    camera.take(person, "bi-thu-7-tu-diem-danh")
    person.press("Tôi có mặt")
    person.sees("Đã ghi đồng chí có mặt lúc")
    clerk.sees("1/27")


def receive_stand_in(clerk, conference, invited, stand_in):
    """The name the unit has sent stands in the field already; he is counted nowhere."""
    clerk.open(conference.path + "diem-danh/")
    clerk.page.keyboard.type(invited)
    clerk.page.keyboard.press("F4")
    filled = clerk.page.locator("#bang-du-thay").input_value()
    assert filled.startswith(stand_in), f"{filled} stands there"
    clerk.page.keyboard.press("Enter")
    clerk.page.locator("#ben-canh", has_text=f"{invited}: dự thay").wait_for()
    clerk.sees("1/27")


def call_the_roll(clerk, conference, absent, here, camera):
    """A few letters and Enter for one; one page for all others but the one who is away.

    `here` are marked already.
    """
    clerk.open(conference.path + "diem-danh/")
    clerk.page.keyboard.type("pham thi thu")
    camera.take(clerk, "thu-ky-1-diem-danh")
    clerk.page.keyboard.press("Enter")
    clerk.page.locator("#ben-canh", has_text="Phạm Thị Thư: có mặt").wait_for()
    clerk.follow("Có mặt cả, trừ…")
    clerk.tick(absent)
    clerk.press("Ghi có mặt những đồng chí còn lại")
    clerk.sees(f"Đã ghi có mặt {conference.people - 2 - here} đồng chí.")


def open_conference(clerk, conference, camera):
    """Whoever said by telephone that he is away is excused by that."""
    clerk.follow("Điều hành")
    clerk.press("Khai mạc và chốt số có mặt")
    clerk.sees("26/27")
    clerk.sees("Đủ điều kiện họp")
    camera.take(clerk, "thu-ky-2-dieu-hanh")


def write_minutes(clerk, conference, lead, camera):
    """Each item gets its words; the chair's conclusion becomes a task of `lead`."""
    clerk.open(conference.path + "bien-ban/")
    clerk.press("Bắt đầu ghi biên bản")
    _write_item(clerk, "Khai mạc, giới thiệu đại biểu", SAID)
    camera.take(clerk, "thu-ky-3-ghi-bien-ban")
    _write_item(clerk, ITEMS[0][1], "Hội nghị nghe và thống nhất với báo cáo.")
    _write_item(clerk, ITEMS[1][1], "Đại biểu cho ý kiến vào dự thảo.")
    speaker = _record_opinion(clerk, OPINION)
    _write_item(clerk, ITEMS[2][1], "Người chủ trì phát biểu kết luận.")
    clerk.page.keyboard.press("F2")
    clerk.page.keyboard.type(ORDER)
    clerk.page.keyboard.press("F4")
    clerk.fill_in("task", title=TASK, lead=lead, deadline=f"{_deadline():%d/%m/%Y}")
    camera.take(clerk, "thu-ky-4-giao-nhiem-vu")
    clerk.press("Ghi nhiệm vụ")
    clerk.sees(f"{TASK}. {lead}, hạn")
    return speaker


def close_and_sign(clerk, conference, camera):
    clerk.open(conference.path + "bien-ban/")
    clerk.sees("Chưa có giờ bế mạc.")
    clerk.open(conference.path + "dieu-hanh/")
    clerk.press("Bế mạc hội nghị")
    clerk.sees("Hội nghị đã bế mạc.")
    clerk.open(conference.path + "bien-ban/")
    clerk.sees("Đã đủ")
    clerk.press("Ký và trình duyệt")
    clerk.sees("Đã ký và trình người chủ trì.")


def approve(chair, conference, camera):
    """The chair comes by the notice on his home page; afterwards nobody can change a word."""
    chair.wait_for("/", f"Chờ duyệt: Biên bản {conference.title}")
    camera.take(chair, "chu-tri-1-bien-ban-cho-duyet")
    chair.press(f"Chờ duyệt: Biên bản {conference.title}")
    chair.sees(OPINION)
    chair.sees(SAID)
    camera.take(chair, "chu-tri-2-duyet-bien-ban", top="h2:has-text('2. Diễn biến')", height=900)
    chair.press("Duyệt biên bản")
    chair.sees("Đã duyệt. Biên bản mang số")
    assert "Lưu mục này" not in chair.text


def issue(office, conference, camera):
    office.open(conference.path + "dieu-hanh/")
    office.press("Ban hành kết luận và giao nhiệm vụ")
    office.sees("Đã ban hành kết luận, giao 1 nhiệm vụ.")
    camera.take(office, "van-phong-10-ban-hanh")


def _address_of_code(clerk, opened, house):
    """Of the picture on the screen: the code of this half minute, or the last while the screen catches up."""
    now = datetime.datetime.now(datetime.UTC)
    shown = clerk.page.locator("svg.qr path").get_attribute("d")
    for moment in (now, now - datetime.timedelta(seconds=30)):
        address = f"{house.address}/hop/{opened.meeting_id}/toi-co-mat/{code_at(opened, moment)}/"
        if f'd="{shown}"' in segno.make(address, error="m", micro=False).svg_inline(
            omitsize=True, border=2, lineclass=None
        ):
            return address
    raise AssertionError("the picture says something else than the code of the moment")


def _write_item(clerk, title, words):
    """Nobody presses "save" at the desk: it saves itself, and says so."""
    clerk.page.locator(".steps a", has_text=title).click()
    editor = clerk.page.locator(".cke_wysiwyg_div:visible")
    editor.wait_for()
    editor.click()
    clerk.page.keyboard.type(words)
    _wait_until_saved(clerk)
    assert words in editor.inner_text()


def _record_opinion(clerk, words):
    """The speaker is found by the letters of his name."""
    speaker = clerk.page.locator("select[name=participant] option").nth(5).text_content()
    clerk.page.keyboard.press("Control+Enter")
    clerk.page.keyboard.type(speaker.partition(",")[0])
    clerk.page.keyboard.press("Enter")
    clerk.page.keyboard.type(words)
    clerk.fill_in("opinion", response="tiếp thu")
    clerk.page.keyboard.press("Control+Enter")
    _wait_until_saved(clerk)
    clerk.sees(f"Đồng chí {speaker}")
    return speaker


def _wait_until_saved(clerk):
    clerk.page.keyboard.press("Control+s")
    clerk.page.locator("[data-save][data-unsent='0']", has_text="Đã lưu").wait_for()


def _deadline():
    return datetime.datetime.now(HANOI).date() + datetime.timedelta(days=30)
