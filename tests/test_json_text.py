"""JSON as text: nothing in it acts on a terminal, and every value comes back."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from kxplan.render.json_text import json_bytes

TEXTS = st.text(st.characters(exclude_categories=())) | st.text(
    "\x7f\x85\x9b\u200e\u202e\u2066\ufeff\udc80a", max_size=5
)


@given(TEXTS)
def test_every_text_comes_back(text):
    assert json.loads(json_bytes({text: [text]})) == {text: [text]}


@given(TEXTS)
def test_nothing_acts_on_a_terminal(text):
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", json_bytes({"text": [text]}).decode()
    )


def test_what_people_write_stays_readable():
    assert json_bytes({"科普": "“讲座”"}) == '{\n "科普": "“讲座”"\n}\n'.encode()
