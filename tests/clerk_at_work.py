"""What the clerk does inside LibreOffice; run by a Python that has its bridge, told on stdin what to type."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

CHINESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop>
</item>
</oor:items>"""
CSV = "Text - txt - csv (StarCalc)"
FILTERS = {
    "xlsx": ("Calc MS Excel 2007 XML", ""),
    "xls": ("MS Excel 97", ""),
    "ods": ("calc8", ""),
    "pdf": ("calc_pdf_Export", ""),
    "csv": (CSV, "44,34,76,1,,0,false,true,false"),
    "gb": (CSV, "44,34,85,1,,0,false,true,false"),
    "wide": (CSV, "9,34,65535,1,,0,false,true,false"),
}
"""Of a csv: separator, quotes, encoding, first row, formats, language, quotes around all, as shown, not as formulas."""


def values(**named):
    made = []
    for name, value in named.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def url(path):
    return uno.systemPathToFileUrl(str(Path(path).resolve()))


def opened(soffice, profile):
    settings = Path(profile) / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(CHINESE, encoding="utf-8")
    pipe = f"clerk{os.getpid()}"
    office = subprocess.Popen(
        [soffice, f"-env:UserInstallation={url(profile)}", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    until = time.monotonic() + 120
    while True:
        try:
            return office, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until or office.poll() is not None:
                ended(office)
                raise
            time.sleep(0.2)


def ended(office):
    """End LibreOffice, which is a process below the one that was started."""
    try:
        office.wait(30)
    except subprocess.TimeoutExpired:
        os.killpg(office.pid, signal.SIGKILL)


def headings(sheet):
    for row in range(60):
        texts = [sheet.getCellByPosition(column, row).String for column in range(20)]
        if texts[0] in ("日期", "date"):
            return row, {text: column for column, text in enumerate(texts) if text}
    raise LookupError("no headings")


def refused(sheet):
    """Return how many cells hold what their limits do not let in: LibreOffice draws a ring around each."""
    sheet.showInvalid()
    rings = sheet.DrawPage.Count
    sheet.clearArrows()
    return rings


def typed(context, document, rows):
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    frame = document.CurrentController.Frame
    sheet = document.Sheets.getByIndex(0)
    heading, columns = headings(sheet)
    wrong = []
    for row, texts in enumerate(rows, heading + 1):
        for title, text in (texts or {}).items():
            cell = f"{chr(65 + columns[title])}{row + 1}"
            dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, values(ToPoint=cell))
            before = refused(sheet)
            dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, values(StringName=text))
            if refused(sheet) > before:
                wrong.append(cell)
    return wrong


def main():
    work = json.load(sys.stdin)
    office, context = opened(work["soffice"], work["profile"])
    desktop = None
    try:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL(url(work["path"]), "_blank", 0, ())
        wrong = typed(context, document, work["rows"])
        for kind, path in work["saved_as"].items():
            name, options = FILTERS[kind]
            document.storeToURL(url(path), values(FilterName=name, FilterOptions=options, Overwrite=True))
        document.close(True)
        json.dump(wrong, sys.stdout)
    finally:
        try:
            if desktop is not None:
                desktop.terminate()
        finally:
            ended(office)


main()
