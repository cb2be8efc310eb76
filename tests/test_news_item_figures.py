"""Every number of the reference conference's news item is the count of the rows behind its link.

A reader counts with the eye what the page of the link shows; so does this test, page by page.
"""

import re
from html.parser import HTMLParser

import pytest

from meetings.documents.news_item import compose
from meetings.models import AgendaItem, Conclusion, Meeting, ParticipantClass, Task
from members.models import User
from news import checking
from portal import dates

READERS = ("canbo", "bithu", "bientap", "tochuc")


class Links(HTMLParser):
    """The links of a text with their words, and the words outside them."""

    def __init__(self, html):
        super().__init__()
        self.found, self.outside, self._address = [], "", None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._address = dict(attrs)["href"] if tag == "a" else self._address

    def handle_endtag(self, tag):
        self._address = None if tag == "a" else self._address

    def handle_data(self, words):
        if self._address:
            self.found.append((words, self._address))
        else:
            self.outside += words


@pytest.fixture
def conference(sample):
    return Meeting.objects.get(ordinal=20, news_item__isnull=False)


def rows_shown(client, address):
    """The rows of all pages from here on, and the page of the first."""
    first = page = client.get(address)
    rows = 0
    while True:
        assert page.status_code == 200
        rows += page.content.decode().count('<tr><th scope="row">')
        after = page.context["page"].after
        if not after:
            return rows, first
        page = client.get(f"{address}&after={after}")


@pytest.mark.parametrize("who", READERS)
def test_each_number_equals_the_rows_its_link_shows(client, conference, who):
    client.force_login(User.objects.get(username=who))
    links = Links(conference.news_item.article.body).found

    for words, address in links:
        rows, page = rows_shown(client, address)
        target = page.context["figure"].target
        assert address.startswith("/thong-ke/")
        if words.endswith("%"):
            assert round(float(words[:-1].replace(",", ".")) - 100 * rows / target, 1) == 0
        else:
            assert int(words.replace(".", "")) == rows

    assert [words for words, _ in links] == ["116", "72,5%", "34", "2", "144", "1", "89", "51", "9"]


def test_no_number_stands_in_the_text_that_is_not_of_the_records(conference):
    """Outside the links only what was written down: titles, conclusions, tasks, days, the period."""
    body = compose(conference).body
    tasks = Task.objects.filter(conclusion__meeting=conference)
    written = [
        *AgendaItem.objects.filter(meeting=conference).values_list("title", flat=True),
        *(
            text.rstrip(".;")
            for text in Conclusion.objects.filter(meeting=conference).values_list("text", flat=True)
        ),
        *ParticipantClass.objects.filter(meeting=conference).values_list("label", flat=True),
        *tasks.values_list("title", flat=True),
        *(f"hạn {dates.day(task.deadline)}" for task in tasks),
        "9 tháng năm 2024",
    ]

    rest = Links(body).outside
    for words in sorted(written, key=len, reverse=True):
        rest = rest.replace(words, "")

    assert re.findall(r".{0,30}\d.{0,20}", rest) == []


def test_checker_compares_the_item_with_its_conference(conference):
    article = conference.news_item.article
    assert checking.get_approval_stop(article) is None

    article.body = article.body.replace(">116<", ">115<")
    article.lead = f"Đã kết nạp 117 đảng viên mới. Đồng chí {conference.chair}, Chánh Văn phòng, dự."

    said = [one.said for one in checking.findings_of(article)]
    assert "Số “115” dẫn tới trang đếm được 116 (đảng viên mới kết nạp)." in said
    assert "Ghi “kết nạp 117 đảng viên mới”." in said
    assert f"Ghi {conference.chair} là “Chánh Văn phòng”." in said
