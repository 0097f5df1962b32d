"""Fixtures of the fault tests."""

import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from office import Office

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Begun in the background; what it starts would be deaf to Ctrl-C as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def office(tmp_path):
    """A workspace that real processes write to."""
    return Office(tmp_path / "office")
