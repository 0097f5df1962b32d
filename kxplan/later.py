"""Modules that a library names at its top and most commands never use: read when something of them is asked for.

`importlib.util.LazyLoader` reads a module already when a second `import` names it, which is what typer does.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

_READING = RLock()


class _Later(ModuleType):
    """A module that has not been read; it becomes an ordinary one by the first name that is asked of it."""

    def __getattr__(self, name: str) -> Any:
        with _READING:
            spec = self.__spec__
            if type(self) is _Later and spec is not None and spec.loader is not None and not _is_begun(self):
                vars(self)["_is_begun"] = True  # what the module imports may ask for it in turn
                try:
                    spec.loader.exec_module(self)
                finally:
                    del vars(self)["_is_begun"]
                self.__class__ = ModuleType  # type: ignore[assignment]
        return ModuleType.__getattribute__(self, name)


def _is_begun(module: ModuleType) -> bool:
    return "_is_begun" in vars(module)


def postpone(*names: str) -> None:
    """Let the modules with these names be read at their first use.

    What is read already stays as it is, and what is not there is as absent as before.
    """
    for name in names:
        spec = None if name in sys.modules else find_spec(name)
        if spec is not None:
            module = module_from_spec(spec)
            module.__class__ = _Later
            sys.modules[name] = module
