"""The chain, walked once by the people who work in it: from the work programme to the reader."""

import pytest

from stories import documents, outcome, papers, session, summons

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_a_conference_from_the_work_programme_to_the_reader(house, sign_in, stranger, camera, tmp_path):
    office, secretary = sign_in("vanphong"), sign_in("bithu")

    unit = _organization_of(secretary)

    conference = summons.plan(office, camera)
    summons.write_agenda(office, conference, camera)
    papers.ask(office, conference, unit, camera)
    papers.hand_in(secretary, camera)
    papers.send_back(office, conference)
    papers.hand_in_again(secretary)
    papers.accept(office, conference)
    summons.list_people(office, conference, camera)
    summons.convene(office, conference, camera, house)

    by_link = summons.answer_by_link(stranger, conference, house, camera)
    in_portal = summons.answer_in_portal(secretary, conference, camera)
    away = summons.answer_by_telephone(office, conference, camera)
    invited, stand_in = summons.send_a_stand_in(stranger, conference, house)
    summons.check_answers(
        office,
        conference,
        {
            by_link: "Sẽ dự qua thư",
            in_portal: "Sẽ dự trên cổng",
            away: "Xin vắng Đi công tác qua điện thoại",
            invited: f"Cử người dự thay Đồng chí {stand_in}",
        },
    )
    papers.read_in_one_file(secretary, conference, camera)
    papers.check_readers(office, conference, in_portal)

    clerk, chair = sign_in("thuky"), sign_in("chutri")
    session.show_code(clerk, conference, camera)
    session.check_in(secretary, clerk, conference, house, camera)
    session.receive_stand_in(clerk, conference, invited, stand_in)
    session.call_the_roll(clerk, conference, away, 2, camera)
    session.open_conference(clerk, conference, camera)
    speaker = session.write_minutes(clerk, conference, unit, camera)
    session.close_and_sign(clerk, conference, camera)
    session.approve(chair, conference, camera)
    session.issue(office, conference, camera)
    documents.number_conclusions(office, conference, camera)
    documents.check(office, conference, unit, speaker, tmp_path)

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
