"""The one lock file: every package by version and hash, no address, nothing that contradicts."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.version import Version

PROJECT = Path(__file__).resolve().parents[1]
LOCK = (PROJECT / "requirements.lock").read_text()
ENTRIES = re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)( ;[^\\\n]*)?", LOCK, re.MULTILINE)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_it_names_no_address():
    assert "://" not in LOCK
    assert "--index" not in LOCK and "--find-links" not in LOCK


def test_every_package_is_pinned_with_hashes():
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]

    assert len(blocks) == len(ENTRIES)
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_it_holds_everything_the_project_asks_for():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["embedded"],
        *project["dependency-groups"]["dev"],
    ]

    assert {normal(re.match(r"[\w.-]+", one)[0]) for one in asked} <= {normal(name) for name, *_ in ENTRIES}


def test_what_is_installed_is_what_is_pinned():
    pinned = {name: Version(number) for name, number, marker in ENTRIES if not marker}
    installed = {normal(one.name): Version(one.version) for one in distributions()}

    assert {name: installed.get(name, "missing: run `make install`") for name in pinned} == pinned


def test_no_two_packages_contradict_each_other():
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    checked = subprocess.run(
        [sys._base_executable, "-m", "pip", "--python", sys.executable, "check"],
        capture_output=True,
        text=True,
    )

    if "No module named pip" in checked.stderr:
        pytest.skip(f"the {python} that made the environment has no pip")
    assert checked.returncode == 0, checked.stdout
