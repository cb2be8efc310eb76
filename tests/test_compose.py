"""docker-compose.yml against the settings, `.env.example` and the running programs.

No Docker engine is needed: the file is read as data, and the services' very commands are run here
on the embedded servers.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import pytest
import yaml

from portal.embedded.ports import free_port
from portal.embedded.process import Process
from portal.embedded.programs import COMMANDS
from portal.embedded.services import Services

PROJECT = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]
VARIABLE = re.compile(r"\$\{([A-Z_]+)")
SETTING = re.compile(r"""(?:env\.\w+|required|environ\.get)\(\s*["']([A-Z_]+)["']""")


def sources(*names):
    return "".join((PROJECT / name).read_text() for name in names)


def documented():
    """The variables of `.env.example`, set or commented out."""
    return re.findall(r"^(?:# )?([A-Z_]+)=", sources(".env.example"), re.MULTILINE)


def test_every_part_of_the_portal_has_its_service():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "db", "redis"}


def test_no_secret_has_a_default():
    text = sources("docker-compose.yml")

    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL"):
        assert set(re.findall(rf"\$\{{{secret}(\W)", text)) == {":"}
        assert f"${{{secret}:-" not in text
    assert "POSTGRES_HOST_AUTH_METHOD" not in text


def test_whatever_compose_and_the_settings_read_is_explained_in_the_example():
    read = set(VARIABLE.findall(sources("docker-compose.yml")))
    read |= set(SETTING.findall(sources("portal/settings.py", "portal/gunicorn.py")))

    assert read - set(documented()) == set()


def test_every_variable_of_the_example_has_a_line_of_why():
    paragraphs = re.split(r"\n\n", sources(".env.example"))
    silent = [one for one in paragraphs if not re.match(r"# (?![A-Z_]+=)", one)]

    assert silent == []


def test_the_example_explains_nothing_that_nobody_reads():
    read = sources(
        "docker-compose.yml", "portal/settings.py", "portal/gunicorn.py", "portal/embedded/supervisor.py"
    )

    assert [name for name in documented() if name not in read] == []


def test_each_service_gives_the_settings_what_they_require():
    required = set(re.findall(r'required\("([A-Z_]+)"', sources("portal/settings.py")))

    assert required == {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
    for name in OURS:
        assert required <= set(SERVICES[name]["environment"])


def test_addresses_name_services_of_the_file():
    environment = SERVICES["web"]["environment"]

    assert "@db/portal" in environment["DATABASE_URL"] and "//redis:" in environment["REDIS_URL"]
    assert SERVICES["db"]["environment"]["POSTGRES_DB"] == "portal"


def test_the_database_gets_the_locale_of_the_embedded_one():
    arguments = SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"]

    assert arguments == "--locale-provider=builtin --builtin-locale=C.UTF-8"
    assert SERVICES["db"]["image"].startswith("postgres:18")


def test_migrations_come_before_the_programs():
    for name in ("web", "worker", "beat"):
        conditions = {key: value["condition"] for key, value in SERVICES[name]["depends_on"].items()}
        assert conditions["migrate"] == "service_completed_successfully"
        assert conditions["db"] == "service_healthy"


def test_what_must_last_lies_on_volumes():
    mounted = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}

    assert mounted == set(COMPOSE["volumes"]) == {"database", "broker", "media"}


def test_programs_run_without_rights_and_are_watched():
    for name in ("web", "worker", "beat"):
        service = SERVICES[name]
        assert service["read_only"] and service["cap_drop"] == ["ALL"]
        assert "healthcheck" in service
    assert "USER portal" in sources("Dockerfile")


def test_commands_are_those_of_make_run():
    assert {name: tuple(SERVICES[name]["command"]) for name in COMMANDS} == dict(COMMANDS)


def test_the_image_takes_in_what_the_portal_needs_and_no_more():
    taken = {line[1:] for line in sources(".dockerignore").splitlines() if line.startswith("!")}
    packages = set(tomllib.loads(sources("pyproject.toml"))["tool"]["importlinter"]["root_packages"])

    assert taken == packages | {
        "CHANGELOG.md",
        "docs/guide",
        "manage.py",
        "pyproject.toml",
        "requirements.lock",
        "static",
        "templates",
    }


# --- The commands themselves -------------------------------------------------------------------------

SITE = "http://cong.example.vn"


@pytest.fixture(scope="module")
def deployed():
    """Servers, a folder, and the environment compose would give, with our addresses in it."""
    folder = Path(tempfile.mkdtemp(prefix="portal-deployed-"))
    folder.chmod(0o711)
    services = Services(folder, given={"EMAIL_URL": "smtp://127.0.0.1:1"}, durable=False)
    urls = services.start()
    given = {
        "SECRET_KEY": "of one test, long enough to pass the check of the deployment",
        "POSTGRES_PASSWORD": "unused",
        "EMAIL_URL": urls["EMAIL_URL"],
        "DEFAULT_FROM_EMAIL": "Văn phòng <van-phong@example.vn>",
        "SITE_URL": SITE,
        "ALLOWED_HOSTS": "cong.example.vn",
    }
    stated = {name: filled(str(value), given) for name, value in SERVICES["web"]["environment"].items()}
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
        **stated,
        **urls,
        "PYTHONPATH": str(PROJECT),
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "WEB_BIND": f"127.0.0.1:{free_port(8100)}",
    }
    yield folder, environment
    services.stop()
    shutil.rmtree(folder)


