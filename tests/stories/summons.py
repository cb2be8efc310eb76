"""From the work programme to the answers: a conference is set up, its people listed, called and heard."""

import datetime
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
GUEST = ("Đại biểu theo dõi (mẫu)", "theo-doi@thanh-uy.invalid")
UNREACHED = "Đại biểu không có thư (mẫu)"
WORK = "Tổng kết thực hiện Quy chế làm việc; sửa đổi, bổ sung Quy chế"
VENUE = "Hội trường tầng 2, trụ sở Đảng ủy Khối"
ITEMS = (
    ("Báo cáo", "Báo cáo kết quả công tác năm, nhiệm vụ năm sau", "Thường trực Đảng ủy Khối"),
    ("Cho ý kiến dự thảo", "Dự thảo chương trình công tác năm sau", "Văn phòng"),
    ("Kết luận", "Kết luận Hội nghị", "Đồng chí Bí thư Đảng ủy Khối"),
)


@dataclass
class Conference:
    """What the story knows of it: its address, its words, its hour."""

    path: str
    title: str
    starts_at: datetime.datetime
    people: int = 0

    @property
    def key(self):
        return int(self.path.strip("/").split("/")[-1])


def plan(office, camera):
    """The office writes a row of the work programme and takes it up; nothing known is typed again."""
    starts_at = _soon()
    office.follow("Hội nghị")
    office.follow("Chương trình công tác")
    office.follow("Thêm việc", exact=False)
    office.choose("Thời gian", "Tháng 12")
    office.write("Nội dung", WORK)
    office.choose("Trình tại", "Hội nghị Ban Chấp hành")
    office.press("Thêm việc")
    office.sees("Đã thêm việc vào chương trình.")
    camera.take(office, "van-phong-1-chuong-trinh-cong-tac")
    office.follow(f"Lập hội nghị tháng 12: {WORK}")
    office.tick("Mở rộng")
    office.write_moment("Bắt đầu", starts_at)
    office.write_moment("Dự kiến xong", starts_at + datetime.timedelta(hours=3))
    office.write("Địa điểm", VENUE)
    office.write_moment("Trả lời trước", starts_at - datetime.timedelta(minutes=5))
    office.choose("Thư ký ghi biên bản", "Ngô Thị Thu")
    camera.take(office, "van-phong-2-lap-hoi-nghi", height=1180)
    with office.page.expect_navigation():
        office.press("Lập hội nghị")
    if "Chưa lưu." in office.text:
        # The sample holds a conference just now: in the same half-day its people can't come to both.
        office.press("Lập hội nghị")

    assert re.fullmatch(r"Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ \d+ \(mở rộng\)", office.heading)
    office.sees("Đồng chí Phạm Thị Thư, Bí thư Đảng ủy Khối")
    office.sees(WORK)
    camera.take(office, "van-phong-3-trang-hoi-nghi")
    return Conference(office.page.url.removeprefix(office.address), office.heading, starts_at)


def write_agenda(office, conference, camera):
    office.follow("Chương trình và tài liệu")
    for kind, title, presenter in ITEMS:
        office.follow("Thêm mục")
        office.choose("Loại", kind)
        office.write("Nội dung", title)
        office.write("Trình bày (chức danh)", presenter)
        office.press("Thêm mục")

    titles = office.page.locator(".agenda .what").all_inner_texts()
    assert titles == ["Khai mạc, giới thiệu đại biểu", *(title for _, title, _ in ITEMS)]
    camera.take(office, "van-phong-4-chuong-trinh")


def list_people(office, conference, camera):
    """The classes become names by the positions of the day; two guests are added by hand."""
    office.open(conference.path + "thanh-phan/")
    office.press("Lập danh sách theo chức vụ")
    for name, address in (GUEST, (UNREACHED, "")):
        office.follow("Thêm khách ngoài cơ quan")
        office.write("Họ và tên", name)
        office.write("Chức vụ", "Chuyên viên")
        office.write("Đơn vị", "Văn phòng Thành ủy")
        office.write("Thư điện tử", address)
        office.press("Thêm khách")
    camera.take(office, "van-phong-5-thanh-phan")

    conference.people = len(names(office))
    voting = office.text.count("có quyền biểu quyết")
    assert voting == 27
    office.sees(f"{conference.people} người, 1 chưa có thư điện tử. Theo chức vụ ngày")


