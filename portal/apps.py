from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_save


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Cổng thông tin"

    def ready(self) -> None:
        # Models may only be imported once all apps are loaded.
        from portal.models.images import claim_pictures, owner_models  # noqa: PLC0415

        for model in owner_models():
            post_save.connect(claim_pictures, sender=model)


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin.site.PortalAdminSite"

    def ready(self) -> None:
        """Roles are code (ADR 0004): Django's groups give no right here, so nobody is shown any."""
        super().ready()
        admin.site.unregister(apps.get_model("auth", "Group"))
        # After the site stands: portal.admin holds the site itself, so it can register nothing.
        for module in ("holidays", "layouts", "search", "trail"):
            import_module(f"portal.admin.{module}")
