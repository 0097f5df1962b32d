"""Records: what `typing.NamedTuple` gives, a record gives too."""

import copy
import pickle
from typing import NamedTuple

import pytest

from kxplan.model.plan import Step
from kxplan.record import Record


class Place(Record):
    """A place."""

    goal: str
    row: int = 1
    note: str | None = None

    @property
    def is_first(self) -> bool:
        """Whether it is the first."""
        return self.row == 1


class Standard(NamedTuple):
    goal: str
    row: int = 1
    note: str | None = None


def test_fields_are_given_in_order_or_by_name():
    assert Place("a", 2, "n") == Place(goal="a", row=2, note="n") == Place("a", note="n", row=2) == ("a", 2, "n")


def test_fields_left_out_take_their_defaults():
    assert Place("a") == ("a", 1, None)
    assert Place("a", note="n") == ("a", 1, "n")


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a", 1, None, 2), {}), (("a",), {"goal": "b"}), (("a",), {"colour": "red"}), ((), {"row": 1})],
)
def test_a_record_takes_its_fields_once_each_and_those_alone(values, named):
    with pytest.raises(TypeError):
        Place(*values, **named)
    with pytest.raises(TypeError):
        Standard(*values, **named)


def test_fields_are_read_by_name_and_never_set():
    place = Place("a", 2)
    assert (place.goal, place.row, place.note, place.is_first) == ("a", 2, None, False)
    with pytest.raises(AttributeError):
        place.row = 3
    with pytest.raises(AttributeError):
        place.colour = "red"


def test_replace_leaves_the_rest_and_knows_no_other_fields():
    place = Place("a", 2, "n")
    assert place._replace(row=3) == Place("a", 3, "n")
    assert type(place._replace(row=3)) is Place
    assert place.row == 2
    with pytest.raises(TypeError):
        place._replace(colour="red")


def test_make_takes_as_many_values_as_there_are_fields():
    assert Place._make(iter(["a", 2, None])) == Place("a", 2)
    with pytest.raises(TypeError):
        Place._make(["a"])


def test_a_record_is_told_and_taken_apart_like_a_named_tuple():
    place, standard = Place("a", 2), Standard("a", 2)
    assert repr(place) == repr(standard).replace("Standard", "Place")
    assert Place._fields == Standard._fields == Place.__match_args__
    assert Place._field_defaults == Standard._field_defaults
    assert place._asdict() == standard._asdict()
    assert (hash(place), [*place], place < Place("b")) == (hash(standard), [*standard], True)
    match place:
        case Place(goal, row=2):
            assert goal == "a"


def test_a_record_can_be_copied_and_sent():
    place = Place("a", 2)
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == copy.copy(place) == place
    assert type(pickle.loads(pickle.dumps(place))) is Place


def test_a_record_has_as_many_fields_as_it_names():
    names = [f"f{at}" for at in range(100)]
    many = type(Record)("Many", (Record,), {"__annotations__": dict.fromkeys(names, "int"), "f99": -1})
    assert [getattr(many(*range(99)), name) for name in names] == [*range(99), -1]


def test_a_record_holds_nothing_but_its_tuple():
    assert not hasattr(Place("a"), "__dict__")
    assert Step._fields == ("id", "title", "due", "weight")
