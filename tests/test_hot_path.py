"""The hot path: `log` and `status` on an unchanged plan import no heavy library."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = {
    "tomllib",
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
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


@pytest.fixture
def modules(run, tmp_path):
    """The modules that a command imports in a clean interpreter."""
    assert run("demo", "d").code == 0

    def of(*args, **more):
        environ = {**os.environ, "KXPLAN_WORKSPACE": str(tmp_path / "d"), "KXPLAN_LANG": "zh", **more}
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
    assert "tomllib" in modules("status")  # once, as the settings are new
    assert modules("status") & (HEAVY | {"css_inline", "email", "filelock", "ssl"}) == set()


@pytest.mark.parametrize("flag", ["--plain", "--json"])
def test_plain_and_json_do_without_rich(modules, flag):
    assert "rich" not in modules("status", flag)


def test_help_and_version_open_nothing(modules):
    assert modules("--version") & (HEAVY | {"rich"}) == set()
    assert modules("--help") & (HEAVY | {"rich"}) == set()


def test_status_in_colour_leaves_richs_tables_and_texts_alone(modules):
    imported = modules("status", FORCE_COLOR="1", TERM="xterm-256color")
    assert "rich.console" in imported
    assert imported & {"rich.table", "rich.markdown", "rich.progress", "pygments"} == set()


def test_a_completion_reads_the_plan_and_no_ledger(modules):
    imported = modules(_KXPLAN_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="kxplan log 电")
    assert "kxplan.plans.shelf" in imported
    assert imported & (HEAVY | {"rich", "sqlite3", "kxplan.ledger.sqlite"}) == set()


def test_the_version_is_told_without_arithmetic_or_settings(modules):
    assert modules("--version") & {"decimal", "fractions", "tomllib", "sqlite3", "kxplan.locale"} == set()


def test_the_hash_of_one_entry_does_without_openssl(modules):
    assert "_hashlib" not in modules("log", "电影", "3")
