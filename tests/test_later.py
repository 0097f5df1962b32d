"""Postponed modules: read at the first name that is asked of them, and ordinary from then on."""

import subprocess
import sys

import pytest

POSTPONED = """
import sys
from kxplan.later import postpone
postpone("colorsys", "sys", "no_such_module")
assert sys.modules["sys"] is sys
assert "no_such_module" not in sys.modules
import colorsys
assert "ONE_THIRD" not in vars(colorsys)
"""


def ran(program, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", POSTPONED + program], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "asked", ["colorsys.rgb_to_hsv(1, 0, 0)", "__import__('colorsys', fromlist=['rgb_to_hsv']).rgb_to_hsv(1, 0, 0)"]
)
def test_a_postponed_module_is_read_when_something_of_it_is_asked_for(asked, tmp_path):
    assert ran(f"print({asked}, type(colorsys).__name__)", tmp_path) == "(0.0, 1.0, 1) module"


def test_an_unknown_name_is_the_usual_failure(tmp_path):
    program = """
try:
    colorsys.nothing
except AttributeError as error:
    print(error)
"""
    assert ran(program, tmp_path) == "module 'colorsys' has no attribute 'nothing'"


def test_a_module_that_asks_for_itself_while_it_is_read_gets_what_is_there(tmp_path):
    (tmp_path / "circle.py").write_text(
        "before = 1\nimport circle\nassert circle.before\nassert not hasattr(circle, 'after')\nafter = 2\n"
    )
    assert ran("postpone('circle')\nimport circle\nprint(circle.after)", tmp_path) == "2"


def test_a_module_that_cannot_be_read_fails_each_time_as_if_it_were_new(tmp_path):
    (tmp_path / "broken.py").write_text("first = 1\nraise OSError('no disk')\n")
    program = """
postpone("broken")
import broken
for _ in range(2):
    try:
        broken.anything
    except OSError as error:
        print(error)
"""
    assert ran(program, tmp_path) == "no disk\nno disk"


def test_many_threads_that_ask_at_once_get_one_module(tmp_path):
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(0.2)\nend = object()\n")
    program = """
from concurrent.futures import ThreadPoolExecutor
postpone("slow")
import slow
with ThreadPoolExecutor(8) as pool:
    print(len({id(end) for end in pool.map(lambda _: slow.end, range(8))}))
"""
    assert ran(program, tmp_path) == "1"
