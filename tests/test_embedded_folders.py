"""Folders of the servers: nobody else's, and nobody else's to enter."""

import os
import stat

import pytest

from portal.embedded.folders import FolderError, open_folder, private_folder, socket_folder
from portal.embedded.services import secret_key


def test_a_private_folder_is_closed_to_others(tmp_path):
    folder = private_folder(tmp_path / "a" / "b")

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_folders_that_are_there_keep_their_rights(tmp_path):
    (tmp_path / "lib").mkdir(mode=0o755)

    open_folder(tmp_path / "lib" / "portal")

    assert stat.S_IMODE((tmp_path / "lib").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "lib" / "portal").stat().st_mode) == 0o711


def test_a_link_laid_out_by_a_stranger_is_refused(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "ours").symlink_to(tmp_path / "theirs")

    with pytest.raises(FolderError):
        private_folder(tmp_path / "ours")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else's")
def test_a_folder_of_another_user_is_refused_with_a_way_out(tmp_path):
    private_folder(tmp_path / "data", "nobody")

    with pytest.raises(FolderError, match="belongs to nobody.*or remove it"):
        private_folder(tmp_path / "data")


def test_a_long_temporary_folder_is_passed_over_too(tmp_path, monkeypatch):
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))

    folder = socket_folder(long / "run", "server.sock")

    assert folder.is_relative_to("/tmp") and not folder.is_relative_to(tmp_path)
    folder.rmdir()


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    key = secret_key(tmp_path / "var")

    assert secret_key(tmp_path / "var") == key
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600
