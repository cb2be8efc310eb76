"""The conference as people find it: list, page, answers, papers, week."""

import datetime

import pytest
import time_machine
from cast import Cast
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from meeting_factory import STARTS_AT, TITLE, add_delegates, make_m1

from meetings.links import answer_url
from meetings.models import Answer, AnswerChannel, Meeting, Paper

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 thu"
BEFORE = STARTS_AT - datetime.timedelta(days=2)


@pytest.fixture(autouse=True)
def two_days_before():
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    return make_m1(cast)


@pytest.mark.parametrize(
    ("who", "status"),
    [("mem_a1", 404), ("sec_a", 200), ("off", 200), ("edi", 404), ("adm", 404), ("mem_b1", 200)],
)
def test_page_is_there_for_who_takes_part_or_prepares(cast, m1, signed_in, who, status):
    assert signed_in(getattr(cast, who)).get(m1.get_absolute_url()).status_code == status


def test_list_offers_a_new_conference_to_who_has_a_body_to_call(cast, signed_in):
    pages = [signed_in(user).get(reverse("meetings:list")).text for user in (cast.off, cast.sec_a)]

    assert [reverse("meetings:create") in page for page in pages] == [True, False]


def test_guessed_number_answers_like_a_hidden_conference(cast, m1, signed_in):
    reader = signed_in(cast.mem_a1)

    assert reader.get(m1.get_absolute_url()).status_code == 404
    assert reader.get(reverse("meetings:meeting", args=[m1.pk + 1000])).status_code == 404


def test_committee_item_and_its_paper_are_hidden_from_guests(cast, m1, signed_in):
    paper = _paper(m1.agenda.get(position=3), cast.off, "Tờ trình nhân sự")

    guest, delegate = signed_in(cast.sec_a), signed_in(cast.chair_r)

    assert "Công tác cán bộ" not in guest.get(m1.get_absolute_url()).text
    assert "Tờ trình nhân sự" not in guest.get(m1.get_absolute_url()).text
    assert guest.get(paper.get_absolute_url()).status_code == 404
    assert "Tờ trình nhân sự" in delegate.get(m1.get_absolute_url()).text
    assert _opens(delegate, paper)


def test_paper_is_gone_at_once_for_who_is_taken_off(cast, m1, signed_in):
    paper = _paper(m1.agenda.get(position=1), cast.off, "Báo cáo")
    reader = signed_in(cast.sec_a)
    assert _opens(reader, paper)

    m1.participants.filter(member=cast.sec_a.member).update(
        removed_at=timezone.now(), removal_reason="Đi công tác"
    )

    assert reader.get(paper.get_absolute_url()).status_code == 404


def test_reasons_of_absence_are_for_the_office_and_the_chair(cast, m1, signed_in):
    _answer(m1, cast.mem_b1, "Chữa bệnh")

    assert "Chữa bệnh" in signed_in(cast.off).get(m1.get_absolute_url()).text
    assert "Chữa bệnh" in signed_in(cast.chair_r).get(m1.get_absolute_url()).text
    assert "Chữa bệnh" not in signed_in(cast.sec_a).get(m1.get_absolute_url()).text


def test_answer_in_the_portal_is_ones_own(cast, m1, signed_in):
    signed_in(cast.sec_a).post(
        reverse("meetings:answer", args=[m1.pk]), {"choice": "attending", "version": 1}
    )

    answer = Answer.objects.get()
    assert (answer.participant.member, answer.channel) == (cast.sec_a.member, AnswerChannel.PORTAL)


def test_absence_without_a_reason_is_asked_again(cast, m1, signed_in):
    page = signed_in(cast.sec_a).post(
        reverse("meetings:answer", args=[m1.pk]), {"choice": "absent", "version": 1}
    )

    assert page.status_code == 409
    assert "cần ghi lý do" in page.text
    assert not Answer.objects.exists()


def test_who_is_not_invited_has_nothing_to_answer(cast, m1, signed_in):
    for who in (cast.mem_a1, cast.edi, cast.off):
        page = signed_in(who).post(
            reverse("meetings:answer", args=[m1.pk]), {"choice": "attending", "version": 1}
        )
        assert page.status_code == 404


def test_answer_to_an_older_version_is_not_taken(cast, m1, signed_in):
    Meeting.objects.filter(pk=m1.pk).update(version=2)

    page = signed_in(cast.sec_a).post(
        reverse("meetings:answer", args=[m1.pk]), {"choice": "attending", "version": 1}
    )

    assert "vừa đổi thời gian" in page.text
    assert not Answer.objects.exists()


def test_link_shows_without_signing_in_and_changes_nothing(cast, m1, client):
    url = _link(m1, cast.mem_b1)

    for _ in range(50):
        page = client.get(url)

    assert page.status_code == 200
    assert TITLE in page.text
    assert "Báo cáo kết quả 9 tháng" not in page.text
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")
    assert not Answer.objects.exists()
    assert client.session.get("_auth_user_id") is None


