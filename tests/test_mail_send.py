"""Sending: each answer of a real server, and what becomes of the mail."""

import time

import pytest
from mail_server import AUTHORITY, Server

from kxplan.delivery import line
from kxplan.delivery.letters import answered
from kxplan.delivery.send import Conversation
from kxplan.secret import Secret

MAIL = b"Subject: x\r\n\r\nhello\r\n.dot\r\n"


def handed_over(server, *, user=None, password="geheim-Wort-7", timeout_s=5.0, security="none", content=MAIL, **others):
    """Hand a mail to `server`; return what became of it."""
    to = line.Server(
        others.get("host", "127.0.0.1"), server.port, security, user, Secret(password),
        others.get("ca_file", str(AUTHORITY)), timeout_s,
    )  # fmt: skip
    with Conversation(to) as talk:
        return talk.hand_over("from@example.org", "to@example.org", content)


def test_an_accepted_mail_is_sent_with_every_byte():
    with Server() as server:
        outcome = handed_over(server)
    assert (outcome.state, outcome.answer) == ("sent", ".: 250 2.0.0 queued as 42")
    assert server.mailbox.accepted == [("to@example.org", MAIL)]


@pytest.mark.parametrize("verb", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize("code", ["421", "450", "451", "452"])
def test_a_passing_refusal_is_tried_again(verb, code):
    with Server({verb: f"{code} 4.2.2 later"}) as server:
        outcome = handed_over(server)
    assert outcome.state == "retry"
    assert f"{code} 4.2.2 later" in outcome.answer
    assert outcome.is_of_server == (verb in ("connect", "EHLO"))


@pytest.mark.parametrize("verb", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize("code", ["550", "552", "554"])
def test_a_lasting_refusal_is_final(verb, code):
    with Server({verb: f"{code} 5.7.1 never"}) as server:
        outcome = handed_over(server)
    assert outcome.state == "failed"
    assert f"{code} 5.7.1 never" in outcome.answer


def test_an_answer_that_is_none_after_the_dot_leaves_the_mail_unknown():
    with Server({".": "333 what"}) as server:
        assert handed_over(server).state == "unknown"


@pytest.mark.parametrize("half", ["250", "250 2.0.0 queu"])
def test_half_an_answer_after_the_dot_leaves_the_mail_unknown(half):
    with Server({".": f"half {half}"}) as server:
        assert handed_over(server).state == "unknown"


def test_a_line_that_breaks_before_the_dot_is_tried_again():
    # More than the buffers between the two can hold.
    long = MAIL + (b"x" * 900 + b"\r\n") * 20_000
    with Server({"before-dot": "drop"}) as server:
        outcome = handed_over(server, content=long)
    assert outcome.state == "retry"
    assert answered(outcome.answer).id == "mail.why.hung-up"
    assert server.mailbox.accepted == []


@pytest.mark.parametrize(("answer", "state"), [("452 4.3.1 full", "retry"), ("552 5.3.4 too big", "failed")])
def test_an_answer_before_the_dot_counts_like_one_after_it(answer, state):
    with Server({"before-dot": answer}) as server:
        assert handed_over(server).state in (state, "unknown")


def test_a_line_that_breaks_after_the_dot_leaves_the_mail_unknown():
    with Server({".": "drop"}) as server:
        outcome = handed_over(server)
    assert outcome.state == "unknown"
    assert len(server.mailbox.accepted) == 1


def test_silence_after_the_dot_leaves_the_mail_unknown():
    # Long enough for what comes before it.
    with Server({".": "silence"}) as server:
        outcome = handed_over(server, timeout_s=1.5)
    assert (outcome.state, answered(outcome.answer).id) == ("unknown", "mail.why.timed-out")


@pytest.mark.parametrize("verb", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
def test_silence_before_the_dot_is_tried_again(verb):
    with Server({verb: "silence"}) as server:
        outcome = handed_over(server, timeout_s=0.4)
    assert (outcome.state, answered(outcome.answer).id) == ("retry", "mail.why.timed-out")


@pytest.mark.parametrize(("verb", "state"), [("EHLO", "retry"), ("RCPT", "retry"), (".", "unknown")])
def test_a_server_that_drips_a_byte_now_and_then_does_not_hold_us(verb, state):
    began = time.monotonic()
    with Server({verb: "drip"}) as server:
        outcome = handed_over(server, timeout_s=1.5)
        took = time.monotonic() - began
    assert outcome.state == state
    assert took < 10


@pytest.mark.parametrize("answer", ["drop", "500 what", "xyz", "drip"])
def test_the_answer_to_quit_does_not_matter(answer, monkeypatch):
    monkeypatch.setattr("kxplan.delivery.send.QUIT_S", 0.4)
    with Server({"QUIT": answer}) as server:
        assert handed_over(server).state == "sent"


def test_a_port_where_nobody_listens_is_tried_again():
    with Server() as server:
        pass
    outcome = handed_over(server)
    assert (outcome.state, answered(outcome.answer).id) == ("retry", "mail.why.refused")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_line_to_a_trusted_server_works(security):
    with Server(tls=security, login=True) as server:
        assert handed_over(server, security=security, host="localhost", user="wang").state == "sent"
    assert server.mailbox.logins == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_another_name_is_refused(security):
    with Server(tls=security, certificate="elsewhere", login=True) as server:
        outcome = handed_over(server, security=security, host="localhost", user="wang")
    assert (outcome.state, answered(outcome.answer).id) == ("retry", "mail.why.certificate")
    assert server.mailbox.logins == 0


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_is_refused(security):
    with Server(tls=security) as server:
        outcome = handed_over(server, security=security, host="localhost", ca_file=None)
    assert (outcome.state, answered(outcome.answer).id) == ("retry", "mail.why.certificate")


def test_a_server_without_starttls_gets_nothing_in_the_clear():
    with Server(login=True) as server:
        outcome = handed_over(server, security="starttls", user="wang")
    assert (outcome.state, answered(outcome.answer).id) == ("retry", "mail.why.no-starttls")
    assert (server.mailbox.logins, server.mailbox.accepted) == (0, [])


@pytest.mark.parametrize(("code", "state"), [("454", "retry"), ("501", "failed")])
def test_starttls_refused_ends_there(code, state):
    with Server({"STARTTLS": f"{code} no"}, tls="starttls", login=True) as server:
        assert handed_over(server, security="starttls", user="wang").state == state
    assert (server.mailbox.logins, server.mailbox.accepted) == (0, [])


def test_plain_text_where_tls_is_spoken_is_tried_again():
    with Server() as server:
        outcome = handed_over(server, security="tls", timeout_s=1)
    assert outcome.state == "retry"


def test_a_wrong_password_is_final_and_tried_once():
    with Server(login=True) as server:
        outcome = handed_over(server, user="wang", password="falsch")
    assert outcome.state == "failed"
    assert "535" in outcome.answer
    assert outcome.is_of_server
    assert server.mailbox.logins == 1


def test_a_login_that_is_not_possible_now_is_tried_again():
    with Server({"AUTH": "454 4.7.0 later"}, login=True) as server:
        assert handed_over(server, user="wang").state == "retry"


def test_a_server_without_login_is_final():
    with Server({"EHLO": "250 localhost"}) as server:
        outcome = handed_over(server, user="wang")
    assert (outcome.state, answered(outcome.answer).id) == ("failed", "mail.why.no-auth")


def test_a_password_that_the_login_cannot_carry_is_told_without_it():
    with Server(login=True) as server:
        outcome = handed_over(server, user="wang", password="密码")
    assert (outcome.state, answered(outcome.answer).id) == ("failed", "mail.why.login-encoding")


@pytest.mark.parametrize("echo", ["{arg}", "geheim-Wort-7", "geheim\x00-Wort\x1b-7", "Z2VoZWltLVdvcnQtNw=="])
def test_a_server_that_repeats_the_password_does_not_get_it_into_an_answer(echo):
    with Server({"AUTH": f"535 5.7.8 no: {echo}"}, login=True) as server:
        outcome = handed_over(server, user="wang")
    assert outcome.state == "failed"
    for form in ("geheim-Wort-7", "Z2VoZWltLVdvcnQtNw", "AHdhbmcAZ2VoZWltLVdvcnQtNw"):
        assert form not in outcome.answer
    assert "***" in outcome.answer


def test_answers_lose_what_could_act_on_a_terminal():
    with Server({"RCPT": "550 no \x1b]52;c;eA==\x07 \u202ethis"}) as server:
        outcome = handed_over(server)
    assert all(character.isprintable() for character in outcome.answer)


def test_a_secret_is_shown_by_nothing():
    server = line.Server("h", 25, "none", "wang", Secret("geheim-Wort-7"))
    assert "geheim" not in f"{server} {server!r} {server.password}"
