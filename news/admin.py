"""The registers of the news. An item is written on the editors' desk alone, so its rules stand once."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from news import actions
from news.models import Article, Attachment, Category, Series, Tag
from portal.admin import PortalModelAdmin, ReadOnlyModelAdmin
from portal.search.keys import search_key
from portal.templatetags.portal import state


@admin.register(Article)
class ArticleAdmin(PortalModelAdmin):
    list_display = ["title", "category", "state_badge", "author", "approved_by", "published_at", "is_for_all"]
    list_filter = ["state", "category", "is_for_all", "published_at"]
    list_select_related = ["category", "author", "approved_by"]
    search_fields = ["search_title"]
    search_help_text = "Tìm trong tiêu đề, không cần gõ dấu."
    date_hierarchy = "published_at"
    actions = ["submit_for_approval"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).as_rows()  # type: ignore[attr-defined, no-any-return]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_key(search_term))

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """What was once read is withdrawn, not deleted."""
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("news:create")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        article = self.get_object(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return redirect("news:edit", article.pk)

    @admin.display(description="trạng thái", ordering="state")
    def state_badge(self, article: Article) -> SafeString:
        return state(article)

    @admin.action(description="Trình duyệt các bài đã chọn", permissions=["change"])
    def submit_for_approval(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            try:
                actions.submit_for_approval(article, by=request.user)  # type: ignore[arg-type]
            except ValidationError as error:
                messages.error(request, f"{article}: {' '.join(error.messages)}")
            else:
                messages.success(request, f"Đã trình duyệt: {article}")


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyModelAdmin):
    list_display = ["name", "article", "size", "created_at"]
    list_select_related = ["article"]
    fields = ["article", "name", "size", "created_at"]
    search_fields = ["name"]


@admin.register(Tag, Series)
class TopicAdmin(PortalModelAdmin):
    """A name is mended here for all its items; its address stays."""

    list_display = ["name", "slug"]
    fields = ["name"]
    search_fields = ["search_title"]
    search_help_text = "Không cần gõ dấu."

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_key(search_term))


@admin.register(Category)
class CategoryAdmin(PortalModelAdmin):
    list_display = ["name", "slug", "position"]
    fields = ["name", "slug", "position"]
    search_fields = ["name"]
