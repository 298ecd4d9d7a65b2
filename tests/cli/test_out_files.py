"""``--out``: a plain file whole or not at all, what a link leads to, into a pipe; never in the place of what was there."""

from __future__ import annotations

import os
import stat
import threading

import pytest

from salpi.cli.output import unwritable, whole, write_atomically


def test_a_link_is_followed(tmp_path):
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link.json"
    link.symlink_to("folder/target.json")
    assert unwritable(link) is None
    write_atomically(link, b"one")
    write_atomically(link, b"two")
    assert link.is_symlink()
    assert (tmp_path / "folder" / "target.json").read_bytes() == b"two"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "link.json", "target.json"]


def test_a_link_into_no_folder_is_told(tmp_path):
    (tmp_path / "link.json").symlink_to("nowhere/target.json")
    assert "there is no folder" in (unwritable(tmp_path / "link.json") or "")


def test_a_pipe_is_written_into_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert unwritable(pipe) is None
    write_atomically(pipe, b"all of it")
    reader.join(10)
    assert got == [b"all of it"]
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


def test_what_fails_half_way_leaves_the_file_as_it_was(tmp_path):
    out = tmp_path / "out.json"
    out.write_bytes(b"before")
    with pytest.raises(TypeError), whole(out) as file:
        file.writelines([b"half", "no bytes"])
    assert out.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(("name", "why"), [("x" * 300, "file name too long"), ("a\0b", "is no file name")])
def test_names_that_can_be_none(tmp_path, name, why):
    assert why in (unwritable(tmp_path / name) or "")
