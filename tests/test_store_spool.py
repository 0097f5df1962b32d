"""The spool: things come back in their order, and may be left alone halfway."""

import gc

from kxplan.store.spool import Spool


def filled():
    spool = Spool()
    for n in range(3):
        spool.add(["same"], [n])
    return spool


def test_things_come_back_in_their_order_and_equal_ones_are_told_apart():
    spool = filled()
    assert [each.besides for each in spool] == [[0], [1], [2]]
    assert len(set(spool.keys())) == 3
    spool.close()


def test_a_reading_that_is_left_halfway_ends_in_silence():
    spool = filled()
    reading = iter(spool)
    next(reading)
    spool.close()
    del reading
    gc.collect()
