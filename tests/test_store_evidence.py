"""Evidence files: only regular ones of a usable size come in, whatever is done to them meanwhile."""

import os
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from kxplan.errors import UsageError
from kxplan.errors.store import CannotReadError
from kxplan.store.evidence import MOST_BYTES, keep


def link_to_a_secret(path):
    (path.parent / "secret").write_text("secret")
    path.symlink_to(path.parent / "secret")


STRANGE = {
    "a link": link_to_a_secret,
    "a broken link": lambda path: path.symlink_to("nowhere"),
    "a link in a circle": lambda path: path.symlink_to(path),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_regular_file_is_refused_and_not_waited_for(tmp_path, name):
    STRANGE[name](tmp_path / "paper")
    with pytest.raises(UsageError):
        keep(tmp_path / "paper", tmp_path / "evidence")
    assert not (tmp_path / "evidence").exists()


def test_a_device_named_itself_is_refused(tmp_path):
    with pytest.raises(UsageError):
        keep(Path("/dev/zero"), tmp_path / "evidence")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CannotReadError):
        keep(tmp_path / "paper", tmp_path / "evidence")


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 10 << 30])
def test_a_giant_is_refused_unread(tmp_path, size):
    with (tmp_path / "giant").open("wb") as file:
        file.truncate(size)
    with pytest.raises(UsageError) as caught:
        keep(tmp_path / "giant", tmp_path / "evidence")
    assert caught.value.message.id == "evidence.too-large"
    assert not (tmp_path / "evidence").exists()


@pytest.mark.parametrize("is_absolute", [True, False])
def test_a_path_is_only_where_a_file_comes_from(tmp_path, monkeypatch, is_absolute):
    (tmp_path / "below").mkdir()
    (tmp_path / "outside.txt").write_text("x")
    monkeypatch.chdir(tmp_path / "below")
    kept = keep(tmp_path / "outside.txt" if is_absolute else Path("../below/../outside.txt"), tmp_path / "evidence")
    assert kept.name == "outside.txt"
    assert [path.name for path in (tmp_path / "evidence").iterdir()] == [kept.sha256]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("-rf *", "-rf *"),
        ("a\nb\x1b[31m\u202egpj.exe", "a b[31mgpj.exe"),
        ("字" * 60, "字" * 60),
        ("\x1b", "?"),
        (". .", ". ."),
    ],
)
def test_a_name_is_data(tmp_path, name, told):
    (tmp_path / name).write_text("x")
    assert keep(tmp_path / name, tmp_path / "evidence").name == told


def test_a_file_swapped_again_and_again_is_kept_as_its_hash_says_or_refused(tmp_path):
    paper, folder, is_over = tmp_path / "paper", tmp_path / "evidence", threading.Event()
    contents = [b"a" * 300_000, b"b" * 500_000]
    link_to_a_secret(tmp_path / "link")
    paper.write_bytes(contents[0])

    def swap():
        while not is_over.is_set():
            for content in contents:
                (tmp_path / "next").write_bytes(content)
                os.replace(tmp_path / "next", paper)
            with paper.open("ab") as file:
                file.write(b"c" * 1000)
            os.rename(tmp_path / "link", tmp_path / "other")
            os.replace(tmp_path / "other", paper)
            link_to_a_secret(tmp_path / "link")

    swapping = threading.Thread(target=swap)
    swapping.start()
    kept = refused = 0
    try:
        while kept < 30 or refused < 3:
            try:
                found = keep(paper, folder)
            except UsageError:
                refused += 1
                continue
            assert sha256((folder / found.sha256).read_bytes()).hexdigest() == found.sha256
            kept += 1
    finally:
        is_over.set()
        swapping.join()
    assert sha256(b"secret").hexdigest() not in os.listdir(folder)
    assert all(sha256(path.read_bytes()).hexdigest() == path.name for path in folder.iterdir())
