"""`page_html`: one file, nothing fetched, nothing run, the page's own figures, and room for it on any screen."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from browser import needs_chromium, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import HOSTILE, UNSEEN, every_block, reported, tables

from kxplan.locale import translator
from kxplan.render.cells import cell_text, words
from kxplan.render.page_html import page_html
from kxplan.reports.page import Bar
from kxplan.text import shown

BOTH = (translator("zh"), translator("en"))
VOID = {"meta", "rect", "line", "br", "polyline", "polygon", "circle"}


class Read(HTMLParser):
    """A document as its elements, and as the lines that a person reads."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.lines, self._open = [], [], []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop()[0] == tag

    def handle_data(self, data):
        text = data.strip()
        if text and all(tag != "style" for tag, _ in self._open):
            tag, attributes = self._open[-1]
            self.lines.append(f"{tag}{'.' if 'class' in attributes else ''}{attributes.get('class', '')} {text}")


def rows_of(html):
    """The rows of each table, each cell as its text without blanks."""
    found = []
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        rows = []
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL):
            cells = re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
            rows.append(["".join("".join(Text(cell).texts).split()) for cell in cells])
        found.append(rows)
    return found


class Text(HTMLParser):
    """The text of a piece of a document, without the titles of drawings."""

    def __init__(self, html):
        super().__init__()
        self.texts, self._is_title = [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self._is_title = tag == "title"

    def handle_endtag(self, tag):
        self._is_title = False

    def handle_data(self, data):
        if not self._is_title:
            self.texts.append(data)


def made(page, tr):
    return page_html(page, tr).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_looks_as_it_did(meeting_room, golden, run, language):
    assert run("report", "half", "-o", "half.html", "--lang", language).code == 0
    html = (meeting_room / "half.html").read_text(encoding="utf-8")
    golden(f"half.{language}.html.txt", "\n".join(Read(html).lines) + "\n")


def test_every_element_is_closed(tr):
    Read(made(every_block(), tr))


def test_the_same_page_gives_the_same_bytes(tr):
    assert page_html(every_block(), tr) == page_html(every_block(), tr)


def test_the_language_is_named():
    assert '<html lang="zh-CN">' in made(every_block(), translator("zh"))
    assert '<html lang="en">' in made(every_block(), translator("en"))


def test_the_policy_lets_in_its_own_style_sheet_and_nothing_else(tr):
    html = made(every_block(), tr)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policies = [a["content"] for tag, a in Read(html).elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


def test_nothing_is_styled_where_the_policy_would_forbid_it(tr):
    assert [a for _, a in Read(made(every_block(), tr)).elements if "style" in a] == []


def test_nothing_is_fetched(tr):
    html = made(every_block(), tr)
    fetching = {"src", "srcset", "data", "action", "poster", "background", "xlink:href"}
    assert [a for _, a in Read(html).elements if fetching & set(a)] == []
    assert all(a["href"].startswith("#") for _, a in Read(html).elements if "href" in a)
    assert not re.search(r"url\(|@import|https?:", html)


def test_every_anchor_leads_to_a_part(meeting_room, tr):
    elements = Read(made(reported(meeting_room, tr.language), tr)).elements
    ids = {a["id"] for _, a in elements if "id" in a}
    anchors = [a["href"].removeprefix("#") for _, a in elements if "href" in a]
    assert len(anchors) == 12
    assert set(anchors) <= ids


def test_a_short_page_has_no_contents(tr):
    assert "<nav" not in made(every_block(), tr)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_shown_and_does_nothing(text, tr):
    html = made(every_block(text), tr)
    read = Read(html)
    assert {tag for tag, _ in read.elements} == {tag for tag, _ in Read(made(every_block(), tr)).elements}
    names = {name for _, a in read.elements for name in a}
    assert names == {name for _, a in Read(made(every_block(), tr)).elements for name in a}
    assert f"th {text}" in read.lines


@settings(max_examples=50)
@given(st.text(st.characters(), max_size=60))
def test_any_text_makes_a_page_that_shows_it_and_has_no_more_elements(text):
    html, calm = made(every_block(f"题{text}"), BOTH[0]), made(every_block("题"), BOTH[0])
    assert [tag for tag, _ in Read(html).elements if tag != "span"] == [
        tag for tag, _ in Read(calm).elements if tag != "span"
    ]
    assert "".join(shown(text).split()) in "".join("".join(Text(html).texts).split())


def test_no_control_character_comes_out(tr):
    html = made(every_block(f"书{UNSEEN}籍"), tr)
    assert [character for character in html if character != "\n" and (not character.isprintable())] == []


def test_each_light_has_its_word_beside_its_colour(tr):
    html = made(every_block(), tr)
    assert f"■{tr('words.light.red')}" in "".join("".join(Text(html).texts).split())


def test_a_bar_says_what_it_shows():
    html = made(every_block(), translator("zh"))
    assert "<title>完成 20.0%，应达 50.0%</title>" in html
    assert made(every_block(), translator("zh")).count('class="bar') == 1


def test_the_chart_says_its_figures_to_those_who_cannot_see_it():
    html = made(every_block(), translator("zh"))
    assert re.search(r'<svg class="chart"[^>]* role="img" aria-labelledby="(\S+) (\S+)">', html)
    assert "到 2023-06-29：实际 60.0%，应达 50.0%。" in html


def test_the_figures_are_those_of_the_page(meeting_room, tr):
    page = reported(meeting_room, tr.language)
    found = rows_of(made(page, tr))
    for table in tables(page):
        expected = []
        for group in table.groups:
            expected += [[words(group.title, tr)]] if group.title is not None else []
            for index, row in enumerate(group.rows):
                expected.append([cell_text(value, tr) for value in row])
                notes = [words(note, tr) for at, note in group.notes if at == index]
                expected += [["".join(notes)]] if notes else []
        tight = [["".join(text.split()) for text in row] for row in expected]
        # A column that has nothing to say may be left out; all others stand in their order.
        empty = {
            index
            for index, column in enumerate(table.columns)
            if column.keep and all(cell_text(row[index], tr) in ("", "—") and not (isinstance(row[index], Bar) and row[index].value is not None) for group in table.groups for row in group.rows)
        }  # fmt: skip
        tight = [row if len(row) == 1 else [text for at, text in enumerate(row) if at not in empty] for row in tight]
        assert tight in [rows[1:] for rows in found], table.key


def test_a_wide_table_is_printed_on_its_side(meeting_room):
    html = made(reported(meeting_room, "zh"), translator("zh"))
    assert len(re.findall(r'<section id="[^"]+" class="wide">\n<h2>七、', html)) == 1
    assert html.count('class="wide"') == 1
    assert not re.search(r'class="wide"', made(reported(meeting_room, "zh", "week"), translator("zh")))


@needs_chromium
def test_nothing_is_wider_than_the_screen(meeting_room, tmp_path):
    pages = [
        (page_html(reported(meeting_room, tr.language), tr), width) for tr in BOTH for width in (390, 820, 940, 1280)
    ]
    for (_, width), page in zip(pages, seen(tmp_path, pages), strict=True):
        assert (page.width, page.out, page.borders) == (width, [], "collapse")


@needs_chromium
def test_a_word_that_fits_nowhere_scrolls_inside_its_part(tmp_path):
    long = page_html(every_block("Donaudampfschifffahrtsgesellschaft" * 4), translator("en"))
    assert [page.width for page in seen(tmp_path, [(long, 390), (long, 1280)])] == [390, 1280]


@needs_chromium
def test_a_browser_runs_nothing(tmp_path):
    hostile = page_html(every_block("".join(HOSTILE)), translator("zh"))
    calm = made(every_block(), translator("zh"))
    planted = calm.replace("</main>", "<script>document.title='ran'</script></main>")
    unguarded = re.sub(r"<meta http-equiv[^>]*>", "", planted)
    pages = [(page, 1280) for page in (hostile, planted.encode(), unguarded.encode())]
    assert [page.title for page in seen(tmp_path, pages)] == ["".join(HOSTILE), "编印书籍", "ran"]
