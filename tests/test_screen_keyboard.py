"""Keys by name."""

import pytest

from kxplan.screen.changes import stamp
from kxplan.screen.keyboard import named


@pytest.mark.parametrize(
    ("typed", "keys"),
    [("q", ["q"]), ("\x1b[A", ["up"]), ("\x1bOB", ["down"]), ("\x1b[5~", ["page-up"]), ("\x1b", ["escape"]),
     ("\r", ["enter"]), ("电影\r", ["电", "影", "enter"]), ("\x7f", ["backspace"]), ("12\x1b[C", ["1", "2", "right"]),
     ("\x1b[1;5Cn", ["n"]), ("\x1b[200~x", ["x"]), ("\x1b[", []), ("\x00\x01", []), ("", [])],
)  # fmt: skip
def test_sequences_become_keys(typed, keys):
    assert named(typed) == keys


def test_a_stamp_tells_a_changed_file_from_an_unchanged_one(tmp_path):
    file, folder = tmp_path / "kxplan.db", tmp_path / "plans"
    folder.mkdir()
    states = [stamp([file], [folder])]
    file.write_text("1")
    states.append(stamp([file], [folder]))
    assert stamp([file], [folder]) == states[-1]
    (folder / "a.yaml").write_text("")
    states.append(stamp([file], [folder]))
    (folder / "a.yaml").rename(folder / "b.yaml")
    states.append(stamp([file], [folder]))
    assert len(set(states)) == 4


def test_a_missing_folder_has_a_stamp(tmp_path):
    assert stamp([tmp_path / "none"], [tmp_path / "nowhere"]) == ((str(tmp_path / "none"), 0, 0, 0),)
