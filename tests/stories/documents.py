"""The six documents of the story's conference, held against what its people saw on the screen."""

import shutil

import papers as docx

from stories import session, summons


def number_conclusions(office, conference, camera):
    """The notice of conclusions gets its number in the register."""
    office.open(conference.path + "van-ban/")
    office.follow("Lấy số thông báo")
    office.press("Lấy số")
    office.sees("Đã lấy số.")
    camera.take(office, "van-phong-13-van-ban")


def check(office, conference, lead, speaker, folder):
    """Same names, numbers and dates; LibreOffice, where it is, prints them without a loss."""
    office.open(conference.path + "thanh-phan/")
    names = summons.names(office)
    office.open(conference.path + "van-ban/")
    shown = office.text
    files = {
        "giay-moi": _take(office, "Giấy triệu tập, giấy mời của tất cả"),
        "chuong-trinh": _take(office, "Chương trình, bản cho đại biểu chính thức"),
        "diem-danh": _take(office, "Danh sách điểm danh"),
        "bien-ban": _take(office, "Biên bản"),
        "thong-bao": _take(office, "Thông báo kết luận, toàn văn"),
        "phieu-giao": _take(office, session.TASK),
    }
    words = {name: " ".join(docx.text(content).split()) for name, content in files.items()}
    moment = f"ngày {conference.starts_at.day}/{conference.starts_at.month}/{conference.starts_at.year}"

    assert [name for name in names if name not in words["giay-moi"]] == []
    assert [name for name in names if name not in words["diem-danh"]] == []
    assert moment in words["giay-moi"]
    assert summons.VENUE in words["giay-moi"]
    assert [title for _, title, _ in summons.ITEMS if title not in words["chuong-trinh"]] == []
    spoken = (session.SAID, session.OPINION, session.ORDER, speaker.partition(",")[0])
    assert [said for said in spoken if said not in words["bien-ban"]] == []
    for name in ("thong-bao", "phieu-giao"):
        assert [said for said in (session.TASK, lead) if said not in words[name]] == []
    assert _number(words["thong-bao"]) in shown
    assert _number(words["bien-ban"]) in shown
    if shutil.which("soffice"):
        for name, content in files.items():
            (folder / f"{name}.docx").write_bytes(content)
        printed = docx.as_pdf(folder)
        lost = {name: docx.lost(docx.text(content), printed[name]) for name, content in files.items()}
        assert {name: missing for name, missing in lost.items() if missing} == {}


def _take(office, words):
    link = office.page.get_by_role("link", name=words).first
    return office.fetch(link.get_attribute("href"))


def _number(words):
    """As the head of the document has it: "Số 01-TB/ĐUK" without the word."""
    return words.partition("Số ")[2].split()[0]
