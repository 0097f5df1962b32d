"""Fixtures that every test may use; nothing here replaces code of the program."""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent.parent))

from clerk import hired
from meeting import PLAN, held

from hatch_build import compile_catalogues
from kxplan.cli import run as run_program
from kxplan.ledger.opening import memory_ledger
from kxplan.locale import Translator, translator
from kxplan.model.plan import Plan
from kxplan.plans.reader import read_plan

GOLDEN = Path(__file__).parent / "golden"
SHIPPED = Path(__file__).parent.parent / "plans"

# A machine that is slow or busy is no fault of the program.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="run the long form of long tests")
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew; read the diff")


def pytest_configure(config):
    # What whoever started the tests ignores, as nohup does, the programs under test would ignore as well.
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    compile_catalogues()


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--long"):
        kept = [item for item in items if item.get_closest_marker("slow") is None]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


@pytest.fixture(scope="session")
def clerk(tmp_path_factory):
    """Somebody who types into sheets with LibreOffice."""
    return hired(tmp_path_factory.mktemp("clerk"))


@pytest.fixture
def is_long(request) -> bool:
    """Whether the long form of a test is asked for."""
    return request.config.getoption("--long")


def pytest_terminal_summary(terminalreporter, config):
    if not config.getoption("--long"):
        return
    reports = [report for name in ("passed", "failed") for report in terminalreporter.getreports(name)]
    lines = [
        (report.nodeid, figures) for report in reports for name, figures in report.user_properties if name == "measured"
    ]
    if lines:
        terminalreporter.section("figures measured")
    for test, figures in sorted(lines):
        terminalreporter.line(f"{test}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))


@pytest.fixture
def measured(request) -> Callable[..., None]:
    """Tell figures by name; those of the long form are printed at the end of the run."""
    return lambda **figures: request.node.user_properties.append(("measured", figures))


@pytest.fixture(autouse=True)
def closed_network(monkeypatch):
    """No test reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a test reached for {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def plan() -> Callable[[str], Plan]:
    """A plan compiled from YAML text."""
    return lambda text: read_plan(text.encode(), "plan.yaml")


@pytest.fixture
def ledger():
    """An empty ledger in memory."""
    with memory_ledger() as opened:
        yield opened


class Ran(NamedTuple):
    """A finished run of the program."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(tmp_path, monkeypatch, capsysbinary) -> Iterator[Callable[..., Ran]]:
    """The program, run in this process in an empty folder; surprises are raised, not caught."""
    monkeypatch.chdir(tmp_path)
    nowhere = open(os.devnull)
    monkeypatch.setattr(sys, "stdin", nowhere)

    def run(*args: str, **environ: str) -> Ran:
        capsysbinary.readouterr()
        settings = {"KXPLAN_LANG": "zh", "KXPLAN_WHO": "小王", "PATH": os.environ["PATH"], **environ}
        code = run_program(args, settings)
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capsysbinary.readouterr()
        return Ran(int(code), out.decode(), err.decode())

    yield run
    nowhere.close()


@pytest.fixture
def workspace(run, tmp_path) -> Callable[..., Path]:
    """A workspace in the empty folder, with plans given as text, its day staged."""

    def make(*plans: str, today: str = "2023-06-30", settings: str = "") -> Path:
        assert run("init").code == 0
        (tmp_path / "kxplan.toml").write_text(f"today = {today}\n{settings}", encoding="utf-8")
        for index, text in enumerate(plans):
            (tmp_path / "plans" / f"plan{index}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture(params=["zh", "en"])
def tr(request) -> Translator:
    """The translator of each language."""
    return translator(request.param)


@pytest.fixture
def meeting_room(workspace, run) -> Path:
    """The workspace of a meeting on the last day of June, with a reason given."""
    root = workspace(PLAN)
    held(root)
    run("reason", "films", "放映机送修", "--measure", "七月加映", "--until", "8-31")
    return root


@pytest.fixture
def golden(request) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name, or refresh it with --refresh-golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--refresh-golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
