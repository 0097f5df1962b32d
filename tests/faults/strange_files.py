"""Files that no office means to hand in, each made here: old, foreign, locked, broken, lying and far too large."""

import io
import struct
import zipfile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
TEXT = "日期,工作任务,数量\n".encode()
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
RTF = rb"{\rtf1\ansi hello}"

DECLARED = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
WORD_OPENS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
WORD_ENDS = "</w:body></w:document>"
SHEET_OPENS = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="{part}"/></Relationships>'
)


def package(part, kind, *contents, more=()):
    """A zip with one main part, written piece by piece, and further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(part=part, kind=kind))
        archive.writestr("_rels/.rels", RELATIONS.format(part=part))
        for name, text in more:
            archive.writestr(name, text)
        with archive.open(part, "w", force_zip64=True) as main:
            for piece in contents:
                main.write(piece if isinstance(piece, bytes) else piece.encode())
    return file.getvalue()


def word(*contents, more=()):
    """A .docx whose body is `contents`."""
    return package("word/document.xml", "wordprocessingml.document", *contents, more=more)


def book(*contents):
    """An .xlsx whose only sheet is `contents`."""
    relations = RELATIONS.format(part="worksheets/sheet1.xml").replace('officeDocument"', 'worksheet"')
    main = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="填报" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            TYPES.format(part="xl/workbook.xml", kind="spreadsheetml.sheet").replace(
                "</Types>",
                '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
                '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
            ),
        )
        archive.writestr("_rels/.rels", RELATIONS.format(part="xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", main)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in contents:
                sheet.write(piece if isinstance(piece, bytes) else piece.encode())
    return file.getvalue()


def half(raw):
    """The first half of a file."""
    return raw[: len(raw) // 2]


def understated(raw, part):
    """The same zip, its directory saying that `part` unpacks to ten bytes."""
    name = part.encode()
    at = raw.rindex(name)
    return raw[: at - 22] + struct.pack("<I", 10) + raw[at - 18 :]


def paragraphs(count, text):
    """Paragraphs of a Word body, in pieces."""
    one = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()
    at_once = 1000
    for _ in range(count // at_once):
        yield one * at_once


def zeroes(megabytes):
    """As many megabytes of blanks, in pieces."""
    for _ in range(megabytes):
        yield b" " * (1 << 20)


def cell_rows(count):
    """Rows of a sheet with a day, a goal and an amount each, in pieces."""
    head = "".join(
        f'<c r="{at}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in zip("ABC", ("日期", "工作任务", "数量"), strict=True)
    )
    yield f'<row r="1">{head}</row>'
    for number in range(2, count + 2):
        yield (
            f'<row r="{number}"><c r="A{number}"><v>44967</v></c><c r="B{number}" t="inlineStr"><is><t>books</t></is></c>'
            f'<c r="C{number}"><v>1</v></c></row>'
        )
