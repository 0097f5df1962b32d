"""The mail under fire: many senders at once, kill -9 while sending, and a password that must show nowhere."""

import base64
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from mail_office import change, outbox, plan_text, settings_text
from mail_server import Server
from office import environment

PASSWORD = "geheim-Wort-7"
FORMS = [
    PASSWORD.encode(),
    base64.b64encode(PASSWORD.encode()).rstrip(b"="),
    base64.b64encode(f"\0wang\0{PASSWORD}".encode()).rstrip(b"="),
    PASSWORD.encode("utf-16-le"),
]


class MailOffice:
    """A workspace whose mails are sent by processes of their own."""

    def __init__(self, folder, server, **mail):
        self.folder, self.server, self.mail = folder, server, mail
        folder.mkdir()
        assert self.run("init").returncode == 0
        (folder / "plans" / "p.yaml").write_text(plan_text(), encoding="utf-8")
        self.read_by("leader@example.org")

    def read_by(self, *readers):
        (self.folder / "kxplan.toml").write_text(settings_text(self.server, to=readers, **self.mail), encoding="utf-8")

    def start(self, *args, prefix=(), **environ):
        return subprocess.Popen(
            [sys.executable, *prefix, "-m", "kxplan", *map(str, args)], cwd=self.folder,
            env=environment() | environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *args, **environ):
        with self.start(*args, **environ) as process:
            out, err = process.communicate(timeout=120)
        assert b"Traceback" not in err, err.decode()
        return subprocess.CompletedProcess(args, process.returncode, out, err)

    def require_honest(self, readers):
        """Nobody got a mail twice, and what did not certainly arrive is told."""
        got = Counter(to for to, _ in self.server.mailbox.accepted)
        states = dict(outbox(self.folder, "recipient, state"))
        for reader in readers:
            assert got[reader] <= 1, reader
            match states[reader]:
                case "sent":
                    assert got[reader] == 1, reader
                case "unknown":
                    pass
                case state:
                    raise AssertionError((reader, state))
        return Counter(states[reader] for reader in readers)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "office"


def test_eight_senders_at_once_send_each_mail_once(folder, is_long):
    readers = [f"r{n}@example.org" for n in range(3)]
    with Server(delay_s=0.005) as server:
        office = MailOffice(folder, server)
        for round in range(25 if is_long else 2):
            office.read_by(*(f"{round}-{reader}" for reader in readers))
            processes = [office.start("mail", "week") for _ in range(8)]
            ends = [(*process.communicate(timeout=120), process.returncode) for process in processes]
            # On a busy machine one may wait 30 s in vain: then another has sent, or will.
            assert {0} <= {code for *_, code in ends} <= {0, 5}, ends
            told = b"".join(out for out, *_ in ends).decode()
            assert told.count("已发出") == 3
            assert office.require_honest([f"{round}-{reader}" for reader in readers]) == {"sent": 3}
    assert set(Counter(to for to, _ in server.mailbox.accepted).values()) == {1}


class Nursery:
    """Children that run one command each; see `nursery.py`."""

    def __init__(self, office):
        self.said = office.folder.with_suffix(".said")
        self.mailbox = office.server.mailbox
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nursery", str(self.said)], cwd=office.folder, env=environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.communicate()

    def run(self, *args, strike=None):
        """Run a command to its end, or let `strike` end its process; return its exit code, None where it was killed."""
        self._process.stdin.write(json.dumps(args) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        if strike:
            strike(pid)
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        return None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)

    def kill_within(self, delay_s):
        """Return a strike: kill -9 so long after the first connection."""
        tries = self.mailbox.tries

        def strike(pid):
            for _ in range(20_000):
                if self.mailbox.tries > tries:
                    break
                time.sleep(0.001)
            time.sleep(delay_s)
            os.kill(pid, signal.SIGKILL)

        return strike


