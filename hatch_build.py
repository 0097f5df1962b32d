"""The build hook: compiles the sentences of kxplan/locale into one catalogue per language and room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface as Hook
except ModuleNotFoundError:  # run by hand or by the tests, without a build
    Hook = object  # type: ignore[misc, assignment]

LOCALE = Path(__file__).parent / "kxplan" / "locale"


class CatalogueHook(Hook):  # type: ignore[type-arg]
    """Compiles the catalogues before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile every language and take the results into the build."""
        for path in compile_catalogues():
            build_data.setdefault("artifacts", []).append(str(path.relative_to(Path(__file__).parent)))


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Write `<language>/<room>.mo` from the .po files of each language; return what was written.

    A sentence's room is what its id begins with, whichever file it stands in: a command reads the
    rooms that it speaks from, and no others.
    """
    written = []
    for folder in sorted(path for path in locale.iterdir() if path.is_dir() and list(path.glob("*.po"))):
        for room, catalogue in rooms(folder).items():
            target = folder / f"{room}.mo"
            with target.open("wb") as file:
                write_mo(file, catalogue)
            written.append(target)
    return written


def rooms(folder: Path) -> dict[str, Catalog]:
    """Return one catalogue per room of the .po files of a language."""
    found: dict[str, Catalog] = {}
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=folder.name, abort_invalid=True)
        for message in part:
            if message.id:
                id = message.id if isinstance(message.id, str) else message.id[0]
                catalogue = found.setdefault(id.partition(".")[0], Catalog(locale=folder.name))
                catalogue[message.id] = message
    return found


if __name__ == "__main__":
    print(*compile_catalogues(), sep="\n")
