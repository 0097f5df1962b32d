"""A workspace made hostile by hand: every command ends with a sentence and an exit code of the contract."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing, suppress

import pytest

from kxplan.cli import COMMANDS
from kxplan.cli import run as run_program

PLAN = """
plan: p
title: 计划
period: 2023
breakdowns: {人群: [农民, 学生]}
defaults: {lead: 科普部, evidence: true}
sections:
  - id: s
    title: 板块
    goals:
      - {id: films, title: 放映电影, target: 200场, reporting: monthly}
      - {id: rate, title: 素质比例, target: {amount: 10%, kind: ratio}}
      - {id: congress, title: 代表大会, due: 2023-10-31, steps: [{id: prepare, title: 筹备}, {id: hold, title: 召开}]}
"""

WORDS = {
    "init": [[]],
    "demo": [["elsewhere"]],
    "check": [[], ["--json"]],
    "goals": [[], ["--silent"]],
    "log": [["films", "1", "-d", "2023-06-01", "--evidence", "photo.jpg", "--key", "k2", "--yes"]],
    "done": [["congress.hold"]],
    "fix": [["7", "5", "--reason", "错"], ["6", "--goal", "rate", "1/2", "--reason", "错"]],
    "void": [["6", "--reason", "错"], ["10", "--reason", "错"]],
    "undo": [[]],
    "history": [[], ["1"], ["films", "--known-by", "2023-06-30"], ["--json"]],
    "status": [
        [], ["--json"], ["--as-of", "2023-05-31", "--known-by", "2099-06-30"], ["--since", "例会"],
        ["--since", "2023-05-31"], ["--group", "人群"],
    ],
    "show": [["films"], ["films", "--known-by", "2099-06-30"]],
    "explain": [["films"]],
    "present": [[]],
    "mark": [[], ["另一次例会"]],
    "reason": [["films", "天气"]],
    "evidence add": [["1", "photo.jpg"]],
    "evidence verify": [[]],
    "evidence bundle": [["-o", "papers.zip"]],
    "draft": [["work.txt"]],
    "form": [["-o", "form.xlsx"]],
    "import": [["rows.csv", "--yes"]],
    "backup": [[], ["out.zip"]],
    "restore": [["good.zip"], ["kxplan.db"]],
    "doctor": [[], ["--json"], ["--rebuild"]],
    "schema": [[]],
    "report": [[], ["month", "-o", "report.html"]],
    "export": [["-o", "out.json"], ["-o", "out.csv"]],
    "mail": [["--status"], ["--dry-run"]],
    "schedule": [[]],
}  # fmt: skip
"""What each command is called with; one that is not listed is called without words."""

CODES = {0, 1, 2, 3, 4, 5, 6, 7, 75, 77}


def commands():
    """Yield every command of the program with its words."""
    for name, place in COMMANDS.items():
        names = [f"{name} {inner}" for inner in place] if isinstance(place, dict) else [name]
        for full in names:
            for words in WORDS.get(full, [[]]):
                yield [*full.split(), *words]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A workspace with something of everything in it; tests work on copies."""
    root = tmp_path_factory.mktemp("sound")
    (root / "photo.jpg").write_bytes(b"photo")
    (root / "work.txt").write_text("一、科普工作\n放映科普电影200场。\n", encoding="utf-8")
    (root / "rows.csv").write_text("任务,日期,数量\n放映电影,2023-06-02,7\n", encoding="utf-8")
    call = Caller(root)
    assert call("init")[0] == 0
    (root / "kxplan.toml").write_text('today = 2023-06-30\n[mail]\nuser = "u"\n', encoding="utf-8")
    (root / "plans" / "p.yaml").write_text(PLAN, encoding="utf-8")
    for words in (
        ["log", "films", "30", "人群=农民", "--evidence", "photo.jpg", "-d", "2023-05-04", "--key", "k"],
        ["log", "rate", "8/100", "-d", "2023-05-05"],
        ["mark", "例会"],
        ["log", "films", "4", "-n", "二", "-d", "2023-06-04"],
        ["fix", "1", "31", "--reason", "数错了"],
        ["reason", "films", "天气", "--measure", "补放", "--until", "2023-07-31"],
        ["done", "congress.prepare"],
        ["void", "9", "--reason", "记错"],
        ["backup", "good.zip"],
    ):
        assert call(*words)[0] == 0, words
    return root


