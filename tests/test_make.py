"""The commands a newcomer types, and what they must not need."""

import os
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MAKEFILE = (PROJECT / "Makefile").read_text()


def dry_run(target):
    done = subprocess.run(["make", "-n", target], cwd=PROJECT, capture_output=True, text=True, check=True)
    return done.stdout


def test_help_lists_every_command():
    done = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True)

    listed = set(re.findall(r"^make (\w+) ", done.stdout, re.MULTILINE))
    assert listed == {"help", "install", "run", "test", "check", "bench", "faults", "guide", "lock"}


@pytest.mark.parametrize(
    "tool", ["ruff check", "ruff format --check", "djade --check", "lint-imports", "mypy"]
)
def test_the_tests_begin_with_the_checks(tool):
    assert dry_run("test").index(tool) < dry_run("test").index("-m pytest")


def test_packages_are_installed_by_hash_with_the_machines_own_pip():
    assert "venv --without-pip" in MAKEFILE
    assert re.search(r"pip --python \S+ install .*--require-hashes", MAKEFILE.replace("\\\n", " "))


def test_ci_calls_only_make_test():
    script = PROJECT / ".ci" / "run"
    commands = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]

    assert os.access(script, os.X_OK)
    assert commands == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_data_and_secrets_stay_out_of_the_repository():
    ignored = (PROJECT / ".gitignore").read_text().splitlines()

    assert {"/var/", ".env", ".venv"} <= set(ignored)
