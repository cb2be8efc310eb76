"""A paper of an item: owed by a unit, handed in, sent back, taken; then all of them in one file."""

import io

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from portal.binding.contents import FONT, register_fonts
from stories.summons import ITEMS

TITLE = ITEMS[0][1]
WISH = "Không quá 10 trang, kèm phụ lục số liệu"
FAULT = "Thiếu phụ lục số liệu"
TEXT = "Kết quả thực hiện các chỉ tiêu"
APPENDIX = "Phụ lục số liệu"


def ask(office, conference, unit, camera):
    """Due on the day of the conference itself at the latest."""
    office.open(conference.path + "chuong-trinh/")
    office.follow("Giao đơn vị chuẩn bị tài liệu mục 2")
    office.choose("Đơn vị chuẩn bị", unit)
    office.write("Tên tài liệu", TITLE)
    office.write("Hạn nộp", f"{conference.starts_at:%d/%m/%Y}")
    office.write("Yêu cầu", WISH)
    camera.take(office, "van-phong-12-giao-tai-lieu")
    office.press("Giao và báo đơn vị")
    office.sees("Đã giao, đơn vị được báo.")
    office.sees("Chưa nộp")


def hand_in(secretary, camera):
    """From the list of what his unit owes, on his home page."""
    secretary.wait_for("/", "Tài liệu cần nộp")
    secretary.follow(TITLE)
    secretary.sees(WISH)
    camera.take(secretary, "bi-thu-5-nop-tai-lieu")
    _upload(secretary, "bao-cao.pdf", TEXT)


def send_back(office, conference):
    office.wait_for("/thong-bao/", f"Tài liệu đã nộp: {TITLE}")
    office.open(conference.path + "chuong-trinh/")
    office.follow(f"Trả lại… {TITLE}")
    office.write("Cần sửa gì", FAULT)
    office.press("Trả lại và báo đơn vị")
    office.sees("Đã trả lại, đơn vị được báo.")


def hand_in_again(secretary):
    secretary.wait_for("/thong-bao/", f"Tài liệu cần sửa: {TITLE}")
    secretary.press(f"Tài liệu cần sửa: {TITLE}")
    secretary.sees(f"Văn phòng đề nghị: {FAULT}")
    _upload(secretary, "bao-cao-sua.pdf", TEXT, APPENDIX)


def accept(office, conference):
    office.open(conference.path + "chuong-trinh/")
    office.sees("bản 2")
    office.press(f"Nhận {TITLE}")
    office.sees("Đã nhận tài liệu.")


def read_in_one_file(reader, conference, camera):
    """Built while he waits: contents, then the pages of the version that was taken."""
    reader.open(conference.path)
    reader.follow("Tất cả trong một tệp PDF")
    reader.press("Lập tập tài liệu")
    reader.sees("Mở tập tài liệu", 60)
    camera.take(reader, "bi-thu-6-tap-tai-lieu")
    address = reader.page.get_by_role("link", name="Mở tập tài liệu").get_attribute("href")
    contents, *pages = [page.extract_text() for page in PdfReader(io.BytesIO(reader.fetch(address))).pages]
    assert TITLE in " ".join(contents.split())
    assert [words for words in (TEXT, APPENDIX) if not any(words in page for page in pages)] == []


def check_readers(office, conference, reader):
    """The office sees who had which version before him."""
    office.open(conference.path + "chuong-trinh/")
    office.follow("Phiên bản, ai đã đọc", exact=False)
    office.sees(reader)
    office.sees(FAULT)


def _upload(secretary, name, *pages):
    file = {"name": name, "mimeType": "application/pdf", "buffer": _pdf(pages)}
    secretary.page.get_by_label("Tệp").set_input_files(file)
    secretary.tick("không chứa bí mật nhà nước")
    secretary.press("Nộp tài liệu")
    secretary.sees("Đã nộp. Văn phòng xem rồi nhận")


def _pdf(pages):
    register_fonts()
    written = io.BytesIO()
    canvas = Canvas(written)
    for words in pages:
        canvas.setFont(FONT, 14)
        canvas.drawString(72, 720, words)
        canvas.showPage()
    canvas.save()
    return written.getvalue()
