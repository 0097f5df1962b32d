"""The settings of mail: addresses, secrets, and the check of `doctor`."""

import pytest
from mail_office import plan_text, settings_text
from mail_server import AUTHORITY, Server

from kxplan.delivery.addresses import parsed, recipients
from kxplan.delivery.secrets import CREDENTIAL, mail_password
from kxplan.errors.mail import BadAddressError, ExposedSecretError, UnusableSecretError
from kxplan.secret import Secret

HOSTILE = ["\r\nBcc: evil@example.org", "\nX: y", "\x00", "\x1b[31m", "\u202e", "\x85", "\u2028"]


@pytest.fixture
def office(run, tmp_path):
    def make(text, mode=0o600):
        assert run("init").code == 0
        path = tmp_path / "kxplan.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        (tmp_path / "plans" / "p.yaml").write_text(plan_text(), encoding="utf-8")
        return tmp_path

    return make


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("shape", ["a@example.org{}", "{}a@example.org", "A{} <a@example.org>", "a@example{}.org"])
def test_control_characters_in_an_address_are_refused(evil, shape):
    with pytest.raises(BadAddressError):
        parsed(shape.format(evil))


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@", "@b", "a@b@c", "a@example.org, b@example.org", "a@example.org b", "张@example.org", "a@例.org",
     "A <a@example.org> B", "<a@example.org", "a@example.org>", '"a b"@example.org', "a:b@example.org;", "a@[127.0.0.1]"],
)  # fmt: skip
def test_what_is_not_one_plain_address_is_refused(text):
    with pytest.raises(BadAddressError):
        parsed(text)


@pytest.mark.parametrize("text", ["a@example.org", "张三 <a.b+c@example.org>", '"Zhang, San" <a@example.org>'])
def test_an_address_is_taken_with_or_without_a_name(text):
    assert parsed(text).domain == "example.org"


def test_everybody_stands_once_with_all_their_departments():
    found = recipients(["A <a@example.org>"], {"x": ["b@example.org"], "y": ["B@Example.org", "a@example.org"]})
    assert [(one.key, one.leads) for one in found] == [("a@example.org", None), ("b@example.org", ("x", "y"))]


@pytest.mark.parametrize("evil", ["\\r\\nBcc: evil@example.org", "\\u0000", "\\u001b[2J", "\\u202e"])
@pytest.mark.parametrize("key", ["from", "to", "host", "user"])
def test_control_characters_in_the_settings_are_refused(run, office, key, evil):
    given = {"host": "localhost", "from": "a@example.org", "to": "b@example.org", "user": "u"}
    office("[mail]\n" + "".join(f'{name} = "{value}{evil if name == key else ""}"\n' for name, value in given.items()))
    refused = run("mail", "--dry-run")
    assert refused.code == 3
    assert f"mail.{key}" in refused.err


@pytest.mark.parametrize(
    "to", ["a@example.org\r\nBcc: b@example.org", "a@example.org\x00", "nobody", "a b@example.org"]
)
def test_a_bad_address_on_the_command_line_is_refused(run, office, to):
    with Server() as server:
        office(settings_text(server))
        assert run("mail", "--to", to).code == 2
        assert run("mail", "--to", to, "--dry-run").code == 2
    assert server.mailbox.tries == 0


@pytest.mark.parametrize("evil", ['"a\\r\\nBcc: x@example.org"', '"a\\u0000"', '"a\\u001b[2J"'])
@pytest.mark.parametrize("key", ["title", "org"])
def test_control_characters_never_reach_a_subject(run, office, key, evil):
    with Server() as server:
        folder = office(settings_text(server))
        text = plan_text(**{key: evil})
        (folder / "plans" / "p.yaml").write_text(text, encoding="utf-8")
        assert run("mail").code == 3
    assert server.mailbox.accepted == []


@pytest.mark.parametrize("host", ["a..b", "-a", "a b", "a;b", "x" * 70 + ".org", "a@b", "http://a"])
def test_a_host_is_a_name(run, office, host):
    office(f'[mail]\nhost = "{host}"\n')
    assert run("status").code == 3


def test_no_encryption_is_for_this_machine_only(run, office):
    with Server() as server:
        office(settings_text(server, host="mail.example.org"))
        refused = run("mail")
        assert (refused.code, "不加密" in refused.err) == (3, True)
    assert server.mailbox.tries == 0


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_settings_file_with_a_password_that_others_can_read_is_refused(run, office, mode):
    folder = office('[mail]\npassword = "geheim-Wort-7"\n', mode)
    refused = run("status")
    assert refused.code == 3
    assert "chmod 600" in refused.err
    assert "geheim" not in refused.err
    (folder / "kxplan.toml").chmod(0o600)
    assert run("status").code == 0


def test_a_password_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "secret"
    path.write_text("x\n")
    path.chmod(0o644)
    with pytest.raises(ExposedSecretError):
        mail_password({}, path, None)


@pytest.mark.parametrize("content", [b"", b"\n", b"a\nb\n", b"\xff\xfe", b"a\x00b"])
def test_a_password_file_holds_one_line(tmp_path, content):
    path = tmp_path / "secret"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(UnusableSecretError):
        mail_password({}, path, None)


def test_a_systemd_credential_comes_before_the_file_and_the_file_before_the_rest(tmp_path):
    (tmp_path / CREDENTIAL).write_text("one\n")
    path = tmp_path / "secret"
    path.write_text("two\n")
    path.chmod(0o600)
    environ = {"CREDENTIALS_DIRECTORY": str(tmp_path), "KXPLAN_MAIL_PASSWORD": "four"}
    assert mail_password(environ, path, Secret("three")) == Secret("one")
    environ.pop("CREDENTIALS_DIRECTORY")
    assert mail_password(environ, path, Secret("three")) == Secret("two")
    assert mail_password(environ, None, Secret("three")) == Secret("three")
    assert mail_password(environ, None, None) == Secret("four")
    assert mail_password({}, None, None) is None


def test_a_user_without_a_password_is_told_before_anything_is_sent(run, office):
    with Server(login=True) as server:
        office(settings_text(server, user="wang"))
        refused = run("mail")
        assert (refused.code, "password_file" in refused.err) == (3, True)
    assert server.mailbox.tries == 0


def test_doctor_logs_in_and_sends_nothing(run, office):
    with Server(tls="starttls", login=True) as server:
        office(settings_text(server, host="localhost", security="starttls", user="wang", ca_file=str(AUTHORITY)))
        well = run("doctor", "--json", KXPLAN_MAIL_PASSWORD="geheim-Wort-7").json["checks"]
        assert [check["level"] for check in well if check["check"] == "mail"] == ["fine"]
        ill = run("doctor", KXPLAN_MAIL_PASSWORD="falsch")
        assert ill.code == 7
        assert "没有成功" in ill.out
        assert "535" in ill.out
    assert server.mailbox.logins == 2
    assert server.mailbox.accepted == []


def test_doctor_names_a_department_that_leads_nothing(run, office):
    with Server() as server:
        office(settings_text(server, leads={"科普布": ["a@example.org"]}))
        ill = run("doctor")
    assert (ill.code, "科普布" in ill.out) == (7, True)


def test_doctor_reaches_for_no_server_where_no_mail_is_set(run, office):
    office("")
    checks = run("doctor", "--json").json["checks"]
    assert [check["level"] for check in checks if check["check"] == "mail"] == ["fine"]