def convene(office, conference, camera, house):
    """The numbers before, the letters after: each exactly once, none within the hold."""
    office.open(conference.path + "trieu-tap/")
    mailed = conference.people - 1
    assert _preview(office) == {
        "Nhận thư và thông báo trên cổng": mailed - 1,
        "Chỉ nhận thư (không có tài khoản)": 1,
        "Không có thư, không có tài khoản: in giấy mời, gọi điện": 1,
        "Tổng số trong danh sách": conference.people,
    }
    office.sees("quy định gửi giấy mời trước 3 ngày làm việc")
    office.tick("Văn phòng báo riêng cho những đồng chí chưa có thư điện tử")
    office.write("Lý do vẫn triệu tập dù còn cảnh báo", "Thường trực yêu cầu họp ngay")
    camera.take(office, "van-phong-6-trieu-tap", height=1420)
    office.press(f"Gửi giấy mời cho {mailed} người")
    camera.take(office, "van-phong-7-cho-gui")
    office.sees("Rút lại giấy mời")

    house.wait(lambda: len(_letters(house, conference)) >= mailed, f"{mailed} letters", 180)
    letters = _letters(house, conference)
    addresses = house.rows(
        "SELECT address FROM meetings_participant WHERE meeting_id = %s AND address <> ''", conference.key
    )
    assert sorted(letter["To"].addresses[0].addr_spec for letter in letters) == sorted(
        a for (a,) in addresses
    )
    assert max(house.mail.taken.values()) == 1
    assert _first_taken(house, letters) >= _hold_until(house, conference)
    for letter in letters:
        _check_event(letter, conference)
    office.open(conference.path + "trieu-tap/")
    camera.take(office, "van-phong-8-da-gui")


def answer_by_link(browser_person, conference, house, camera):
    """Not signed in, on a telephone, from the letter; answers who he is: his name."""
    letter = next(one for one in _letters(house, conference) if GUEST[1] in one["To"])
    browser_person.open(_link(letter))
    browser_person.sees(f"Giấy mời đồng chí {GUEST[0]}")
    camera.take(browser_person, "can-bo-1-tra-loi-tu-thu")
    browser_person.press("Tôi sẽ dự")
    browser_person.sees("Sẽ dự.")
    camera.take(browser_person, "can-bo-2-da-tra-loi")
    return GUEST[0]


def answer_in_portal(secretary, conference, camera):
    name = secretary.page.locator(".masthead .tool").last.inner_text()
    secretary.open("/")
    camera.take(secretary, "bi-thu-1-trang-chu")
    question = f".ask .stack:has-text('{conference.title}')"
    secretary.press("Tôi sẽ dự", within=question)
    secretary.sees("Đã ghi câu trả lời của đồng chí.")
    return name


def answer_by_telephone(office, conference, camera):
    """Said to the office, which writes down what was said and that it wrote it."""
    office.open(conference.path + "thanh-phan/")
    name = office.page.locator(".people li:has-text('có quyền biểu quyết') b").last.inner_text()
    office.follow(f"Ghi trả lời của {name}")
    office.tick("Xin vắng")
    office.write("Lý do vắng", "Đi công tác")
    camera.take(office, "van-phong-9-ghi-tra-loi")
    office.press("Ghi trả lời")
    office.sees("Đã ghi trả lời qua điện thoại.")
    return name


