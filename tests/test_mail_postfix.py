"""A mail server as offices run it: Debian's Postfix, with TLS, on a port of this machine."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from mail_office import opened, outbox, plan_text, settings_text
from mail_server import AUTHORITY, CERTIFICATES

pytestmark = [
    pytest.mark.skipif(shutil.which("postfix") is None, reason="postfix is missing"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="postfix is started by root only"),
]
_TENTHS = 600
"""How many tenths of a second a busy machine may take."""

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.pem
smtpd_tls_security_level = encrypt
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = static:box/
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_recipient_restrictions = check_recipient_access inline:{{
 {{never@example.org = 550 5.1.1 no such user}}, {{later@example.org = 451 4.7.1 come back later}}}}, permit_mynetworks
"""
MASTER = """
127.0.0.1:{starttls} inet n - n - - smtpd
127.0.0.1:{tls} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """A running instance with a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.starttls, self.tls = free_port(), free_port()

    def start(self):
        owner = pwd.getpwnam("postfix")
        for name in ("config", "queue", "data", "log", "boxes"):
            (self.folder / name).mkdir()
        for name in ("data", "boxes"):
            os.chown(self.folder / name, owner.pw_uid, owner.pw_gid)
        shutil.copy(CERTIFICATES / "localhost.pem", self.folder / "server.pem")
        values = {"folder": self.folder, "uid": owner.pw_uid, "gid": owner.pw_gid, "starttls": self.starttls}
        (self.folder / "config" / "main.cf").write_text(MAIN.format(**values))
        (self.folder / "config" / "master.cf").write_text(MASTER.format(**values, tls=self.tls))
        self._run("start")
        for _ in range(_TENTHS):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.starttls)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError((self.folder / "log" / "mail.log").read_text())

    def stop(self):
        self._run("stop")

    def delivered(self, n):
        """The bytes of `n` delivered mails, once they are there."""
        for _ in range(_TENTHS):
            found = sorted((self.folder / "boxes").glob("box/new/*"))
            if len(found) >= n:
                return [path.read_bytes() for path in found]
            time.sleep(0.1)
        raise TimeoutError((self.folder / "log" / "mail.log").read_text())

    def _run(self, verb):
        subprocess.run(
            ["postfix", "-c", str(self.folder / "config"), verb], check=True, capture_output=True, timeout=60
        )  # fmt: skip


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def postfix():
    # Its daemons are other users, who do not get into the folders of pytest.
    with tempfile.TemporaryDirectory(prefix="kxplan-postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        server = Postfix(folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def office(run, tmp_path):
    def make(port, **mail):
        assert run("init").code == 0
        settings = settings_text(type("Port", (), {"port": port}), host="localhost", ca_file=str(AUTHORITY), **mail)
        (tmp_path / "kxplan.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "plans" / "p.yaml").write_text(plan_text(), encoding="utf-8")
        return tmp_path

    return make


def test_postfix_takes_the_mail_over_starttls_and_delivers_it_as_it_was_frozen(run, office, postfix):
    before = len(list((postfix.folder / "boxes").glob("box/new/*")))
    folder = office(postfix.starttls, security="starttls")
    ran = run("mail")
    assert (ran.code, ran.err) == (0, "")
    delivered = postfix.delivered(before + 1)
    (frozen,) = outbox(folder, "content")
    wanted = opened(frozen)
    (arrived,) = [mail for mail in map(opened, delivered) if mail["Message-ID"] == wanted["Message-ID"]]
    assert arrived["Subject"] == wanted["Subject"]
    assert arrived.get_body(("plain",)).get_content() == wanted.get_body(("plain",)).get_content()
    assert arrived.get_body(("html",)).get_content() == wanted.get_body(("html",)).get_content()


def test_postfix_takes_the_mail_over_tls(run, office, postfix):
    folder = office(postfix.tls, security="tls")
    assert run("mail").code == 0
    assert outbox(folder) == ["sent"]


def test_postfix_gets_nothing_in_the_clear(run, office, postfix):
    folder = office(postfix.starttls, security="none")
    ran = run("mail")
    assert ran.code == 77  # it wants STARTTLS first: 530
    assert "530" in ran.err
    assert outbox(folder) == ["failed"]


def test_postfix_refuses_one_reader_puts_off_another_and_takes_the_third(run, office, postfix):
    readers = ["never@example.org", "later@example.org", "taken@example.org"]
    folder = office(postfix.starttls, security="starttls", to=readers)
    ran = run("mail")
    assert ran.code == 77
    assert "550 5.1.1" in ran.err
    assert "451 4.7.1" in ran.err
    assert outbox(folder) == ["failed", "retry", "sent"]


def test_doctor_finds_postfix_well(run, office, postfix):
    office(postfix.starttls, security="starttls")
    checks = run("doctor", "--json").json["checks"]
    assert [check["level"] for check in checks if check["check"] == "mail"] == ["fine"]
