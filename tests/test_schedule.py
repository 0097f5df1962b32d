"""`schedule`: what it prints is read back by the very programs that it is for."""

import os
import re
import shlex
import shutil
import subprocess

import pytest

NAMES = ["plain", "科协 2026", "100% 达标", "it's $HOME", 'say "hi"', "back\\slash", "tab%d;rm -rf"]


@pytest.fixture
def office(run, tmp_path):
    def make(name="office", settings=""):
        assert run("init", name).code == 0
        path = tmp_path / name / "kxplan.toml"
        path.write_text(settings, encoding="utf-8")
        return tmp_path / name

    return make


def installed(script, home):
    """Run the printed commands with systemctl and loginctl that only say what they were told; return the units."""
    tools = home / "bin"
    tools.mkdir()
    for name in ("systemctl", "loginctl"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $@" >> "$HOME/told"\n')
        (tools / name).chmod(0o755)
    environ = {"HOME": str(home), "PATH": f"{tools}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    subprocess.run(["sh", "-eu"], input=script, text=True, env=environ, check=True)
    return {path.name: path for path in (home / ".config" / "systemd" / "user").iterdir()}


def setting(unit, key):
    (value,) = re.findall(rf"^{key}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    return value


def unquoted(value):
    """A command line as systemd.service(5) reads it: quotes, backslashes, %% and $$."""
    words = shlex.split(value.replace("'", "\\'") if '"' not in value else re.sub(r"'", "\x01", value))
    return [word.replace("\x01", "'").replace("%%", "%").replace("$$", "$") for word in words]


@pytest.mark.parametrize("name", NAMES)
def test_the_units_start_this_program_in_this_workspace(run, office, tmp_path, name):
    folder = office(name)
    units = installed(run("-C", name, "schedule", "systemd").out, tmp_path)
    mail = next(path for key, path in units.items() if key.endswith("mail.service"))
    assert unquoted(setting(mail, "ExecStart"))[-4:] == ["-C", str(folder), "mail", "week"]
    assert setting(mail, "WorkingDirectory").replace("%%", "%") == str(folder)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing")
@pytest.mark.parametrize("name", NAMES)
def test_systemd_finds_nothing_wrong_with_the_units(run, office, tmp_path, name):
    office(name, '[mail]\nuser = "wang"\npassword_file = "secret"\n')
    units = installed(run("-C", name, "schedule", "systemd").out, tmp_path)
    assert len(units) == 4
    for unit in units.values():
        checked = subprocess.run(
            ["systemd-analyze", "--user", "verify", "--recursive-errors=no", str(unit)],
            capture_output=True, text=True, env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
            check=False,
        )  # fmt: skip
        assert (checked.returncode, checked.stderr) == (0, "")


def test_the_timer_runs_hourly_in_the_offices_time_and_makes_up_for_what_was_missed(run, office, tmp_path):
    office(settings='timezone = "Asia/Urumqi"\n')
    units = installed(run("-C", "office", "schedule").out.split("\n# cron")[0], tmp_path)
    mail = next(path for key, path in units.items() if key.endswith("mail.timer"))
    assert setting(mail, "OnCalendar") == "*-*-* 08..18:00:00 Asia/Urumqi"
    assert setting(mail, "Persistent") == "true"
    assert any(name.endswith("backup.timer") for name in units)
    told = (tmp_path / "told").read_text().splitlines()
    assert f"systemctl --user enable --now {mail.name}" in told


def test_the_password_comes_as_a_credential(run, office, tmp_path):
    folder = office(settings='[mail]\nuser = "wang"\npassword_file = "my secret"\n')
    units = installed(run("-C", "office", "schedule", "systemd").out, tmp_path)
    mail = next(path for key, path in units.items() if key.endswith("mail.service"))
    assert setting(mail, "LoadCredential") == f"kxplan-mail-password:{folder}/my secret"
    backup = next(path for key, path in units.items() if key.endswith("backup.service"))
    assert "LoadCredential" not in backup.read_text()


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_for_cron_survive_its_reading_of_percent_signs(run, office, name):
    folder = office(name)
    lines = run("-C", name, "schedule", "cron").out.splitlines()
    jobs = [line for line in lines if re.match(r"\d", line)]
    assert [line.split(" ", 5)[:5] for line in jobs] == [["0", "8-18", "*", "*", "*"], ["30", "18", "*", "*", "*"]]
    # Source: crontab(5): an unescaped % ends the command, \% is a percent sign; the shell reads the rest.
    command = jobs[0].split(" ", 5)[5]
    assert not re.search(r"(?<!\\)%", command)
    words = shlex.split(command.replace("\\%", "%"))
    assert words[-6:] == ["-C", str(folder), "mail", "week", ">", "/dev/null"]


def test_a_backup_by_cron_that_goes_well_says_nothing(run, office, tmp_path):
    """What is run here is the line itself: of every word that it says cron would make a mail."""
    office("office", "[backup]\ndaily = 1\nweekly = 0\nmonthly = 0\n")
    (line,) = [line for line in run("-C", "office", "schedule", "cron").out.splitlines() if " backup" in line]
    command = line.split(" ", 5)[5].replace("\\%", "%")
    for _ in range(3):
        ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert len(list((tmp_path / "office" / "backups").glob("*.zip"))) >= 1


def test_a_backup_by_cron_that_goes_wrong_says_so(run, office, tmp_path):
    office("office")
    (line,) = [line for line in run("-C", "office", "schedule", "cron").out.splitlines() if " backup" in line]
    (tmp_path / "office" / "kxplan.db").unlink()
    ran = subprocess.run(["sh", "-c", line.split(" ", 5)[5]], capture_output=True, text=True, check=False)
    assert ran.returncode != 0
    assert "kxplan" in ran.stderr


def test_the_lines_for_windows_name_both_tasks(run, office):
    office("科协 2026")
    lines = [
        line for line in run("-C", "科协 2026", "schedule", "windows").out.splitlines() if "schtasks /Create" in line
    ]
    assert len(lines) == 2
    assert '-C \\"' in lines[0]
    assert lines[0].endswith('mail week"')


def test_two_workspaces_have_timers_of_their_own(run, office):
    office("one")
    office("two")
    names = [re.findall(r"kxplan-\w+-mail\.timer", run("-C", name, "schedule").out)[0] for name in ("one", "two")]
    assert len(set(names)) == 2


def test_a_path_with_a_line_end_is_refused(run, office):
    office("a\nb")
    assert run("-C", "a\nb", "schedule").code == 2


def test_an_unknown_way_is_refused(run, office):
    office()
    assert run("-C", "office", "schedule", "launchd").code == 2


def test_programs_get_the_three_ways_apart(run, office):
    office()
    told = run("-C", "office", "schedule", "--json").json
    assert set(told) == {"kxplan", "systemd", "cron", "windows"}