def test_a_sender_killed_at_any_moment_sends_nothing_twice_and_loses_nothing_in_silence(folder, is_long):
    offices, kills = (4, 125) if is_long else (1, 12)
    folder.mkdir()
    with ThreadPoolExecutor(offices) as pool:
        struck = list(pool.map(lambda n: under_fire(folder / str(n), kills, random.Random(n)), range(offices)))
    states = sum((counts for counts, _ in struck), Counter())
    accepted = sum(mails for _, mails in struck)
    print(f"\n{offices * kills} kills: {dict(states)}; accepted by the server {accepted}, none twice")


def under_fire(folder, kills, chance):
    """Mail again and again, each time killed, until `kills` were struck; return the final states and what arrived."""
    killed, total = 0, Counter()
    with Server(delay_s=0.004) as server:
        office = MailOffice(folder, server)
        with Nursery(office) as nursery:
            for round in range(3 * kills):
                readers = [f"{round}-{n}@example.org" for n in range(chance.choice((1, 2, 3)))]
                office.read_by(*readers)
                killed += (
                    nursery.run("mail", strike=nursery.kill_within(chance.uniform(0, 0.06 * len(readers)))) is None
                )
                code = nursery.run("mail")
                states = office.require_honest(readers)
                total += states
                # What may have been lost is told by every run until a person has seen to it.
                assert code == (1 if total["unknown"] else 0), nursery.said.read_text()
                if states["unknown"]:
                    assert nursery.run("mail", "--status") == 1
                    assert "不明" in nursery.said.read_text()
                if killed == kills:
                    return total, len(server.mailbox.accepted)
    raise AssertionError((killed, kills))


def test_the_password_shows_nowhere(folder, tmp_path):
    said = []
    with Server(login=True, delay_s=0.05) as server:
        office = MailOffice(folder, server, user="wang", password_file="secret")
        secret = folder / "secret"
        secret.write_text(PASSWORD + "\n", encoding="utf-8")
        secret.chmod(0o600)
        process = office.start("mail", "week")
        lines = set()
        while process.poll() is None:
            lines.add(command_line(process.pid))
        said += [*process.communicate(), *lines]
        assert process.returncode == 0
        for answer in (f"535 you said {PASSWORD}", "535 you said {arg}", "454 {arg}", "drop"):
            server.mailbox.answers["AUTH"] = answer
            change(folder, "UPDATE outbox SET state = 'queued', next_at = NULL")
            for args in (["mail"], ["doctor"], ["mail", "--status"], ["mail", "--status", "--json"]):
                ran = office.run(*args)
                said += [ran.stdout, ran.stderr]

        del server.mailbox.answers["AUTH"]
        for args in (["mail", "--resend", "--to", "leader@example.org"], ["mail", "--dry-run"], ["mail", "--out", "p"],
                     ["schedule"], ["backup"], ["status"], ["check"]):  # fmt: skip
            ran = office.run(*args)
            said += [ran.stdout, ran.stderr]
        said += crashed(office)
    assert len(server.mailbox.accepted) >= 2
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path != secret}
    for path in folder.glob("backups/*.zip"):
        with zipfile.ZipFile(path) as archive:
            files |= {f"{path}/{name}": archive.read(name) for name in archive.namelist()}
    assert any(str(name).endswith(".zip/kxplan.db") for name in files)
    assert any(str(name).endswith(".eml") for name in files)
    hits = [(form, name) for name, content in files.items() for form in FORMS if form in content]
    hits += [(form, text) for text in said for form in FORMS if form in text]
    assert hits == []


CRASH = """
import sys
from kxplan.delivery import line
class Broken(line.Line):
    def auth_plain(self, challenge=None):
        super().auth_plain(challenge)
        raise RuntimeError("a fault of the program")
import kxplan.delivery.send as send
send.Line = Broken
sys.argv = ["kxplan", "mail", "--resend"]
from kxplan.__main__ import main
main()
"""


def crashed(office):
    """What is said where the program itself is at fault in the middle of the login."""
    change(office.folder, "UPDATE outbox SET state = 'failed'")
    ran = subprocess.run(
        [sys.executable, "-X", "dev", "-c", CRASH],
        cwd=office.folder,
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert b"RuntimeError" in ran.stderr
    return [ran.stdout, ran.stderr]


def command_line(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""
