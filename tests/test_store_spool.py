"""The spool: things come back in their order, equal ones numbered, and may be left alone halfway."""

import gc
import json
import tracemalloc
from collections import Counter
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from kxplan.store.spool import Spool


def filled():
    spool = Spool()
    for n in range(3):
        spool.add('["same"]', f"[{n}]")
    return spool


def test_things_come_back_in_their_order_and_equal_ones_are_told_apart():
    spool = filled()
    assert [each.besides for each in spool] == [[0], [1], [2]]
    assert [each.key for each in spool] == list(spool.keys())
    assert len(set(spool.keys())) == 3
    spool.close()


@given(st.lists(st.integers(0, 9)))
def test_a_key_is_a_digest_and_the_number_among_equal_ones(numbers):
    spool = Spool()
    seen = Counter()
    expected = []
    for number in numbers:
        seen[number] += 1
        expected.append(f"{sha256(json.dumps([number]).encode()).hexdigest()[:32]}-{seen[number]}")
        spool.add(f"[{number}]", "[]")
    assert list(spool.keys()) == expected
    spool.close()


def test_different_things_with_the_same_mark_are_not_taken_for_equal():
    spool = Spool(marks=8)
    for number in range(2000):
        spool.add(f"[{number % 1500}]", "[]")
    assert [key.partition("-")[2] for key in spool.keys()] == ["1"] * 1500 + ["2"] * 500  # noqa: SIM118 -- no mapping
    spool.close()


def test_many_pairs_take_no_more_memory_than_few():
    tracemalloc.start()
    spool = Spool()
    for number in range(100_000):
        spool.add(f"[{number % 50_000}]", "[]")
    assert sum(key.endswith("-2") for key in spool.keys()) == 50_000  # noqa: SIM118 -- no mapping
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    spool.close()
    assert most < 12 << 20


def test_a_reading_that_is_left_halfway_ends_in_silence():
    spool = filled()
    reading = iter(spool)
    next(reading)
    spool.close()
    del reading
    gc.collect()
