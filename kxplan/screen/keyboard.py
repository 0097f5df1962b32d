"""The keyboard: single keys as they are pressed, by name, and the terminal's settings given back."""

from __future__ import annotations

import os
import sys
import time
from typing import Any, Protocol

_NAMED = {
    "\x1b[A": "up", "\x1b[B": "down", "\x1b[C": "right", "\x1b[D": "left", "\x1bOA": "up", "\x1bOB": "down",
    "\x1bOC": "right", "\x1bOD": "left", "\x1b[H": "home", "\x1b[F": "end", "\x1bOH": "home", "\x1bOF": "end",
    "\x1b[1~": "home", "\x1b[4~": "end", "\x1b[5~": "page-up", "\x1b[6~": "page-down", "\x1b": "escape",
    "\r": "enter", "\n": "enter", "\x7f": "backspace", "\x08": "backspace", "\x03": "interrupt", "\x04": "end-of-input",
}  # fmt: skip
_WINDOWS = {
    "H": "up",
    "P": "down",
    "M": "right",
    "K": "left",
    "G": "home",
    "O": "end",
    "I": "page-up",
    "Q": "page-down",
}


class Keyboard(Protocol):
    """Where keys come from."""

    def start(self) -> None:
        """Take the keyboard: keys arrive at once and are not echoed."""

    def stop(self) -> None:
        """Give it back as it was."""

    def keys(self, timeout_s: float) -> list[str]:
        """Return the keys pressed, by name, or as the character typed; none after `timeout_s` seconds."""


def keyboard() -> Keyboard:
    """Return the keyboard of this platform; one without keys where stdin is no terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        return NoKeyboard()
    if sys.platform == "win32":
        return WindowsKeyboard()
    return PosixKeyboard(sys.stdin.fileno())


def named(text: str) -> list[str]:
    """Return the keys that a run of typed characters stands for; unknown sequences are left out."""
    found = []
    while text:
        sequence = next((known for known in sorted(_NAMED, key=len, reverse=True) if text.startswith(known)), None)
        if text.startswith(("\x1b[", "\x1bO")) and sequence in (None, "\x1b"):
            text = _after_sequence(text)
        elif sequence is not None:
            found.append(_NAMED[sequence])
            text = text[len(sequence) :]
        else:
            if text[0].isprintable():
                found.append(text[0])
            text = text[1:]
    return found


class NoKeyboard:
    """Nobody to press a key; waiting is all there is."""

    def start(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""

    def keys(self, timeout_s: float) -> list[str]:
        """Return nothing after `timeout_s` seconds."""
        time.sleep(timeout_s)
        return []


if sys.platform == "win32":
    import msvcrt

    class WindowsKeyboard:
        """The keyboard of a Windows console."""

        def start(self) -> None:
            """Do nothing: keys arrive at once."""

        def stop(self) -> None:
            """Do nothing."""

        def keys(self, timeout_s: float) -> list[str]:
            """Return the keys pressed, waiting at most `timeout_s` seconds for the first."""
            end = time.monotonic() + timeout_s
            while not msvcrt.kbhit():
                if time.monotonic() >= end:
                    return []
                time.sleep(0.02)
            found = []
            while msvcrt.kbhit():
                character = msvcrt.getwch()
                if character in ("\x00", "\xe0"):
                    found += [_WINDOWS[code] for code in msvcrt.getwch() if code in _WINDOWS]
                else:
                    found += named(character)
            return found

else:
    import codecs
    import select
    import termios
    import tty

    class PosixKeyboard:
        """The keyboard of a terminal on Linux and macOS."""

        def __init__(self, descriptor: int) -> None:
            self._descriptor = descriptor
            self._before: Any = None
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

        def start(self) -> None:
            """Take the keyboard; signals like Ctrl-C still work."""
            self._before = termios.tcgetattr(self._descriptor)
            tty.setcbreak(self._descriptor, termios.TCSANOW)

        def stop(self) -> None:
            """Give it back as it was, what was typed meanwhile left out."""
            if self._before is None:
                return
            try:
                termios.tcsetattr(self._descriptor, termios.TCSAFLUSH, self._before)
            except termios.error:
                return
            finally:
                self._before = None

        def keys(self, timeout_s: float) -> list[str]:
            """Return the keys pressed; a lost terminal is the end of input."""
            ready, _, _ = select.select([self._descriptor], [], [], timeout_s)
            if not ready:
                return []
            try:
                typed = os.read(self._descriptor, 1024)
            except OSError:
                typed = b""
            return named(self._decoder.decode(typed)) if typed else ["end-of-input"]


def _after_sequence(text: str) -> str:
    for index, character in enumerate(text[2:], start=2):
        if "@" <= character <= "~":
            return text[index + 1 :]
    return ""