class Caller:
    """The program in this process, in a folder; answers exit code, stdout and stderr."""

    def __init__(self, root):
        self.root = root

    def __call__(self, *words, **environ):
        with (
            (self.root.parent / "out").open("w+", newline="") as out,
            (self.root.parent / "err").open("w+", newline="") as err,
        ):
            kept, here = (sys.stdin, sys.stdout, sys.stderr), os.getcwd()
            with open(os.devnull) as nothing:
                sys.stdin, sys.stdout, sys.stderr = nothing, out, err
                os.chdir(self.root)
                try:
                    settings = {"KXPLAN_LANG": "zh", "KXPLAN_WHO": "小王", "PATH": os.environ["PATH"], **environ}
                    code = run_program(words, settings)
                finally:
                    sys.stdin, sys.stdout, sys.stderr = kept
                    os.chdir(here)
            out.seek(0)
            err.seek(0)
            return int(code), out.read(), err.read()


def by_hand(*statements):
    """Return what changes the database as somebody would who takes the triggers away first."""

    def change(root):
        with closing(sqlite3.connect(root / "kxplan.db", isolation_level=None)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                with suppress(sqlite3.IntegrityError):
                    connection.execute(statement)

    return change


def loosened(*statements):
    """Return what changes the database after the tables have lost their types and constraints."""

    def change(root):
        with closing(sqlite3.connect(root / "kxplan.db", isolation_level=None)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for table in ("entries", "sums", "corrected", "shares", "steps", "keys", "ledger"):
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                connection.execute("PRAGMA legacy_alter_table = ON")
                connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
                connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
                connection.execute(f"INSERT INTO {table} SELECT * FROM old_{table}")
                connection.execute(f"DROP TABLE old_{table}")
            for statement in statements:
                connection.execute(statement)

    return change


BOMB = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

DATABASES = {
    "amount changed": by_hand("UPDATE entries SET amount = amount + 1 WHERE number = 1"),
    "amount beyond every number": by_hand("UPDATE entries SET amount = 9223372036854775807"),
    "amount below every number": by_hand("UPDATE entries SET amount = -9223372036854775808"),
    "denominator 0": by_hand("UPDATE entries SET denominator = 0 WHERE denominator IS NOT NULL"),
    "day no day": by_hand("UPDATE entries SET day = 'yesterday'"),
    "day NULL": by_hand("UPDATE entries SET day = NULL"),
    "day of another age": by_hand("UPDATE entries SET day = '0001-01-01'"),
    "recorded_at no instant": by_hand("UPDATE entries SET recorded_at = 'then'"),
    "recorded_at naive": by_hand("UPDATE entries SET recorded_at = '2023-06-30T00:00:00'"),
    "data no JSON": by_hand("UPDATE entries SET data = '{'"),
    "data a list": by_hand("UPDATE entries SET data = '[1, 2]'"),
    "data a number": by_hand("UPDATE entries SET data = '7'"),
    "data of other kinds": by_hand(
        'UPDATE entries SET data = \'{"steps": 3, "breakdown": [1], "text": 4, "rows": 5, "accepted": [6], "name": 7, '
        '"size": "x", "until": 8, "measure": 9}\''
    ),
    "data nested deeply": by_hand(f"UPDATE entries SET data = '{'[' * 900}{']' * 900}'"),
    "data nested too deeply": by_hand(f"UPDATE entries SET data = '{'[' * 200000}'"),
    "rows of another shape": by_hand(
        'UPDATE entries SET data = \'{"text": "plan: p", "rows": [{}], "accepted": [{"goal": "films"}]}\' WHERE act = \'plan\''
    ),
    "plan text gone bad": by_hand('UPDATE entries SET data = \'{"text": "plan: ["}\' WHERE act = \'plan\''),
    "plan text no text": by_hand('UPDATE entries SET data = \'{"text": {"a": 1}}\', digest = \'x\' WHERE act = \'plan\''),
    "texts of control characters": by_hand("UPDATE entries SET note = char(27) || ']52;c;x' || char(7), who = char(0, 13, 8238)"),
    "goal NULL": by_hand("UPDATE entries SET goal = NULL, target = NULL"),
    "everything of no plan": by_hand("UPDATE entries SET plan = ''"),
    "huge text": by_hand("UPDATE entries SET note = replace(hex(zeroblob(3000000)), '0', '字') WHERE number = 1"),
    "entries removed": by_hand("DELETE FROM entries"),
    "entry removed": by_hand("DELETE FROM entries WHERE number = 1"),
    "number beyond": by_hand("UPDATE entries SET number = 9223372036854775807 WHERE number = 1"),
    "number below": by_hand("UPDATE entries SET number = -5 WHERE number = 1"),
    "place of another": by_hand("UPDATE entries SET place = 99"),
    "correcting itself": by_hand("UPDATE entries SET corrects = id, place = 1, act = 'fix'"),
    "about itself": by_hand("UPDATE entries SET about = id"),
    "acts exchanged": by_hand("UPDATE entries SET act = CASE act WHEN 'log' THEN 'void' WHEN 'plan' THEN 'log' ELSE 'fix' END"),
    "act unknown": by_hand("UPDATE entries SET act = 'magic'"),
    "hash gone": by_hand("UPDATE entries SET hash = ''"),
    "sums removed": by_hand("DELETE FROM sums"),
    "sums doubled": by_hand("UPDATE sums SET total = total * 2, entries = -1"),
    "sums of no day": by_hand("UPDATE sums SET day = 'x', newest_day = 'y'"),
    "sums beyond": by_hand("UPDATE sums SET total = 9223372036854775807, denominators = 9223372036854775807"),
    "newest without amount": by_hand("UPDATE sums SET newest_amount = NULL"),
    "corrected in a circle": by_hand("INSERT OR REPLACE INTO corrected VALUES (1, 4), (4, 1), (2, 2)"),
    "corrected by nobody": by_hand("INSERT OR REPLACE INTO corrected VALUES (2, 77777)"),
    "steps of no day": by_hand("UPDATE steps SET day = 'x'", "INSERT INTO steps VALUES ('p', 'congress', 'hold', 9, 'x')"),
    "keys of nothing": by_hand("UPDATE keys SET number = 99999, entries = -3"),
    "origin gone": by_hand("DELETE FROM ledger"),
    "origin empty": by_hand("UPDATE ledger SET value = ''"),
    "loose: amount text": loosened("UPDATE entries SET amount = 'viel' WHERE number = 1"),
    "loose: amount real": loosened("UPDATE entries SET amount = 1e300"),
    "loose: amount nan": loosened("UPDATE entries SET amount = 9e999"),
    "loose: amount blob": loosened("UPDATE entries SET amount = zeroblob(9), note = zeroblob(9), data = zeroblob(9)"),
    "loose: everything NULL": loosened(
        "UPDATE entries SET id = NULL, origin = NULL, act = NULL, plan = NULL, day = NULL, who = NULL, recorded_at = NULL, "
        "place = NULL, hash = NULL"
    ),
    "loose: number text": loosened("UPDATE entries SET number = 'eins' WHERE number = 1"),
    "loose: number NULL": loosened("UPDATE entries SET number = NULL WHERE number = 1"),
    "loose: numbers twice": loosened("INSERT INTO entries SELECT * FROM entries"),
    "loose: texts no text": loosened("UPDATE entries SET note = CAST(x'ff00fe' AS TEXT), who = CAST(x'80' AS TEXT), goal = CAST(x'c0' AS TEXT)"),
    "loose: who a number": loosened("UPDATE entries SET who = 7, note = 8, reason = 9, id = 10, digest = 11"),
    "loose: sums text": loosened("UPDATE sums SET total = 'x', entries = 'y', newest_amount = 'z'"),
    "loose: corrected text": loosened("UPDATE corrected SET number = 'x', corrected_by = 'y'"),
    "loose: origin blob": loosened("UPDATE ledger SET value = zeroblob(3)"),
    "entries gone": by_hand("DROP VIEW all_entries", "DROP TABLE entries"),
    "sums gone": by_hand("DROP TABLE sums"),
    "corrected gone": by_hand("DROP TABLE corrected"),
    "keys and steps gone": by_hand("DROP TABLE keys", "DROP TABLE steps"),
    "ledger gone": by_hand("DROP TABLE ledger"),
    "migrations gone": by_hand("DROP TABLE _sqlite_migrations"),
    "migrations empty": by_hand("DELETE FROM _sqlite_migrations"),
    "migrations of another shape": by_hand("DROP TABLE _sqlite_migrations", "CREATE TABLE _sqlite_migrations (x)"),
    "newer schema": by_hand(
        "INSERT INTO _sqlite_migrations SELECT * FROM (SELECT 99, 'ledger', '9999-later', '2099') WHERE 4 = (SELECT count(*) FROM pragma_table_info('_sqlite_migrations')) "
        "UNION ALL SELECT * FROM (SELECT 'ledger', '9999-later', '2099', NULL) WHERE 0"
    ),
    "another application": by_hand("PRAGMA application_id = 1"),
    "more tables": by_hand("CREATE TABLE notes (x)", "CREATE VIEW strange AS SELECT * FROM nowhere", "CREATE INDEX i ON entries (note)"),
    "views gone": by_hand(*(f"DROP VIEW {name}" for name in ("standing_entries", "all_entries", "totals_by_day", "marks"))),
    "entries a view": by_hand("ALTER TABLE entries RENAME TO kept", "CREATE VIEW entries AS SELECT * FROM kept"),
    "entries a view without an end": by_hand("ALTER TABLE entries RENAME TO kept", "CREATE VIEW entries AS SELECT * FROM entries"),
    "entries a bomb": by_hand("ALTER TABLE entries RENAME TO kept", f"CREATE VIEW entries AS SELECT kept.*, ({BOMB}) FROM kept"),
    "sums a bomb": by_hand("ALTER TABLE sums RENAME TO kept", f"CREATE VIEW sums AS SELECT kept.*, ({BOMB}) FROM kept"),
    "a trigger that works for hours": by_hand(f"CREATE TRIGGER bomb BEFORE INSERT ON entries BEGIN {BOMB}; END"),
    "a trigger that swallows": by_hand("CREATE TRIGGER hole BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END"),
    "a trigger that refuses": by_hand("CREATE TRIGGER no BEFORE INSERT ON entries BEGIN SELECT RAISE(FAIL, 'no'); END"),
    "a trigger that takes away": by_hand("CREATE TRIGGER away AFTER INSERT ON entries BEGIN DELETE FROM entries WHERE number = new.number; END"),
    "a trigger on the sums": by_hand("CREATE TRIGGER more AFTER UPDATE ON sums BEGIN UPDATE sums SET total = total + 1; END"),
    "WAL": by_hand("PRAGMA journal_mode = WAL"),
    "another encoding": lambda root: _rewritten(root, "PRAGMA encoding = 'UTF-16'"),
    "a version of the file format": lambda root: _patched(root, 18, b"\x09\x09"),
    "schema text damaged": by_hand("PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = 'CREATE nonsense' WHERE name = 'entries'"),
}  # fmt: skip


def _rewritten(root, *pragmas):
    path = root / "kxplan.db"
    with closing(sqlite3.connect(path)) as connection:
        script = "\n".join(connection.iterdump())
    path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in pragmas:
            connection.execute(pragma)
        connection.execute(f"PRAGMA application_id = {0x6B78706C}")
        connection.executescript(script)


def _patched(root, place, content):
    whole = bytearray((root / "kxplan.db").read_bytes())
    whole[place : place + len(content)] = content
    (root / "kxplan.db").write_bytes(whole)


def _removed(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def instead(name, put):
    """Return what puts something else in the place of a part of the workspace."""

    def change(root):
        _removed(root / name)
        put(root / name)

    return change


def written(name, content):
    return instead(name, lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode()))


def folder(path):
    (path / "inside").mkdir(parents=True)


FOLDERS = {
    "database gone": instead("kxplan.db", lambda path: None),
    "database empty": written("kxplan.db", b""),
    "database of text": written("kxplan.db", "这不是数据库" * 999),
    "database a folder": instead("kxplan.db", folder),
    "database a pipe": instead("kxplan.db", os.mkfifo),
    "database a broken link": instead("kxplan.db", lambda path: path.symlink_to("nowhere.db")),
    "database a link in a circle": instead("kxplan.db", lambda path: path.symlink_to(path)),
    "database a device": instead("kxplan.db", lambda path: path.symlink_to("/dev/zero")),
    "journal of nonsense": lambda root: (root / "kxplan.db-journal").write_bytes(b"x" * 5000),
    "journal a folder": lambda root: (root / "kxplan.db-journal" / "x").mkdir(parents=True),
    "wal of nonsense": lambda root: (root / "kxplan.db-wal").write_bytes(b"x" * 5000),
    "settings gone": instead("kxplan.toml", lambda path: None),
    "settings empty": written("kxplan.toml", b""),
    "settings of text": written("kxplan.toml", "today = 昨天"),
    "settings not UTF-8": written("kxplan.toml", "who = '王'".encode("gbk")),
    "settings of wrong kinds": written("kxplan.toml", "today = 7\nwho = [1]\nbackup = 3\nmail = 'x'"),
    "settings with a mark": written("kxplan.toml", b"\xef\xbb\xbftoday = 2023-06-30\n"),
    "settings of NUL": written("kxplan.toml", b"\0\0\0"),
    "settings of escapes": written("kxplan.toml", 'who = "\\u001b]52;c;x\\u0007"\n'),
    "settings nested": written("kxplan.toml", "x = " + "[" * 5000),
    "settings a folder": instead("kxplan.toml", folder),
    "settings a pipe": instead("kxplan.toml", os.mkfifo),
    "settings: year 1": written("kxplan.toml", "today = 0001-01-01\n"),
    "settings: year 9999": written("kxplan.toml", "today = 9999-12-31\n"),
    "settings: no such plan": written("kxplan.toml", 'today = 2023-06-30\ndefault_plan = "x"\n'),
    "settings: no such zone": written("kxplan.toml", 'timezone = "Mars/Olympus"\n'),
    "settings: zone a path": written("kxplan.toml", 'timezone = "../../etc/passwd"\n'),
    "settings: backups into a file": written("kxplan.toml", 'today = 2023-06-30\n[backup]\nfolder = "photo.jpg"\n'),
    "settings: backups nowhere": written("kxplan.toml", 'today = 2023-06-30\n[backup]\nfolder = "/proc/nowhere/at/all"\n'),
    "settings: backups of a stranger": written("kxplan.toml", 'today = 2023-06-30\n[backup]\nfolder = "~nobody-here/x"\n'),
    "settings: keeping no backup": written("kxplan.toml", "today = 2023-06-30\n[backup]\ndaily = 0\nweekly = 0\nmonthly = 0\n"),
    "plans gone": instead("plans", lambda path: None),
    "plans a file": written("plans", "plan: p"),
    "plans a broken link": instead("plans", lambda path: path.symlink_to("nowhere")),
    "plans a link in a circle": instead("plans", lambda path: path.symlink_to(path)),
    "plan a folder": instead("plans/p.yaml", folder),
    "plan a pipe": instead("plans/p.yaml", os.mkfifo),
    "plan a broken link": instead("plans/p.yaml", lambda path: path.symlink_to("nowhere")),
    "plan a device": instead("plans/p.yaml", lambda path: path.symlink_to("/dev/zero")),
    "plan empty": written("plans/p.yaml", b""),
    "plan not UTF-8": written("plans/p.yaml", PLAN.encode("gbk")),
    "plan of another year": written("plans/p.yaml", PLAN.replace("2023", "2031")),
    "plan with other kinds": written(
        "plans/p.yaml",
        PLAN.replace("target: 200场, reporting: monthly", "due: 2023-10-31").replace("steps: [{id: prepare, title: 筹备}, {id: hold, title: 召开}]", "evidence: false"),
    ),
    "plan with other kinds again": written(
        "plans/p.yaml",
        PLAN.replace("target: 200场", "target: {amount: 200, kind: ratio}").replace("{amount: 10%, kind: ratio}", "{amount: 5, kind: latest, baseline: 9, direction: down}"),
    ),
    "plan without its goals": written("plans/p.yaml", PLAN.replace("id: films", "id: movies").replace("id: congress", "id: meeting")),
    "plan file named with an escape": lambda root: (root / "plans" / "x\x1b]0;y\x07.yaml").write_text("plan: ["),
    "plan file named not in UTF-8": lambda root: open(os.fsencode(root / "plans") + b"/\xff\xfe.yaml", "w").close(),
    "plan file twice": lambda root: (root / "plans" / "twin.yaml").write_text(PLAN, encoding="utf-8"),
    "evidence gone": instead("evidence", lambda path: None),
    "evidence a file": written("evidence", b"x"),
    "evidence a link out": instead("evidence", lambda path: path.symlink_to("/etc")),
    "evidence a broken link": instead("evidence", lambda path: path.symlink_to("nowhere")),
    "evidence a link in a circle": instead("evidence", lambda path: path.symlink_to(path)),
    "evidence a pipe": instead("evidence", os.mkfifo),
    "evidence of folders": lambda root: [(_removed(path), folder(path)) for path in list((root / "evidence").iterdir())],
    "evidence of pipes": lambda root: [(_removed(path), os.mkfifo(path)) for path in list((root / "evidence").iterdir())],
    "evidence of links": lambda root: [(_removed(path), path.symlink_to("/etc/passwd")) for path in list((root / "evidence").iterdir())],
    "evidence of devices": lambda root: [(_removed(path), path.symlink_to("/dev/zero")) for path in list((root / "evidence").iterdir())],
    "evidence changed": lambda root: [path.write_bytes(b"other") for path in (root / "evidence").iterdir()],
    "evidence of strange names": lambda root: [(root / "evidence" / name).write_bytes(b"x") for name in ("\x1b[31m", "a\nb", ".hidden", "\u202egpj")],
    "evidence named not in UTF-8": lambda root: open(os.fsencode(root / "evidence") + b"/\xff\xfe", "w").close(),
    "cache gone": instead(".cache", lambda path: None),
    "cache a file": written(".cache", b"x"),
    "cache a broken link": instead(".cache", lambda path: path.symlink_to("nowhere")),
    "cache poisoned": lambda root: [path.write_bytes(b'{"sha256":"' + b"0" * 64 + b'","plan":[]}') for path in (root / ".cache").iterdir()],
    "cache of folders": lambda root: [(_removed(path), folder(path)) for path in list((root / ".cache").iterdir())],
    "cache of pipes": lambda root: [(_removed(path), os.mkfifo(path)) for path in list((root / ".cache").iterdir())],
    "cache of devices": lambda root: [(_removed(path), path.symlink_to("/dev/zero")) for path in list((root / ".cache").iterdir())],
    "backups gone": instead("backups", lambda path: None),
    "backups a file": written("backups", b"x"),
    "backups a broken link": instead("backups", lambda path: path.symlink_to("nowhere")),
    "backups of strange names": lambda root: [(root / "backups" / name).write_bytes(b"x") for name in ("kxplan-2023-99-99-000000.zip", "kxplan-2023-01-01-000000.zip", "\x1b.zip")],
    "a backup that is a folder": lambda root: folder(root / "backups" / "kxplan-2023-01-01-000000.zip"),
}  # fmt: skip


HARMS = {**DATABASES, **FOLDERS}
ALWAYS = (["check"], ["doctor"], ["status"])


@pytest.mark.parametrize("name", HARMS)
def test_every_command_ends_with_a_sentence(sound, tmp_path, name, is_long):
    original = tmp_path / "original"
    shutil.copytree(sound, original)
    HARMS[name](original)
    for number, words in enumerate(commands()):
        # In the short form each harm meets some of the commands, and each command some of the harms.
        if not is_long and words not in ALWAYS and (number + len(name) * 7) % 16:
            continue
        root = tmp_path / str(number) / "w"
        shutil.copytree(original, root, symlinks=True, copy_function=_copied)
        code, out, err = Caller(root)(*words)
        assert code in CODES, (words, code)
        assert code == 0 or err or out, (words, code)
        assert not any(character < " " and character != "\n" for character in out + err), (words, out, err)
        shutil.rmtree(root.parent, ignore_errors=True)


def _copied(source, target, **_):
    if os.path.isfile(source) or os.path.islink(source):
        return shutil.copy2(source, target, follow_symlinks=False)
    os.mkfifo(target)
    return target
