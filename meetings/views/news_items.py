"""The news item of a conference: composed from its records, shown, composed again, submitted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from meetings.actions.news_items import get_news_refusal, write_news_item
from meetings.documents.news_item import compose
from meetings.models import Meeting, MeetingArticle
from meetings.permissions import can_write_news_item
from members.requests import SignedInRequest
from news.actions import submit_for_approval
from news.models import ArticleState


@require_http_methods(["GET", "HEAD", "POST"])
def news_item(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Meeting.objects.visible_to(request.user).select_related(
        "organization", "chair", "convener", "body", "program_item__program"
    )
    meeting = get_object_or_404(seen, pk=pk)
    if not can_write_news_item(request.user, meeting):
        raise PermissionDenied("Chỉ Văn phòng và biên tập viên soạn tin của hội nghị này.")
    item = MeetingArticle.objects.filter(meeting=meeting).select_related("article").first()
    if request.method == "POST":
        try:
            if request.POST.get("act") == "submit" and item:
                submit_for_approval(item.article, by=request.user)
                messages.success(request, "Đã trình biên tập viên duyệt.")
            else:
                write_news_item(meeting, compose(meeting), by=request.user)
                messages.success(request, "Đã soạn tin từ hồ sơ hội nghị.")
            return redirect("meetings:news_item", pk=meeting.pk)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    context = {
        "meeting": meeting,
        "item": item,
        "refusal": get_news_refusal(meeting),
        "can_submit": item is not None and item.article.state == ArticleState.DRAFT,
    }
    return render(request, "meetings/news_item.html", context)
