"""The chain, walked once by the people who work in it: from the work programme to the reader."""

import pytest

from stories import outcome, session, summons

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_a_conference_from_the_work_programme_to_the_reader(house, sign_in, stranger, camera):
    office, secretary = sign_in("vanphong"), sign_in("bithu")

    conference = summons.plan(office, camera)
    summons.write_agenda(office, conference, camera)
    summons.list_people(office, conference, camera)
    summons.convene(office, conference, camera, house)

    by_link = summons.answer_by_link(stranger, conference, house, camera)
    in_portal = summons.answer_in_portal(secretary, conference, camera)
    away = summons.answer_by_telephone(office, conference, camera)
    summons.check_answers(
        office,
        conference,
        {
            by_link: "Sẽ dự qua thư",
            in_portal: "Sẽ dự trên cổng",
            away: "Xin vắng Đi công tác qua điện thoại",
        },
    )

    clerk, chair = sign_in("thuky"), sign_in("chutri")
    session.call_the_roll(clerk, conference, away, camera)
    session.open_conference(clerk, conference, camera)
    session.write_minutes(clerk, conference, _organization_of(secretary), camera)
    session.close_and_sign(clerk, conference, camera)
    session.approve(chair, conference, camera)
    session.issue(office, conference, camera)

    reader = sign_in("canbo", width=390)
    outcome.receive_task(secretary, reader, house, camera)
    outcome.report_on_task(secretary, camera)
    outcome.draft_news(office, conference, camera)
    outcome.publish(sign_in("duyettin"), conference, camera)
    outcome.read_and_find(reader, conference, camera)


def _organization_of(secretary):
    """Where he is secretary, as his account says."""
    secretary.open("/tai-khoan/")
    line = secretary.page.locator("li:has-text('Bí thư tổ chức cơ sở đảng')").inner_text()
    return line.partition(", ")[2].splitlines()[0]
