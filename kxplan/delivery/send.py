"""Sending: one conversation with the mail server per mail, each verb on its own and none without an end."""

from __future__ import annotations

import re
import select
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Timer
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from kxplan.delivery.letters import Outcome
from kxplan.delivery.secrets import without_secret
from kxplan.text import cleaned

CONNECT_S = 30
QUIT_S = 5
_ANSWER_CHARS = 300
_CONNECTION_BROKEN = (OSError, smtplib.SMTPException)


class Server(NamedTuple):
    """The mail server, and how one speaks to it."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str | None = None
    password: str | None = None
    ca_file: str | None = None
    """Authorities to trust instead of the system's."""
    timeout_s: int = 300
    """How long each answer may take as a whole; the last, after the whole mail, twice as long.

    Source: RFC 5321, section 4.5.3.2.
    """


class Conversation:
    """A connection to the server that hands over one mail; leaving it says goodbye and expects nothing.

    What happens before the mail is named says something about the server, not about the mail.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp = _Line(server)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(*_CONNECTION_BROKEN), self._smtp.within(QUIT_S):
            if kind is None and self._smtp.sock is not None:
                self._smtp.docmd("QUIT")
        self._smtp.close()

    def hand_over(self, sender: str, recipient: str, content: bytes) -> Outcome:
        """Hand over one mail and return what became of it. Raises nothing that a server can cause."""
        try:
            self._greet()
            if self._server.user is not None:
                self._log_in(self._server.user, self._server.password or "")
        except _UnwelcomeError as error:
            return self._outcome(error)._replace(is_of_server=True)
        except _CONNECTION_BROKEN as error:
            return Outcome("retry", self._clean(_why(error)), is_of_server=True)
        try:
            self._name(sender, recipient)
            self._pour(content)
        except _UnwelcomeError as error:
            return self._outcome(error)
        except _CONNECTION_BROKEN as error:
            return Outcome("retry", self._clean(_why(error)))
        return self._finish()

    def try_login(self) -> Outcome:
        """Go as far as the login, and return how it went; "sent" means that the server would take mail."""
        try:
            self._greet()
            if self._server.user is not None:
                self._log_in(self._server.user, self._server.password or "")
        except _UnwelcomeError as error:
            return self._outcome(error)
        except _CONNECTION_BROKEN as error:
            return Outcome("retry", self._clean(_why(error)))
        return Outcome("sent", "", is_of_server=True)

    def _greet(self) -> None:
        _expect("connect", self._smtp.open(), 220)
        self._verb("EHLO", 250)
        if self._server.security == "starttls":
            if not self._smtp.has_extn("starttls"):
                raise _UnwelcomeError("STARTTLS", 454, b"not offered by the server")
            with self._smtp.within(self._server.timeout_s):
                try:
                    self._smtp.starttls(context=self._smtp.context)
                except smtplib.SMTPResponseException as error:
                    raise _UnwelcomeError("STARTTLS", error.smtp_code, error.smtp_error) from error
            self._verb("EHLO", 250)

    def _log_in(self, user: str, password: str) -> None:
        # One mechanism, once: a wrong password tried in three ways counts as three at the server's door.
        offered = self._smtp.esmtp_features.get("auth", "").upper().split()
        self._smtp.user, self._smtp.password = user, password
        ways: dict[str, Any] = {
            "PLAIN": self._smtp.auth_plain,
            "LOGIN": self._smtp.auth_login,
            "CRAM-MD5": self._smtp.auth_cram_md5,
        }
        way = next((name for name in ways if name in offered), None)
        if way is None:
            raise _UnwelcomeError("AUTH", 504, b"no PLAIN, LOGIN or CRAM-MD5 offered by the server")
        try:
            with self._smtp.within(self._server.timeout_s):
                self._smtp.auth(way, ways[way], initial_response_ok=way == "PLAIN")
        except smtplib.SMTPAuthenticationError as error:
            raise _UnwelcomeError("AUTH", error.smtp_code, error.smtp_error) from error
        except (UnicodeEncodeError, ValueError) as error:
            raise _UnwelcomeError("AUTH", 535, b"the server's challenge or the password cannot be encoded") from error

    def _name(self, sender: str, recipient: str) -> None:
        self._verb(f"MAIL FROM:<{sender}>", 250)
        self._verb(f"RCPT TO:<{recipient}>", 250, 251, 252)
        self._verb("DATA", 354)

    def _pour(self, content: bytes) -> None:
        """Send everything but the final dot."""
        body = re.sub(rb"(?m)^\.", b"..", re.sub(rb"\r\n|\r|\n", b"\r\n", content))
        with self._smtp.within(self._server.timeout_s):
            self._smtp.send(body if body.endswith(b"\r\n") else body + b"\r\n")
            if self._smtp.has_spoken():
                # Nothing is owed before the dot: this is a refusal, or a line that was cut.
                _expect("DATA", self._smtp.getreply())

    def _finish(self) -> Outcome:
        """Send the final dot: from here on nobody but the server knows what happened, until it answers."""
        try:
            with self._smtp.within(2 * self._server.timeout_s):
                self._smtp.send(b".\r\n")
                code, text = self._smtp.getreply()
        except _CONNECTION_BROKEN as error:
            return Outcome("unknown", self._clean(_why(error)))
        answer = self._clean(_said(".", code, text))
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
        with self._smtp.within(self._server.timeout_s):
            _expect(verb, self._smtp.ehlo() if verb == "EHLO" else self._smtp.docmd(line), *wanted)

    def _outcome(self, error: _UnwelcomeError) -> Outcome:
        answer = self._clean(_said(error.verb, error.code, error.text))
        return Outcome("failed" if error.code // 100 == 5 else "retry", answer)

    def _clean(self, text: str) -> str:
        return cleaned(without_secret(text, self._server.password))[:_ANSWER_CHARS]


class _UnwelcomeError(Exception):
    """The server answered a verb with something else than wanted."""

    def __init__(self, verb: str, code: int, text: bytes | str) -> None:
        super().__init__(verb, code)
        self.verb, self.code, self.text = verb, code, text


class _Line(smtplib.SMTP):
    """The library's client, on a connection that is cut when its time is over.

    A time-out of the socket starts anew with each byte, so a server that drips one now and then
    would hold us for ever; a timer that shuts the connection down does not.
    """

    def __init__(self, server: Server) -> None:
        super().__init__(timeout=CONNECT_S)
        self._server = server
        self._host = server.host
        self._cord: socket.socket | None = None
        self._is_cut = False
        self.context: ssl.SSLContext | None = None

    def open(self) -> tuple[int, bytes]:
        """Connect, with TLS at once where so set, and return the server's greeting."""
        if self._server.security != "none":
            self.context = ssl.create_default_context(cafile=self._server.ca_file)
        connected = socket.create_connection(
            (self._server.host, self._server.port), min(CONNECT_S, self._server.timeout_s)
        )
        self.sock = connected
        self._cord = connected.dup()
        if self._server.security == "none" and not _is_loopback(connected.getpeername()[0]):
            raise _UnwelcomeError("connect", 554, b"without encryption only to this machine")
        self.local_hostname = _literal(connected.getsockname()[0])
        with self.within(self._server.timeout_s):
            if self._server.security == "tls" and self.context is not None:
                self.sock = self.context.wrap_socket(connected, server_hostname=self._server.host)
            return self.getreply()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Run the block; when it takes longer, the connection is cut and what it waits for ends."""
        timer = Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        if self.sock is not None:
            self.sock.settimeout(seconds)
        try:
            yield
        except _CONNECTION_BROKEN as error:
            if self._is_cut:
                raise TimeoutError(f"no answer within {seconds:g} s") from error
            raise
        finally:
            timer.cancel()

    def has_spoken(self) -> bool:
        """Tell whether the server said something, or hung up, that nobody asked for."""
        if self.sock is None:
            return True
        if not isinstance(self.sock, ssl.SSLSocket):
            return bool(select.select([self.sock], [], [], 0)[0])
        # With TLS a readable connection may hold only a session ticket: what counts is what it says.
        if self.file is None:
            self.file = self.sock.makefile("rb")
        self.sock.settimeout(0)
        try:
            self.file.peek(1)
        except ssl.SSLWantReadError:
            return False
        finally:
            self.sock.settimeout(self._server.timeout_s)
        return True

    def close(self) -> None:
        """Give the connection back."""
        super().close()
        if self._cord is not None:
            self._cord.close()
            self._cord = None

    def _cut(self) -> None:
        self._is_cut = True
        if self._cord is not None:
            with suppress(OSError):
                self._cord.shutdown(socket.SHUT_RDWR)


def _expect(verb: str, answer: tuple[int, bytes | str], *wanted: int) -> None:
    code, text = answer
    if code not in wanted:
        raise _UnwelcomeError(verb, code, text)


def _said(verb: str, code: int, text: bytes | str) -> str:
    spoken = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    return f"{verb}: {code} {spoken}"


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"certificate: {error.verify_message}"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _is_loopback(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_loopback


def _literal(address: str) -> str:
    """Return how a machine without a public name introduces itself. Source: RFC 5321, section 4.1.3."""
    bare = address.partition("%")[0]
    return f"[IPv6:{bare}]" if ":" in bare else f"[{bare}]"
