"""The sample committee never meets real data, and asking for its accounts writes nothing."""

import pytest
from cast import make_organization
from django.core.management import CommandError, call_command
from sample import SIZE

from members.models import OrgLevel, User


@pytest.mark.django_db
def test_house_with_real_data_is_left_alone(settings):
    settings.DEBUG = True
    make_organization("Đảng bộ thật", OrgLevel.SUPERIOR)

    with pytest.raises(CommandError, match="empty house"):
        call_command("demo", **SIZE)


@pytest.mark.django_db
def test_known_passwords_stay_out_of_production(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo", **SIZE)


@pytest.mark.django_db
def test_accounts_alone_changes_nothing():
    call_command("demo", accounts=True)

    assert not User.objects.exists()
