"""The base of the admin: who may enter, what it shows and records, and its care for stale forms."""

import datetime

import pytest
from django.contrib.admin import site
from django.test import Client, RequestFactory
from django.urls import path, reverse

from members.models import RoleGrant, User
from members.roles import Role
from news.models import Article, Category
from portal import urls as real
from portal.admin import PortalModelAdmin, ReadOnlyModelAdmin
from portal.admin.site import PortalAdminSite
from portal.admin.stale import MARK, mark_of
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db


class CategoryAdmin(PortalModelAdmin):
    """With fieldsets of its own: the mark must travel along all the same."""

    fieldsets = [(None, {"fields": ["name", "slug", "position"]})]


class ArticleAdmin(PortalModelAdmin):
    fields = ["title", "category"]


class EntryAdmin(ReadOnlyModelAdmin):
    list_display = ["at", "action"]


desk = PortalAdminSite(name="admin")
desk.register(Category, CategoryAdmin)
desk.register(Article, ArticleAdmin)
desk.register(AuditEntry, EntryAdmin)

handler400, handler403 = real.handler400, real.handler403
handler404, handler500 = real.handler404, real.handler500
urlpatterns = [path("quan-tri/", desk.urls), *real.urlpatterns]


def a_user(username: str, *roles: Role) -> User:
    user = User.objects.create_user(username, f"Đồng chí {username}")
    for role in roles:
        RoleGrant.objects.create(user=user, role=role, reason="thử", valid_from=datetime.date(2024, 1, 1))
    return user


@pytest.fixture(autouse=True)
def _small_admin(settings) -> None:
    settings.ROOT_URLCONF = "tests.test_admin_base"


@pytest.fixture
def administrator(client: Client) -> User:
    user = a_user("quan.tri", Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def category() -> Category:
    return Category.objects.create(name="Gương sáng", slug="guong-sang", position=9)


def change_page(category: Category) -> str:
    return reverse("admin:news_category_change", args=[category.pk])


def typed(category: Category, name: str, mark: str) -> dict[str, str]:
    return {"name": name, "slug": category.slug, "position": "9", MARK: mark}


def test_stranger_signs_in_on_the_portals_own_page(client: Client) -> None:
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account:sign_in"))


def test_reader_is_refused(client: Client) -> None:
    client.force_login(a_user("ban.doc", Role.READER))

    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_index_is_a_desk_with_the_registers_beside(client: Client, administrator: User) -> None:
    page = client.get(reverse("admin:index")).content.decode()

    assert "Bàn quản trị" in page
    assert "Chuyên mục" in page


def test_change_is_recorded_in_the_audit_trail_and_shown(
    client: Client, administrator: User, category: Category
) -> None:
    client.post(change_page(category), typed(category, "Người tốt, việc tốt", mark_of(category)))
    history = client.get(reverse("admin:news_category_history", args=[category.pk])).content.decode()

    entry = AuditEntry.objects.about(category).get()
    assert (entry.action, entry.actor) == ("news.change_category", administrator)
    assert "Người tốt" not in entry.summary
    assert (entry.ip, len(entry.request_id)) == ("127.0.0.1", 12)
    assert str(administrator) in history
    assert entry.summary in history


def test_form_opened_before_another_saved_is_refused_once(
    client: Client, administrator: User, category: Category
) -> None:
    opened = mark_of(category)
    client.post(change_page(category), typed(category, "Bản của người kia", opened))

    refused = client.post(change_page(category), typed(category, "Bản của tôi", opened))
    category.refresh_from_db()

    page = refused.content.decode()
    assert category.name == "Bản của người kia"
    assert "sau khi đồng chí mở trang" in page
    assert str(administrator) in page
    assert "Bản của tôi" in page


def test_second_press_saves_knowingly(client: Client, administrator: User, category: Category) -> None:
    opened = mark_of(category)
    Category.objects.filter(pk=category.pk).update(name="Bản của người kia")
    refused = client.post(change_page(category), typed(category, "Bản của tôi", opened))
    shown = refused.context["adminform"].form[MARK].value()

    client.post(change_page(category), typed(category, "Bản của tôi", shown))
    category.refresh_from_db()

    assert category.name == "Bản của tôi"


def test_form_as_opened_carries_its_mark(client: Client, administrator: User, category: Category) -> None:
    page = client.get(change_page(category)).content.decode()

    assert f'name="{MARK}" value="{mark_of(category)}"' in page


def test_rows_come_through_the_door(client: Client) -> None:
    office = a_user("van.phong", Role.OFFICE)
    request = RequestFactory().get("/")
    request.user = office
    Article.objects.create(
        title="Bản nháp của người khác",
        slug="ban-nhap",
        category=Category.objects.create(name="Thử", slug="thu"),
        author=a_user("bien.tap", Role.EDITOR),
    )

    assert (
        list(ArticleAdmin(Article, site).get_queryset(request))
        == list(Article.objects.visible_to(office))
        == []
    )


def test_register_to_read_offers_no_change(client: Client, administrator: User) -> None:
    page = client.get(reverse("admin:portal_auditentry_changelist"))

    assert page.status_code == 200
    assert client.get(reverse("admin:portal_auditentry_add")).status_code == 403
