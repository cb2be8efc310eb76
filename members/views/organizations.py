"""The tree of organisations, and each one with its offices and who holds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import PartyMember, PartyOrganization, PositionHolding
from members.permissions import manages
from members.requests import SignedInRequest


@dataclass
class Branch:
    """An organisation with its branches, for the template to walk."""

    organization: PartyOrganization
    branches: list[Branch] = field(default_factory=list)


@require_safe
def tree(request: SignedInRequest) -> HttpResponse:
    """All organisations of today, each below its superior; one query, whatever the depth."""
    organizations = PartyOrganization.objects.visible_to(request.user).on(timezone.localdate())
    roots: list[Branch] = []
    known: dict[int, Branch] = {}
    for organization in organizations.in_tree_order():
        branch = known[organization.pk] = Branch(organization)
        above = known.get(organization.parent_id) if organization.parent_id else None
        (above.branches if above else roots).append(branch)
    return render(request, "members/organizations.html", {"roots": roots, "total": len(known)})


@require_safe
def organization(request: SignedInRequest, pk: int) -> HttpResponse:
    """Names, offices and who holds them are the directory; people are for those who manage them."""
    user = request.user
    visible = PartyOrganization.objects.visible_to(user)
    organization = get_object_or_404(visible.select_related("parent"), pk=pk)
    today = timezone.localdate()
    is_manager = manages(user, organization)
    context = {
        "organization": organization,
        "above": visible.filter(pk__in=organization.path[:-1]).in_tree_order(),
        "below": visible.on(today).filter(parent=organization).order_by("position", "pk"),
        "holdings": PositionHolding.objects.visible_to(user)
        .on(today)
        .filter(organization=organization)
        .select_related("member", "body")
        .by_rank()[:200],
        "names": organization.names.order_by("-valid_from"),
        "parents": organization.parents.select_related("parent").order_by("-valid_from"),
        "is_manager": is_manager,
    }
    if is_manager:
        people = PartyMember.objects.visible_to(user).current()
        below = people.filter(organization__path__contains=[organization.pk])
        context |= below.aggregate(members_total=Count("pk"))
    return render(request, "members/organization.html", context)
