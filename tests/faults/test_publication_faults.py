"""A scheduled item, and the worker or beat killed around its hour: before its readers once, told once."""

import time

import pytest

from faults.promises import check

pytestmark = [pytest.mark.faults, pytest.mark.stack]
SECONDS = 3


@pytest.mark.parametrize("victims", ["worker", "beats", "all"])
def test_killed_around_its_hour_it_is_published_once_and_told_once(celery_stand, dice, is_long, victims):
    for _ in range(4 if is_long else 1):
        article = celery_stand.press(f"thu/article/{SECONDS}/")["article"]
        time.sleep(dice.uniform(SECONDS - 1, SECONDS + 2))
        for watch in killed(celery_stand, victims):
            watch.process.kill(tree=True)
        # Waiting looks after the dead as the house does: they are started again.
        celery_stand.wait(
            lambda article=article: notices(celery_stand, article), "the notice of the item", 90
        )

        (notice,) = notices(celery_stand, article)
        celery_stand.settle(notice)
        assert told(celery_stand, notice) == 2
        assert steps(celery_stand, article) == 1
        check(celery_stand, notice, in_doubt=2)


def killed(stand, victims):
    worker, *beats = stand.celery
    return {"worker": [worker], "beats": beats, "all": stand.celery}[victims]


def notices(stand, article):
    found = stand.rows(
        "SELECT id FROM portal_notice WHERE kind = 'news.published' AND about_id = %s ORDER BY id", article
    )
    return [row.id for row in found]


def told(stand, notice):
    """The author and the approver."""
    return len(stand.deliveries(notice))


def steps(stand, article):
    ((number,),) = stand.rows(
        "SELECT count(*) FROM news_articlestep WHERE article_id = %s AND verb = 'published'", article
    )
    return number
