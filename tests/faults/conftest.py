"""Fixtures of the fault tests."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from office import Office


@pytest.fixture
def office(tmp_path):
    """A workspace that real processes write to."""
    return Office(tmp_path / "office")
