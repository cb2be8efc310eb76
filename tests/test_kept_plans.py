"""The server keeps the plans of the hottest queries, and only of these."""

import pytest
from django.db import connection

from members.models import User
from portal.postgresql.plans import keeping_plans

pytestmark = pytest.mark.django_db


def plans(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{words}%"])
        return cursor.fetchone()[0]


def test_who_is_signed_in_is_planned_once(django_user_model):
    user = django_user_model.objects.create_user("an", "Nguyễn Văn An", "x")

    found = [User.objects.signed_in(user.pk) for _ in range(5)]

    assert found == [user] * 5
    assert plans("AS powers") == 1


def test_log_of_queries_knows_the_words_of_kept_plans(django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        for pk in range(3):
            User.objects.signed_in(pk)

    assert [f"account.id = {pk} " in query["sql"] for pk, query in enumerate(asked)] == [True] * 3


def test_other_queries_are_written_as_django_writes_them():
    before = connection.connection.cursor_factory, connection.connection.prepare_threshold

    with pytest.raises(ZeroDivisionError), keeping_plans():
        list(User.objects.filter(username="kept")[:1])
        list(User.objects.filter(username="kept")[:1])
        raise ZeroDivisionError
    for _ in range(10):
        list(User.objects.filter(full_name="not kept")[:1])

    assert (connection.connection.cursor_factory, connection.connection.prepare_threshold) == before
    assert plans('"members_user"."username" = $1') == 1
    assert plans('"members_user"."full_name" =') == 0
