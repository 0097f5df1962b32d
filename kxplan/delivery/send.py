"""Sending: one conversation with the mail server per mail, each verb on its own and none without an end."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from kxplan.delivery.letters import Outcome, noted
from kxplan.delivery.line import BROKEN, Line, Server, UnwelcomeError, why_broken
from kxplan.delivery.secrets import without_secret
from kxplan.message import message
from kxplan.text import cleaned

QUIT_S = 5
_ANSWER_CHARS = 300


class Conversation:
    """A connection to the server that hands over one mail; leaving it says goodbye and expects nothing.

    What happens before the mail is named says something about the server, not about the mail.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line = Line(server)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(*BROKEN), self._line.within(QUIT_S):
            if kind is None and self._line.sock is not None:
                self._line.docmd("QUIT")
        self._line.close()

    def hand_over(self, sender: str, recipient: str, content: bytes) -> Outcome:
        """Hand over one mail and return what became of it. Raises nothing that a server can cause."""
        welcome = self.try_login()
        if welcome.state != "sent":
            return welcome
        try:
            self._name(sender, recipient)
            self._pour(content)
        except UnwelcomeError as error:
            return self._outcome(error)
        except BROKEN as error:
            return self._broken(error)
        return self._finish()

    def try_login(self) -> Outcome:
        """Go as far as the login, and return how it went; "sent" means that the server would take mail."""
        try:
            self._greet()
            if self._server.user is not None:
                self._log_in(self._server.user)
        except UnwelcomeError as error:
            return self._outcome(error)._replace(is_of_server=True)
        except BROKEN as error:
            return self._broken(error)._replace(is_of_server=True)
        return Outcome("sent", "", is_of_server=True)

    def _greet(self) -> None:
        _expect("connect", self._line.open(), 220)
        self._verb("EHLO", 250)
        if self._server.security == "starttls":
            if not self._line.has_extn("starttls"):
                raise UnwelcomeError("STARTTLS", 454, own=message("mail.why.no-starttls"))
            with self._line.within(self._server.timeout_s):
                try:
                    self._line.starttls(context=self._line.context)
                except smtplib.SMTPResponseException as error:
                    raise UnwelcomeError("STARTTLS", error.smtp_code, error.smtp_error) from error
            self._verb("EHLO", 250)

    def _log_in(self, user: str) -> None:
        # One mechanism, once: a wrong password tried in three ways counts as three at the server's door.
        password = self._server.password
        self._line.user, self._line.password = user, password.reveal() if password else ""
        ways: Mapping[str, Any] = {
            "PLAIN": self._line.auth_plain,
            "LOGIN": self._line.auth_login,
            "CRAM-MD5": self._line.auth_cram_md5,
        }
        offered = self._line.esmtp_features.get("auth", "").upper().split()
        way = next((name for name in ways if name in offered), None)
        if way is None:
            raise UnwelcomeError("AUTH", 504, own=message("mail.why.no-auth"))
        try:
            with self._line.within(self._server.timeout_s):
                self._line.auth(way, ways[way], initial_response_ok=way == "PLAIN")
        except smtplib.SMTPAuthenticationError as error:
            raise UnwelcomeError("AUTH", error.smtp_code, error.smtp_error) from None
        except ValueError:
            # Its cause would show the password: the library encodes logins as ASCII.
            raise UnwelcomeError("AUTH", 535, own=message("mail.why.login-encoding")) from None

    def _name(self, sender: str, recipient: str) -> None:
        self._verb(f"MAIL FROM:<{sender}>", 250)
        self._verb(f"RCPT TO:<{recipient}>", 250, 251, 252)
        self._verb("DATA", 354)

    def _pour(self, content: bytes) -> None:
        """Send everything but the final dot."""
        body = re.sub(rb"(?m)^\.", b"..", re.sub(rb"\r\n|\r|\n", b"\r\n", content))
        with self._line.within(self._server.timeout_s):
            self._line.send(body if body.endswith(b"\r\n") else body + b"\r\n")
            if self._line.has_spoken():
                # Nothing is owed before the dot: this is a refusal, or a line that was cut.
                _expect("DATA", self._line.getreply())

    def _finish(self) -> Outcome:
        """Send the final dot: from here on nobody but the server knows what happened, until it answers."""
        patience_s = 2 * self._server.timeout_s
        try:
            with self._line.within(patience_s):
                self._line.send(b".\r\n")
                code, text = self._line.getreply()
        except BROKEN as error:
            return Outcome("unknown", noted(why_broken(error, patience_s)))
        answer = self._said(".", code, text)
        match code // 100:
            case 2:
                return Outcome("sent", answer)
            case 4:
                return Outcome("retry", answer)
            case 5:
                return Outcome("failed", answer)
        return Outcome("unknown", answer)

    def _verb(self, line: str, *wanted: int) -> None:
        verb = line.partition(":")[0]
        with self._line.within(self._server.timeout_s):
            _expect(verb, self._line.ehlo() if verb == "EHLO" else self._line.docmd(line), *wanted)

    def _outcome(self, error: UnwelcomeError) -> Outcome:
        answer = noted(error.own) if error.own else self._said(error.verb, error.code, error.text)
        return Outcome("failed" if error.code // 100 == 5 else "retry", answer)

    def _broken(self, error: Exception) -> Outcome:
        return Outcome("retry", noted(why_broken(error, self._server.timeout_s)))

    def _said(self, verb: str, code: int, text: bytes | str) -> str:
        spoken = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
        # Cleaned first: what stands between the letters of a password must not hide it.
        answer = cleaned(f"{verb}: {code} {spoken}")
        return without_secret(answer, self._server.user, self._server.password)[:_ANSWER_CHARS]


def _expect(verb: str, answer: tuple[int, bytes | str], *wanted: int) -> None:
    code, text = answer
    if code not in wanted:
        raise UnwelcomeError(verb, code, text)
