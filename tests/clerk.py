"""A clerk with LibreOffice: opens a sheet, types into its cells as on a keyboard, and saves it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_AT_WORK = Path(__file__).with_name("clerk_at_work.py")
_PYTHONS = (sys.executable, "/usr/bin/python3")
"""The bridge to LibreOffice is a module of the system's Python."""


class Clerk:
    """Works in a profile of their own, in Chinese."""

    def __init__(self, soffice, python, profile):
        self._soffice = soffice
        self._python = python
        self._profile = profile

    def type(self, path, rows, **saved_as):
        """Type texts below the headings of the sheet at `path`, one list for a row by heading, None for an empty one.

        `saved_as` names files by kind: xlsx, xls, ods, pdf, csv (UTF-8), gb (csv in GB18030), wide (tabs, UTF-16).
        Returns the cells whose content the form's limits refuse.
        """
        work = {
            "soffice": self._soffice, "profile": str(self._profile), "path": str(path), "rows": rows,
            "saved_as": {kind: str(file) for kind, file in saved_as.items()},
        }  # fmt: skip
        ran = subprocess.run(
            [self._python, _AT_WORK], input=json.dumps(work), capture_output=True, text=True, timeout=300, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)


def hired(profile):
    """Return a clerk whose LibreOffice keeps its settings in the folder `profile`; skip where there is none."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice is not installed: apt-get install libreoffice-calc")
    for python in _PYTHONS:
        if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return Clerk(soffice, python, profile)
    return pytest.skip("the bridge to LibreOffice is not installed: apt-get install python3-uno")
