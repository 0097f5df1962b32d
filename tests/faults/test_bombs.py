"""Plans made to exhaust a reader: refused with line and column, soon and in little memory."""

import time
import tracemalloc

import pytest

from kxplan.errors.plans import PlanInvalidError
from kxplan.plans.reader import read_plan

MEBIBYTE = 1 << 20
HEAD = "plan: p\ntitle: x\nperiod: 2023\nsections:\n"
BOMBS = {
    "aliases": "a: &a [x, x]\n"
    + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" if n else "b0: &b0 [*a, *a]\n" for n in range(30)),
    "merges": "a: &a {x: 1}\nb: {<<: [*a, *a, *a]}\n",
    "brackets": "x: " + "[" * 100_000,
    "braces": "{a: " * 50_000,
    "dashes": "- " * 200_000,
    "steps": "".join(" " * n + "a:\n" for n in range(1000)),
    "one long word": "title: " + "字" * 300_000,
    "quotes": "title: '" + "''" * 400_000,
    "blanks": " " * 900_000 + "x",
    "line ends": "\n" * 900_000 + "x",
    "keys": HEAD + "".join(f"k{n}: x\n" for n in range(60_000)),
    "list": HEAD + "  - x\n" * 100_000,
    "digits": HEAD + "  - {id: s, title: t, goals: [{id: g, title: g, lead: l, target: " + "9" * 500_000 + "}]}\n",
    "tags": "!!python/object/apply:os.system [x]\n" + "a: !x y\n" * 50_000,
    "comments": "# " + "x" * 900_000 + "\nx",
    "too large": "x" * (MEBIBYTE + 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_its_place(name, is_long, measured):
    text = BOMBS[name].encode()
    begun = time.process_time()
    with pytest.raises(PlanInvalidError) as caught:
        read_plan(text, "x.yaml")
    took_s = time.process_time() - begun
    assert caught.value.exit_code == 3
    assert all(problem.line >= 1 and problem.column >= 1 for problem in caught.value.problems)
    tracemalloc.start()
    try:
        with pytest.raises(PlanInvalidError):
            read_plan(text, "x.yaml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    measured(milliseconds=round(took_s * 1000), megabytes=round(peak / 1e6, 1))
    assert peak < 50e6
    assert took_s < 0.5
