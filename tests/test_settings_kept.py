"""Settings: their table is kept until the file changes, a password never, and always checked."""

import subprocess
import sys
from datetime import date

import pytest

from kxplan.errors import SettingsInvalidError
from kxplan.settings import read_settings


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "kxplan.toml"
    path.write_text('who = "小王"\ntoday = 2023-06-30\n[backup]\ndaily = 3\n', encoding="utf-8")
    return path


@pytest.fixture
def cache(tmp_path):
    return tmp_path / ".cache"


def test_kept_settings_are_the_same(file, cache):
    first, again, plain = read_settings(file, cache), read_settings(file, cache), read_settings(file)
    assert first == again == plain
    assert again.today == date(2023, 6, 30)
    assert len(list(cache.iterdir())) == 1


def test_a_changed_file_is_read_anew(file, cache):
    read_settings(file, cache)
    file.write_text('who = "小李"\n', encoding="utf-8")
    assert read_settings(file, cache).who == "小李"


def test_a_password_is_never_kept(file, cache):
    file.write_text('[mail]\nhost = "mail.example.org"\npassword = "planted-secret"\n', encoding="utf-8")
    file.chmod(0o600)
    assert read_settings(file, cache).mail.password is not None
    assert not cache.exists()


def test_refused_settings_are_not_kept(file, cache):
    file.write_text("who = 2023-06-30\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(SettingsInvalidError):
            read_settings(file, cache)
    assert not cache.exists()


def test_kept_settings_are_read_without_the_parser(file, cache):
    read_settings(file, cache)
    script = (
        "import sys; from pathlib import Path; from kxplan.settings import read_settings; "
        "read_settings(Path(sys.argv[1]), Path(sys.argv[2])); print('tomllib' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script, file, cache], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
