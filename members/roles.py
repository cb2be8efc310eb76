"""The roles of the portal, in code because every page's answer depends on them.

Who holds which role, from when to when and on whose word, is data (`RoleGrant`).
"""

from django.db import models

ACTIONS = ("view", "add", "change", "delete")


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"
    OFFICE = "office", "Văn phòng"
    EDITOR = "editor", "Biên tập tin"
    SECRETARY = "secretary", "Bí thư, quản lý tổ chức"
    INSPECTION = "inspection", "Kiểm tra, giám sát"
    READER = "reader", "Người đọc"

    def allows(self, perm: str) -> bool:
        """Whether the admin may offer `app.action_model` to this role."""
        return perm in _PERMISSIONS[self]

    def opens(self, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in _PERMISSIONS[self])


def _on(app_label: str, models_: str, actions: str = "view add change") -> set[str]:
    return {f"{app_label}.{action}_{model}" for action in actions.split() for model in models_.split()}


# What each role finds in the admin (permissions: P81). Rows are narrowed by `visible_to` on top.
_PERMISSIONS: dict[str, set[str]] = {
    Role.ADMINISTRATOR: (
        _on("members", "user rolegrant owningcommittee body term position")
        | _on("members", "registerrule badgerule awardday ratingrule feerule")
        | _on("members", "partyorganization", "view")
        | _on("meetings", "meetingkind documentkind")
        | _on("portal", "documentlayout searchsynonym holiday")
        | _on("news", "category")
        | _on("portal", "auditentry", "view")
        | _on("portal", "delivery", "watch")
    ),
    Role.OFFICE: (
        _on("meetings", "workprogram workprogramitem meeting agendaitem paper conclusion task opinion")
        | _on("meetings", "workprogramitem agendaitem", "delete")
        | _on("meetings", "participant minutes meetingkind documentregister partydocument", "view")
        | _on("meetings", "documentkind")
        | _on("portal", "documentlayout holiday")
        | _on("portal", "notice delivery", "view")
        | _on("members", "body term position positionholding partyorganization", "view")
    ),
    Role.EDITOR: _on("news", "article attachment tag series")
    | _on("portal", "searchsynonym")
    | _on("news", "category", "view"),
    Role.SECRETARY: (
        _on("members", "partymember positionholding", "view change")
        | _on(
            "members",
            "partyorganization target admission badgeaward trainingcourse inspection petition",
            "view",
        )
        | _on("meetings", "meeting task", "view")
    ),
    Role.INSPECTION: (
        _on("members", "inspection inspectionsubject petition") | _on("members", "disciplinaryaction", "view")
    ),
    Role.READER: set(),
}