def filled(value, given):
    """As compose fills in ${NAME}, ${NAME:-default} and ${NAME:?message}."""
    return re.sub(
        r"\$\{([A-Z_]+)(?::([-?])([^}]*))?\}",
        lambda found: given.get(found[1]) or (found[3] if found[2] == "-" else given[found[1]]),
        value,
    )


def command_of(name):
    program, *arguments = SERVICES[name]["command"]
    return [sys.executable, *([] if program == "python" else ["-m", program]), *arguments]


def run_once(arguments, environment):
    done = subprocess.run(arguments, env=environment, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def migrated(deployed):
    folder, environment = deployed
    run_once(command_of("migrate"), environment)
    return folder, environment


def running(name, folder, environment):
    process = Process(name, command_of(name), folder / f"{name}.log", env=environment, cwd=PROJECT)
    process.start()
    return process


def until(holds, process, patience=30.0):
    deadline = time.monotonic() + patience
    while not holds():
        assert process.is_running and time.monotonic() < deadline, process.log.read_text()
        time.sleep(0.1)


def healthy(service, environment, **changed):
    """Whether the service's health check, with the engine's own substitutions, ends well."""
    kind, *test = SERVICES[service]["healthcheck"]["test"]
    if kind == "CMD":
        script = test[-1].replace("127.0.0.1:8000", environment["WEB_BIND"])
        command = [sys.executable, "-c", script]
    else:
        script = test[0].replace("$$", "$").replace("celery -A", f"{sys.executable} -m celery -A")
        command = ["/bin/sh", "-c", script]
    return (
        subprocess.run(command, env=environment | changed, cwd=PROJECT, capture_output=True).returncode == 0
    )


@pytest.mark.stack
def test_the_images_page_files_are_collected_without_any_server(deployed):
    folder, environment = deployed
    nowhere = {
        "DATABASE_URL": "postgres://build@build/build",
        "REDIS_URL": "redis://build",
        "EMAIL_URL": "smtp://build",
    }

    run_once([sys.executable, "manage.py", "collectstatic", "--no-input"], environment | nowhere)

    assert (folder / "static" / "staticfiles.json").exists()
    for value in nowhere.values():
        assert value in sources("Dockerfile")


@pytest.mark.stack
def test_the_web_service_answers_its_health_check(migrated):
    folder, environment = migrated

    web = running("web", folder, environment)
    try:
        until(lambda: healthy("web", environment), web)
        assert not healthy("web", environment, SITE_URL="http://elsewhere.example.vn")
    finally:
        web.stop()

    assert web.exit_code == 0


@pytest.mark.stack
def test_the_worker_service_takes_work_and_answers_its_health_check(migrated):
    folder, environment = migrated

    worker = running("worker", folder, environment)
    try:
        run_once([*command_of("worker")[:5], "call", "portal.tasks.drain_outbox"], environment)
        until(lambda: "drain_outbox" in worker.log.read_text(), worker)
        assert healthy("worker", environment, HOSTNAME=os.uname().nodename)
    finally:
        worker.stop()

    assert worker.exit_code == 0


@pytest.mark.stack
def test_the_beat_service_keeps_its_schedule_where_its_health_check_looks(migrated):
    folder, environment = migrated
    schedule = folder / "portal-beat-schedule"

    beat = running("beat", folder, environment | {"BEAT_SCHEDULE_FILE": str(schedule)})
    try:
        until(lambda: list(folder.glob("portal-beat-schedule*")), beat)
    finally:
        beat.stop()

    assert beat.exit_code == 0
    assert "find /tmp -name 'portal-beat-schedule*'" in SERVICES["beat"]["healthcheck"]["test"][1]
    assert "BEAT_SCHEDULE_FILE" not in SERVICES["beat"]["environment"]


@pytest.mark.stack
def test_the_deployment_check_is_clean(migrated):
    _, environment = migrated
    secure = {"SITE_URL": "https://cong.example.vn"}

    run_once(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], environment | secure
    )
