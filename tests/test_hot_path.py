"""The hot path: `log` and `status` on an unchanged plan import no heavy library."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = {
    "yaml",
    "pydantic",
    "sqlite_utils",
    "pypinyin",
    "holidays",
    "rapidfuzz",
    "openpyxl",
    "docx",
    "jinja2",
    "smtplib",
}

PROGRAM = """
import json, os, sys
sys.argv = ["kxplan", *json.loads(sys.argv[1])]
os._exit = sys.exit
try:
    from kxplan.__main__ import main
    main()
finally:
    print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)), file=sys.stderr)
"""


@pytest.fixture
def modules(run, tmp_path):
    """The top-level modules that a command imports in a clean interpreter."""
    assert run("demo", "d").code == 0

    def of(*args):
        environ = {**os.environ, "KXPLAN_WORKSPACE": str(tmp_path / "d"), "KXPLAN_LANG": "zh"}
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, json.dumps(args)], capture_output=True, text=True, env=environ, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return set(json.loads(ran.stderr.splitlines()[-1]))

    return of


def test_status_imports_nothing_heavy(modules):
    assert modules("status") & HEAVY == set()


def test_log_imports_nothing_heavy_and_draws_no_table(modules):
    assert modules("log", "电影", "3") & (HEAVY | {"rich"}) == set()


def test_status_of_an_office_that_mails_imports_no_part_that_sends(modules, tmp_path):
    with (tmp_path / "d" / "kxplan.toml").open("a", encoding="utf-8") as settings:
        settings.write('[mail]\nhost = "localhost"\nfrom = "a@example.org"\nto = "b@example.org"\n')
    assert modules("status") & (HEAVY | {"css_inline", "email", "filelock", "ssl"}) == set()


@pytest.mark.parametrize("flag", ["--plain", "--json"])
def test_plain_and_json_do_without_rich(modules, flag):
    assert "rich" not in modules("status", flag)


def test_help_and_version_open_nothing(modules):
    assert modules("--version") & (HEAVY | {"rich"}) == set()
    assert modules("--help") & (HEAVY | {"rich"}) == set()
