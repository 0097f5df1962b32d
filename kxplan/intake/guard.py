"""Guard: files from outside are read in a child process that can be killed, starved and timed out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import NamedTuple


class Limits(NamedTuple):
    """What a child may use."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    answer_bytes: int


def guarded(worker: str, path: Path, limits: Limits) -> object:
    """Run the module `worker` on the file `path` and return the JSON value it prints.

    The module is run as `python -m worker PATH MEMORY CPU` and calls `confine` first. Returns the
    text "too-slow", "too-large" or "damaged" where the child gives no usable answer.
    """
    with _child(worker, path, limits) as child:
        try:
            answer, _ = child.communicate(timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            return "too-slow"
        finally:
            child.kill()
    if len(answer) > limits.answer_bytes or child.returncode == OUT_OF_MEMORY:
        return "too-large"
    if child.returncode:
        return "too-slow" if child.returncode in _KILLED else "damaged"
    try:
        value: object = json.loads(answer)
    except ValueError:
        return "damaged"
    return value


def guarded_lines(worker: str, path: Path, limits: Limits) -> Iterator[object]:
    """Run the module `worker` as `guarded` does and yield the JSON value of each line it prints, as it comes.

    The time that whoever reads the values spends on them does not count. Where the child fails, the
    last value is the text "too-slow", "too-large" or "damaged".
    """
    seconds_left = limits.wall_seconds
    bytes_left = limits.answer_bytes
    with _child(worker, path, limits) as child:
        try:
            while bytes_left >= 0:
                began = monotonic()
                line = _line(child, max(seconds_left, 0), bytes_left + 1)
                seconds_left -= monotonic() - began
                bytes_left -= len(line)
                if not line:
                    with suppress(subprocess.TimeoutExpired):
                        child.wait(_LEAVING_SECONDS)
                    break
                try:
                    yield json.loads(line)
                except ValueError:
                    break
        finally:
            child.kill()
    if bytes_left < 0 or child.returncode == OUT_OF_MEMORY:
        yield "too-large"
    elif child.returncode:
        yield "too-slow" if child.returncode in _KILLED or seconds_left <= 0 else "damaged"


def _child(worker: str, path: Path, limits: Limits) -> subprocess.Popen[bytes]:
    arguments = [str(path.resolve()), str(limits.memory_bytes), str(limits.cpu_seconds)]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", worker, *arguments],
        env={**os.environ, "PYTHONPATH": _PACKAGES, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _line(child: subprocess.Popen[bytes], seconds: float, most_bytes: int) -> bytes:
    """Return the next line of the child; nothing where it ends, or none has come within `seconds`."""
    if child.stdout is None:
        return b""
    watch = Timer(seconds, child.kill)
    watch.start()
    try:
        return child.stdout.readline(most_bytes)
    finally:
        watch.cancel()


_LEAVING_SECONDS = 5
_PACKAGES = str(Path(__file__).resolve().parents[2])
"""Where this very package lies, so that the child runs the same one."""
OUT_OF_MEMORY = 3
"""The exit code of a worker that met its memory limit."""
_KILLED = (-24, -9)
"""SIGXCPU and SIGKILL: the time of the processor was used up."""


def confine(memory_bytes: int, cpu_seconds: int) -> None:
    """Take from this process what it must not use; on Windows the parent's clock alone guards."""
    try:
        import resource  # noqa: PLC0415 -- not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