def send_a_stand_in(browser_person, conference, house):
    """Somebody invited for his unit names who of it sits there in his place, from his letter."""
    name, address, stand_in = _invited_with_colleague(house, conference)
    letter = next(one for one in _letters(house, conference) if address in one["To"])
    browser_person.open(_link(letter))
    browser_person.sees(f"Giấy mời đồng chí {name}")
    browser_person.unfold("Cử người dự thay…")
    browser_person.write("Họ và tên người dự thay", stand_in)
    browser_person.press("Gửi tên người dự thay")
    browser_person.sees(f"Người dự thay: {stand_in}")
    return name, stand_in


def check_answers(office, conference, answers):
    """As the office reads them: who, what, by which way."""
    office.open(conference.path + "thanh-phan/")
    rows = office.page.locator(".people > li").all_text_contents()
    for name, said in answers.items():
        row = next(row for row in rows if row.strip().startswith(name))
        assert said in " ".join(row.replace("\N{NO-BREAK SPACE}", " ").split())
    assert sum("Chưa trả lời" in row for row in rows) == conference.people - len(answers)


def _soon():
    """In half an hour, on a round five: time enough for papers, to be called and to answer."""
    soon = datetime.datetime.now(HANOI).replace(second=0, microsecond=0) + datetime.timedelta(minutes=30)
    return soon - datetime.timedelta(minutes=soon.minute % 5)


def names(office):
    """Of everybody on the list that is open before him."""
    return office.page.locator(".people b").all_text_contents()


def _preview(office):
    """The lines of "who gets it" with their numbers."""
    lines = office.page.locator(".tally.send")
    words, numbers = lines.locator("dt").all_inner_texts(), lines.locator("dd").all_inner_texts()
    return {name: int(number.replace(".", "")) for name, number in zip(words, numbers, strict=True)}


def _letters(house, conference):
    return [letter for letter in house.mail.letters() if conference.title in str(letter["Subject"])]


def _link(letter):
    return re.search(r"https?://\S+/tra-loi/\S+", letter.get_body(("plain",)).get_content())[0]


def _invited_with_colleague(house, conference):
    """One who heads a unit and is invited for it, his address, and a member of it of whose name there is
    only one."""
    rows = house.rows(
        "SELECT person.full_name, person.address, min(colleague.full_name) AS colleague"
        " FROM meetings_participant person"
        " JOIN members_positionholding head ON head.member_id = person.member_id AND head.valid_to IS NULL"
        " JOIN members_position position ON position.id = head.position_id AND position.is_head"
        " JOIN members_partyorganization place ON head.organization_id = ANY(place.path)"
        " JOIN members_partymember colleague ON colleague.organization_id = place.id"
        " WHERE person.meeting_id = %s AND person.role = 'invited' AND person.address <> ''"
        " AND NOT EXISTS (SELECT FROM meetings_participant listed"
        " WHERE listed.meeting_id = person.meeting_id AND listed.member_id = colleague.id)"
        " GROUP BY person.id, colleague.full_name HAVING count(*) = 1"
        " ORDER BY person.id, colleague.full_name LIMIT 1",
        conference.key,
    )
    return rows[0]


def _first_taken(house, letters):
    ours = {str(letter["Message-ID"]) for letter in letters}
    return min(note["at"] for note in house.mail.notes("taken") if note["id"] in ours)


def _hold_until(house, conference):
    ((until,),) = house.rows(
        "SELECT extract(epoch FROM hold_until) FROM portal_notice"
        " WHERE kind = 'meetings.convened' AND about_id = %s",
        conference.key,
    )
    return float(until)


def _check_event(letter, conference):
    """The calendar file: one event, asked of the reader of this letter, at the right hour."""
    (file,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(file.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], file.get_param("method")) == ("REQUEST", "REQUEST")
    assert event["UID"].startswith(f"hop-{conference.key}@")
    assert event["SEQUENCE"] == 1
    assert event.decoded("DTSTART") == conference.starts_at
    assert event.decoded("DTEND") == conference.starts_at + datetime.timedelta(hours=3)
    assert str(event["SUMMARY"]) == conference.title
    assert str(event["ATTENDEE"]) == f"mailto:{letter['To'].addresses[0].addr_spec}"
