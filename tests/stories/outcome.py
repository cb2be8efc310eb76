"""What comes of it: a task at its organisation, a news item with its figures, a reader who finds it."""

import re

from stories.session import TASK


def receive_task(secretary, outsider, house, camera):
    """By notice, by mail and in the list of tasks; whom it does not concern sees nothing."""
    secretary.wait_for("/", f"Nhiệm vụ: {TASK}")
    secretary.press(f"Nhiệm vụ: {TASK}")
    assert secretary.heading == TASK
    camera.take(secretary, "bi-thu-2-nhiem-vu")
    secretary.open("/nhiem-vu/")
    secretary.sees(TASK)
    camera.take(secretary, "bi-thu-3-cac-nhiem-vu")
    house.wait(lambda: _about_task(house), "the letter about the task", 60)
    assert [letter["To"].addresses[0].addr_spec for letter in _about_task(house)] == ["bithu@khoi.invalid"]
    outsider.open("/nhiem-vu/")
    outsider.sees_not(TASK)


def report_on_task(secretary, camera):
    secretary.open("/nhiem-vu/")
    secretary.follow(TASK)
    secretary.write("Kết quả, tiến độ", "Đã giao các chi bộ báo cáo trước ngày 10.")
    camera.take(secretary, "bi-thu-4-bao-cao", top="h2:has-text('Báo cáo')", height=520)
    secretary.press("Gửi báo cáo")
    secretary.sees("Đã ghi báo cáo tiến độ.")
    secretary.sees("Đang thực hiện")


def draft_news(office, conference, camera):
    """Composed from the records; each number is the count its link shows."""
    office.open(conference.path)
    office.follow("Tin của hội nghị")
    office.press("Soạn tin từ hồ sơ")
    assert office.page.locator(".prose h2").inner_text() == conference.title
    office.sees("Đồng chí Phạm Thị Thư, Bí thư Đảng ủy Khối chủ trì Hội nghị.")
    office.sees(TASK)
    camera.take(office, "van-phong-11-soan-tin")
    check_figures(office)
    office.open(conference.path + "tin/")
    office.press("Trình biên tập duyệt")
    office.sees("Đã trình biên tập viên duyệt.")


def check_figures(reader):
    links = reader.page.locator(".prose a[href^='/thong-ke/']")
    figures = [(link.inner_text(), link.get_attribute("href")) for link in links.all()]
    for words, address in figures:
        reader.open(address)
        if words.endswith("%"):
            reader.sees(f"Đạt {words} chỉ tiêu")
        else:
            assert reader.heading.endswith(f": {words}")


def publish(editor, conference, camera):
    """A second pair of eyes: the editor who approves is not the one who wrote."""
    editor.open("/tin-tuc/")
    editor.follow("Bàn biên tập")
    camera.take(editor, "bien-tap-1-ban-bien-tap")
    editor.follow(conference.title)
    editor.follow("Duyệt và đăng…")
    camera.take(editor, "bien-tap-2-duyet-va-dang")
    editor.press("Duyệt và đăng")
    editor.sees("Đã duyệt.")
    camera.take(editor, "bien-tap-3-da-dang")


def read_and_find(reader, conference, camera):
    """On the home page at once, and by words typed without marks."""
    reader.open("/")
    camera.take(reader, "can-bo-3-trang-chu")
    reader.follow(conference.title, within=".lead-story h3")
    assert reader.heading == conference.title
    check_figures(reader)

    reader.open("/tim-kiem/?q=hoi+nghi+ban+chap+hanh")
    found = reader.page.locator("#tim-tin").locator("xpath=ancestor::section")
    assert conference.title in found.locator("a.name").all_inner_texts()
    camera.take(reader, "can-bo-4-tim-kiem")
    found.get_by_role("link", name=conference.title).click()
    assert re.search(r"/tin-tuc/[^/]+/$", reader.page.url)
    camera.take(reader, "can-bo-5-doc-tin")


def _about_task(house):
    return [letter for letter in house.mail.letters() if TASK in str(letter["Subject"])]
