"""The stage: a whole terminal taken for a while, drawn without flicker, given back as it was found."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType, TracebackType
from typing import Self

from kxplan.screen.keyboard import Keyboard, keyboard

TICK_S = 0.25
"""How long to wait for a key before looking whether something changed."""

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J\x1b[H"
_LEAVE = "\x1b[?7h\x1b[?25h\x1b[0m\x1b[?1049l"
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGTSTP")


class Stage:
    """The terminal as a stage; a context manager that restores it whatever happens, a signal included."""

    def __init__(self, keys: Keyboard | None = None) -> None:
        self._keyboard = keys or keyboard()
        self._drawn: tuple[str, ...] = ()
        self._is_open = False
        self._handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        _speak_sequences()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, self._step_aside)
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows, as they are now."""
        try:
            columns, rows = os.get_terminal_size(sys.stdout.fileno())
        except OSError:
            columns, rows = 80, 24
        return max(columns, 20), max(rows, 5)

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines from the top; nothing is written where nothing changed."""
        frame = tuple(lines[: self.size[1]])
        if frame != self._drawn:
            self._drawn = frame
            self._show()

    def pressed(self) -> list[str]:
        """Return the keys pressed within a tick.

        Raises:
            KeyboardInterrupt: Ctrl-C, where it arrives as a key.
        """
        pressed = self._keyboard.keys(TICK_S)
        if "interrupt" in pressed:
            raise KeyboardInterrupt
        return pressed

    def _open(self) -> None:
        self._is_open = True
        self._keyboard.start()
        _write(_ENTER)
        self._show()

    def _show(self) -> None:
        # Erased before it is written: behind a full line the cursor still stands on the last character.
        _write("\x1b[H" + "\r\n".join(f"\x1b[K{line}\x1b[0m" for line in self._drawn))

    def _close(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self._keyboard.stop()
        try:
            _write(_LEAVE)
        except OSError:
            return

    def _step_aside(self, number: int, _frame: FrameType | None) -> None:
        """Give the terminal back, then let the signal do what it always does; take it again after Ctrl-Z and fg."""
        self._close()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._step_aside)
        self._open()


def _write(text: str) -> None:
    """Write past Python's buffer, which a signal in the middle of a write would find locked."""
    rest = text.encode(sys.stdout.encoding, errors="replace")
    while rest:
        rest = rest[os.write(sys.stdout.fileno(), rest) :]


def _speak_sequences() -> None:
    """Let a Windows console understand escape sequences, as every other terminal does."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 -- only here

        kernel = ctypes.windll.kernel32
        handle, mode = kernel.GetStdHandle(-11), ctypes.c_ulong()
        if kernel.GetConsoleMode(handle, ctypes.byref(mode)):
            kernel.SetConsoleMode(handle, mode.value | 0x0004)
