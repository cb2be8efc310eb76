"""A paper is handed over only after the door of its agenda item has been asked."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from meetings.models import Paper
from members.requests import SignedInRequest
from portal import files


@require_safe
def paper(request: SignedInRequest, pk: int) -> FileResponse:
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    return files.serve(request, paper.file, name=paper.name, inline=True)
