"""The minutes desk in a real browser: networks cut, sessions ended, tabs closed, two people at once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from cast import PASSWORD, Cast
from minutes_desk import SignIn, cut, editor, open_item, ready, saved, write
from playwright.sync_api import expect

from meetings.models import Conclusion, Meeting, MinutesBlock, Opinion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def body_of(position: int) -> str:
    return MinutesBlock.objects.get(agenda_item__position=position).body


def test_what_is_typed_saves_itself(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)

    write(page, "Hội nghị nghe báo cáo.")
    saved(page)

    assert body_of(1) == "<p>Hội nghị nghe báo cáo.</p>"


def test_two_people_in_two_items_lose_nothing_when_the_network_goes(cast: Cast, open_desk: SignIn) -> None:
    first, second = open_desk(cast.off), open_desk(cast.off2)
    open_item(second, 2)

    for page, name in ((first, "một"), (second, "hai")):
        write(page, f"Người {name} ghi")
        cut(page)
        page.keyboard.type(", mất mạng vẫn ghi")
        expect(page.locator("[data-banner]")).to_contain_text("Đồng chí cứ ghi tiếp", timeout=15_000)
        page.keyboard.type(", rồi có lại")
        cut(page, off=False)
    for page in (first, second):
        saved(page)

    assert body_of(1) == "<p>Người một ghi, mất mạng vẫn ghi, rồi có lại</p>"
    assert body_of(2) == "<p>Người hai ghi, mất mạng vẫn ghi, rồi có lại</p>"
    assert [page.locator("dialog[open]").count() for page in (first, second)] == [0, 0]


def test_two_people_in_one_item_choose_between_both_texts(cast: Cast, open_desk: SignIn) -> None:
    first, second = open_desk(cast.off), open_desk(cast.off2)
    cut(second)
    write(second, "Bản hai")
    write(first, "Bản một")
    saved(first)

    cut(second, off=False)

    dialog = second.get_by_role("dialog", name="Có hai bản của cùng một đoạn")
    expect(dialog).to_be_visible(timeout=20_000)
    expect(dialog.locator("[data-theirs]")).to_contain_text("Bản một")
    expect(dialog.locator("[data-mine]")).to_contain_text("Bản hai")
    dialog.get_by_role("button", name="Ghép cả hai").click()
    saved(second)
    assert body_of(1) == "<p>Bản một</p>\n\n<p>Bản hai</p>"


def test_an_ended_session_asks_to_sign_in_and_goes_on(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)
    write(page, "Trước khi hết phiên")
    saved(page)
    page.context.clear_cookies(name="session")

    write(page, ", sau khi hết phiên")
    dialog = page.get_by_role("dialog", name="Phiên làm việc đã kết thúc")
    expect(dialog).to_be_visible(timeout=15_000)
    dialog.get_by_label("Mật khẩu").fill("sai")
    dialog.get_by_role("button", name="Đăng nhập").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Chưa đăng nhập được")
    dialog.get_by_label("Mật khẩu").fill(PASSWORD)
    dialog.get_by_role("button", name="Đăng nhập").click()

    expect(dialog).to_be_hidden()
    expect(page.locator("[data-banner]")).to_be_hidden()
    saved(page)
    assert body_of(1) == "<p>Trước khi hết phiên, sau khi hết phiên</p>"


def test_a_closed_tab_is_offered_again(cast: Cast, session: Meeting, open_desk: SignIn) -> None:
    page = open_desk(cast.off)
    cut(page)
    write(page, "Đóng trang khi chưa gửi")
    page.close()

    again = page.context.new_page()
    cut(again, off=False)
    again.goto(f"/hop/{session.pk}/bien-ban/")
    expect(again.locator("[data-offer]")).to_contain_text("còn 1 đoạn")
    assert not MinutesBlock.objects.exists()
    again.get_by_role("button", name="Xem và lấy lại").click()
    again.get_by_role("button", name="Lấy lại", exact=True).click()
    saved(again)

    assert body_of(1) == "<p>Đóng trang khi chưa gửi</p>"
    assert again.evaluate("Object.keys(localStorage).length") == 0


def test_signing_out_empties_the_journal(cast: Cast, session: Meeting, open_desk: SignIn) -> None:
    page = open_desk(cast.off)
    page.evaluate(f"localStorage.setItem('bien-ban:{cast.off.pk}:{session.pk}:x:block:1', '{{}}')")
    page.goto("/tai-khoan/")
    page.on("dialog", lambda asked: asked.accept())

    page.get_by_role("button", name="Đăng xuất").last.click()

    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_the_desk_is_worked_from_the_keyboard_alone(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)
    press, type_ = page.keyboard.press, page.keyboard.type

    press("Alt+ArrowDown")
    press("Control+Enter")
    type_("mau 002")
    press("Enter")
    type_("Nhất trí với chủ đề.")
    press("Control+Enter")
    type_("hoang chu")
    press("Enter")
    type_("Tiếp thu.")
    press("F2")
    type_("Giao Văn phòng hoàn chỉnh đề cương.")
    press("Control+s")
    saved(page)

    opinions = Opinion.objects.order_by("pk").values_list("participant__full_name", "text")
    assert list(opinions) == [
        ("Vũ Văn Mậu 002", "Nhất trí với chủ đề."),
        ("Hoàng Văn Chủ", "Tiếp thu."),
    ]
    line = Conclusion.objects.get()
    assert (line.agenda_item.position, line.text) == (2, "Giao Văn phòng hoàn chỉnh đề cương.")


def test_one_key_turns_a_conclusion_into_a_task(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)
    page.keyboard.press("F2")
    page.keyboard.type("Gửi đề cương góp ý.")
    page.keyboard.press("F4")
    form = page.locator("#giao-nhiem-vu")
    expect(form.get_by_label("Nhiệm vụ")).to_have_value("Gửi đề cương góp ý.")
    form.get_by_label("Cơ quan chủ trì").select_option(label="Đảng bộ Sở An")
    form.get_by_label("Hạn").fill("15/10/2024")

    form.get_by_role("button", name="Ghi nhiệm vụ").click()

    expect(page.get_by_text("Đã ghi nhiệm vụ")).to_be_visible()
    task = Conclusion.objects.get().tasks.get()
    assert (task.title, task.lead_organization, str(task.deadline)) == (
        "Gửi đề cương góp ý.",
        cast.a,
        "2024-10-15",
    )


def test_letters_being_composed_are_nobodys_shortcut(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)
    editor(page).click()

    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'F2', bubbles: true, isComposing: true}))"
    )

    assert page.evaluate("document.activeElement.name") != "text"


def test_the_keys_are_listed(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)

    page.keyboard.press("Control+/")

    expect(page.get_by_role("dialog", name="Phím tắt của bàn ghi")).to_contain_text("Ghi biểu quyết")


def test_others_at_the_desk_are_seen_and_their_words_arrive(cast: Cast, open_desk: SignIn) -> None:
    first, second = open_desk(cast.off), open_desk(cast.off2)
    write(first, "Đồng chí Chủ khai mạc.")
    saved(first)

    expect(editor(second)).to_contain_text("Đồng chí Chủ khai mạc.", timeout=20_000)
    expect(second.locator("[data-others]")).to_contain_text("Lê Văn Phòng (mục 1)")
    expect(second.locator("[data-same-item]:visible")).to_contain_text("cũng đang mở mục này")


def test_axe_finds_nothing_on_the_desk(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)
    page.locator("#giao-nhiem-vu summary").click()
    page.locator("#ghi-bieu-quyet summary").click()

    found = {}
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 768})
        found |= {
            rule["id"]: [node["html"] for node in rule["nodes"]]
            for rule in Axe().run(page).response["violations"]
        }

    assert found == {}


def test_the_desk_fits_a_telephone(cast: Cast, open_desk: SignIn) -> None:
    page = open_desk(cast.off)

    page.set_viewport_size({"width": 320, "height": 700})

    ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
