"""Kept forms: read back as they were written, or not at all."""

import stat

from kxplan.store.kept import keep, kept, place_of


def test_what_was_kept_comes_back(tmp_path):
    place = place_of(tmp_path / ".cache", b"text")
    keep(place, b'{"a":1}')
    assert kept(place) == b'{"a":1}'


def test_it_is_for_its_owner_alone(tmp_path):
    place = place_of(tmp_path / ".cache", b"text")
    keep(place, b"[]")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_another_text_has_another_place(tmp_path):
    assert place_of(tmp_path, b"text") != place_of(tmp_path, b"Text")


def test_every_flipped_bit_is_noticed(tmp_path):
    place = place_of(tmp_path, b"text")
    keep(place, b'{"a":[1,2]}')
    whole = place.read_bytes()
    for at in range(len(whole) - 1):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert kept(place) is None


def test_a_missing_form_and_a_folder_in_its_place_are_none(tmp_path):
    place = place_of(tmp_path, b"text")
    assert kept(place) is None
    place.mkdir()
    assert kept(place) is None


def test_what_cannot_be_kept_is_no_failure(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    keep(place_of(tmp_path / "file", b"text"), b"[]")
    assert (tmp_path / "file").read_bytes() == b""