def test_link_answers_for_its_person_whoever_is_signed_in(cast, m1, signed_in):
    signed_in(cast.sec_a).post(_link(m1, cast.mem_b1), {"choice": "attending", "version": 1})

    answer = Answer.objects.get()
    assert (answer.participant.member, answer.channel) == (cast.mem_b1.member, AnswerChannel.LINK)


def test_last_answer_counts_and_all_are_kept(cast, m1, client):
    url = _link(m1, cast.mem_b1)
    client.post(url, {"choice": "attending", "version": 1})
    client.post(url, {"choice": "absent", "reason": "Họp ở Sở", "version": 1})

    person = m1.participants.get(member=cast.mem_b1.member)
    assert person.answer.choice == "absent"
    assert person.answers.count() == 2


def test_forged_links_all_get_the_same_404(cast, m1, client):
    url = _link(m1, cast.mem_b1)
    other = m1.participants.get(member=cast.sec_a.member).pk
    person = m1.participants.get(member=cast.mem_b1.member).pk
    last = "A" if url[-2] != "A" else "B"
    forged = [
        url[:-2] + last + "/",
        url[:-2] + "/",
        url[:-1] + "A/",
        url.replace(f"/{person}-", f"/{other}-"),
        url.replace("-1-", "-2-"),
        url.replace(f"/hop/{m1.pk}/", f"/hop/{m1.pk + 1}/"),
    ]

    pages = [client.post(each, {"choice": "attending", "version": 1}) for each in forged]

    assert {page.status_code for page in pages} == {404}
    assert not Answer.objects.exists()


def test_guessing_links_has_to_wait_while_others_answer(cast, m1, client):
    wrong = reverse("meetings:answer_link", args=[m1.pk, "1-1-" + "A" * 32])
    pages = [client.get(wrong, REMOTE_ADDR="10.0.0.9") for _ in range(100)]

    assert pages[-1].status_code == 429
    assert pages[-1]["Retry-After"] == "60"
    assert client.get(_link(m1, cast.mem_b1), REMOTE_ADDR="10.0.0.10").status_code == 200


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_link_of_a_stopped_conference_tells_no_detail(cast, m1, client, state):
    Meeting.objects.filter(pk=m1.pk).update(state=state, state_reason="Bão")

    page = client.get(_link(m1, cast.mem_b1))

    assert page.status_code == 410
    assert TITLE not in page.text


def test_past_conference_takes_no_answer(cast, m1, client):
    with time_machine.travel(STARTS_AT + datetime.timedelta(hours=1)):
        page = client.post(_link(m1, cast.mem_b1), {"choice": "attending", "version": 1})

    assert page.status_code == 410
    assert not Answer.objects.exists()


@pytest.mark.parametrize("number", [1, 3, 20, 200])
def test_page_of_a_conference_asks_at_most_eight_questions(
    cast, m1, signed_in, number, django_assert_max_num_queries
):
    add_delegates(m1, number)
    reader = signed_in(cast.mem_b1)
    reader.get(m1.get_absolute_url())

    with django_assert_max_num_queries(8):
        reader.get(m1.get_absolute_url())


def test_list_and_week_show_what_one_may_see(cast, m1, signed_in):
    week = reverse("meetings:week")

    for url in (reverse("meetings:list"), week, reverse("home")):
        assert TITLE in signed_in(cast.sec_a).get(url).text
        assert TITLE not in signed_in(cast.mem_a1).get(url).text


def test_week_written_wrongly_is_404(cast, signed_in):
    for week in ("2024-W60", "tuan-nay", "2024-39"):
        assert signed_in(cast.off).get(reverse("meetings:week_of", args=[week])).status_code == 404


def test_conference_is_found_without_marks_by_who_may_see_it(cast, m1, signed_in):
    asked = {"q": "hoi nghi ban chap hanh"}

    assert m1.get_absolute_url() in signed_in(cast.sec_a).get(reverse("search"), asked).text
    assert m1.get_absolute_url() not in signed_in(cast.mem_a1).get(reverse("search"), asked).text


def _opens(browser, paper):
    return b"".join(browser.get(paper.get_absolute_url()).streaming_content) == PDF


def _link(meeting, user):
    person = meeting.participants.get(member=user.member)
    url = answer_url(meeting_id=meeting.pk, participant_id=person.pk, version=meeting.version)
    return "/" + url.split("/", 3)[3]


def _answer(meeting, user, reason):
    person = meeting.participants.get(member=user.member)
    return Answer.objects.create(
        participant=person, meeting_version=1, choice="absent", reason=reason, channel=AnswerChannel.PORTAL
    )


def _paper(item, user, title):
    return Paper.objects.create(
        agenda_item=item,
        title=title,
        file=ContentFile(PDF, name="bao-cao.pdf"),
        name="bao-cao.pdf",
        size=len(PDF),
        no_state_secret_confirmed=True,
        uploaded_by=user,
    )
