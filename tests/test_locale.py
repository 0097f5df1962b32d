"""The catalogues: whole in both languages, nothing untranslated, nothing unused."""

import ast
import re
import string
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kxplan.cli import COMMANDS
from kxplan.locale import translator
from kxplan.message import message

PACKAGE = Path(__file__).parent.parent / "kxplan"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sentences(language):
    found = {}
    for path in sorted((PACKAGE / "locale" / language).glob("*.po")):
        for entry in read_po(path.read_bytes().splitlines(keepends=True), locale=language):
            if not entry.id:
                continue
            id = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            assert id not in found, f"{id} stands twice"
            found[id] = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    return found


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def used():
    """Every text constant of the code, and the head of every formatted one."""
    whole, heads = set(), set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                heads.add(node.values[0].value)
    return whole, heads


def test_both_languages_have_the_same_sentences():
    assert set(sentences("zh")) == set(sentences("en"))


def test_no_sentence_is_empty():
    for language in ("zh", "en"):
        assert [id for id, texts in sentences(language).items() if not all(text.strip() for text in texts)] == []


def test_both_languages_fill_the_same_places():
    english = sentences("en")
    for id, (chinese, *_) in sentences("zh").items():
        for text in english[id]:
            assert places(text) | {"n"} == places(chinese) | {"n"}, id


def test_english_has_no_chinese_but_in_examples():
    allowed = re.compile(r"\d+(\.\d+)?万?[场册块批]|人群=农民|科普部|电影|[万亿册场期块批]")
    for id, texts in sentences("en").items():
        for text in texts:
            left = allowed.sub("", text)
            assert not CHINESE.search(left) or id.startswith(("draft.", "form.", "import.", "plans.", "quantity.")), (
                id,
                text,
            )


def test_every_sentence_is_used():
    whole, heads = used()
    heads = {head for head in heads if "." in head}
    unused = [id for id in sentences("zh") if id not in whole and not any(id.startswith(head) for head in heads)]
    helped = [id for id in unused if not id.startswith("help.")]
    assert helped == []


def test_every_sentence_that_the_code_names_exists():
    whole, _ = used()
    rooms = {id.partition(".")[0] for id in sentences("zh")}
    shape = re.compile(rf"({'|'.join(rooms)})\.[a-z][a-z0-9.-]+")
    missing = {text for text in whole if shape.fullmatch(text)} - set(sentences("zh"))
    assert {
        text for text in missing if not text.endswith((".", "-", ".py", ".yaml", ".csv", ".toml", ".css", ".html"))
    } == set()


def test_every_command_is_helped_in_both_languages():
    for language in ("zh", "en"):
        known = sentences(language)
        for name in COMMANDS:
            assert f"help.{name}" in known
            assert f"help.{name}.short" in known
            assert f"help.{name}.examples" in known


def test_text_of_people_is_no_template():
    tr = translator("zh")
    assert "{known}" in tr("cli.unknown-lead", word="{known}", known=("科普部",))


def test_values_are_written_exactly():
    tr = translator("en")
    assert (
        tr("explain.step", title="a\x1b[31m", due=date(2023, 1, 2), weight=Decimal("1.50"))
        == "a[31m 2023-01-02 weight 1.5"
    )


def test_english_counts_one_and_many():
    tr = translator("en")
    assert tr("reports.entries", n=1) == "1 entry"
    assert tr("reports.entries", n=0) == "0 entries"


def test_lists_are_joined_as_each_language_does():
    assert "、" in translator("zh")(message("cli.unknown-lead", word="x", known=("甲", "乙")))
    assert "甲, 乙" in translator("en")(message("cli.unknown-lead", word="x", known=("甲", "乙")))


def test_an_unknown_sentence_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        translator("zh")("nothing.of-the-kind")
