"""The bundle: a zip of evidence files under readable names, with an index as csv and as html."""

from __future__ import annotations

import csv
import html
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kxplan.errors import UsageError
from kxplan.errors.store import not_written
from kxplan.inert import inert
from kxplan.locale import Translator
from kxplan.render.cells import cell_text, words
from kxplan.reports.evidence import Index, Paper
from kxplan.store.files import replacing
from kxplan.store.regular import digest, opened

_OF_EVERYBODY = 0o666
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font-family: "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; }}
th, td {{ border: 1px solid #999; padding: .3em .6em; text-align: left; vertical-align: top; }}
td:last-child {{ font-family: monospace; font-size: 80%; word-break: break-all; }}
tr.wrong td {{ background: #fdd; }}
</style>
</head>
<body>
<h1>{title}</h1>
{lines}
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def write_bundle(target: Path, index: Index, papers: Sequence[Paper], folder: Path, tr: Translator) -> None:
    """Write the files of the sound `papers` from `folder` into the zip `target`, with their index.

    Raises:
        CannotWriteError: the folder or the disk does not take it; what `target` was before stays.
        UsageError, CannotReadError: a file changed since it was found sound.
    """
    names = [_member(number, paper) if paper.condition == "sound" else None for number, paper in enumerate(papers, 1)]
    try:
        with replacing(target, _OF_EVERYBODY) as draft, ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            archive.writestr(_info("index.csv"), _csv(index, names, tr))
            archive.writestr(_info("index.html"), _html(index, names, tr))
            for name, paper in zip(names, papers, strict=True):
                if name is not None and paper.evidence is not None:
                    _copy(archive, name, folder / paper.evidence.sha256)
    except OSError as error:
        raise not_written(target, error) from error


def safe_name(name: str) -> str:
    """Return a name from outside as one that every system can unpack, and none takes for a path."""
    inert = re.sub(r"[^\w.()（）、，。【】-]+", "_", name).strip("._")
    stem, dot, ending = inert.rpartition(".")
    return f"{stem[:80]}{dot}{ending[:10]}" if stem else inert[:80] or "_"


def _member(number: int, paper: Paper) -> str | None:
    if paper.evidence is None:
        return None
    return f"files/{number:04d}-{paper.evidence.entry}-{safe_name(paper.evidence.name)}"


def _copy(archive: ZipFile, name: str, path: Path) -> None:
    with opened(path) as source, archive.open(_info(name), "w") as copy:
        if digest(source, copy=copy)[0] != path.name:
            raise UsageError("evidence.changing", path=str(path))


def _info(name: str) -> ZipInfo:
    # Without a time of its own: the same evidence gives the same bytes.
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _csv(index: Index, names: Sequence[str | None], tr: Translator) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    for line in (index.title, *index.lines):
        table.writerow([inert(words(line, tr))])
    table.writerow([words(head, tr) for head in index.heads] + [tr("evidence.column.file")])
    for row, name in zip(index.rows, names, strict=True):
        table.writerow([*(inert("" if value is None else cell_text(value, tr)) for value in row), name or ""])
    return text.getvalue().encode("utf-8-sig")


def _html(index: Index, names: Sequence[str | None], tr: Translator) -> bytes:
    rows = [_html_row(row, name, tr) for row, name in zip(index.rows, names, strict=True)]
    page = _PAGE.format(
        language=tr.language,
        title=html.escape(words(index.title, tr)),
        lines="\n".join(f"<p>{html.escape(words(line, tr))}</p>" for line in index.lines),
        heads="".join(f"<th>{html.escape(words(head, tr))}</th>" for head in index.heads),
        rows="\n".join(rows),
    )
    return page.encode()


def _html_row(row: Sequence[object], name: str | None, tr: Translator) -> str:
    texts = ["" if value is None else html.escape(cell_text(value, tr)) for value in row]
    if name is not None:
        texts[6] = f'<a href="{html.escape(quote(name))}">{texts[6] or html.escape(os.path.basename(name))}</a>'  # noqa: PTH119 -- a zip's path
    start = "<tr>" if name is not None else '<tr class="wrong">'
    return start + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"
