"""The house itself: arrows, migrations, templates, and who goes round the one door."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
OUR_APPS = ["portal", "members", "news", "meetings"]


def test_arrows_point_down_only() -> None:
    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert lint.returncode == 0, lint.stdout


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_are_named_and_follow_the_arrows() -> None:
    loader = MigrationLoader(None)
    below = {app: OUR_APPS[:index] for index, app in enumerate(OUR_APPS)}
    # The account is the one thing portal may point at, through AUTH_USER_MODEL.
    below["portal"] = ["members"]
    ours = [key for key in loader.disk_migrations if key[0] in OUR_APPS]

    assert [name for _, name in ours if re.fullmatch(r"\d{4}_(initial|auto_.*)", name)] == []
    for app, name in ours:
        needed = {label for label, _ in loader.disk_migrations[app, name].dependencies if label in OUR_APPS}
        assert needed <= {app, *below[app]}, f"{app}.{name}"


TEMPLATES = sorted(
    str(path.relative_to(root))
    for root in [ROOT / "templates", *(ROOT / app / "templates" for app in OUR_APPS)]
    for path in root.rglob("*.*")
    if path.suffix in {".html", ".txt", ".xml"}
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    get_template(name)


# Mail clients know no stylesheet, so letters carry their styles in the markup.
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html") if "mail" not in path.parts)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_page_has_no_inline_script_or_style(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=|\sstyle=|javascript:", source) == []


def test_every_model_speaks_vietnamese() -> None:
    unnamed = [
        model._meta.label
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models()
        if model._meta.verbose_name.replace(" ", "") == model._meta.model_name
    ]

    assert unnamed == []


#: Files that show rows to a person, and so must ask `visible_to`.
SHOWING = ["views.py", "views", "templatetags", "admin.py", "admin"]
ROUND_THE_DOOR = re.compile(r"\b(\w+)\.objects\.(all|filter|get|exclude|order_by|values|count|first|last)\(")
#: What belongs to an object that came through the door: `filter(meeting=meeting)`, `get(pk=item.pk)`.
BEHIND_THE_DOOR = re.compile(r"\((\w+)=(\1\b|OuterRef\()|pk=\w+\.pk")


def _has_a_door(name: str) -> bool:
    models = {model.__name__: model for app in OUR_APPS for model in apps.get_app_config(app).get_models()}
    return name in models and hasattr(models[name].objects, "visible_to")


def test_nobody_goes_round_visible_to() -> None:
    shown = [
        path
        for app in OUR_APPS
        for name in SHOWING
        for path in [ROOT / app / name, *(ROOT / app / name).rglob("*.py")]
    ]
    loose = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in shown
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (found := ROUND_THE_DOOR.search(line))
        and _has_a_door(found[1])
        and not BEHIND_THE_DOOR.search(line)
    ]

    assert loose == []
