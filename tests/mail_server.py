"""A real mail server on this machine, which answers, stalls or hangs up as a test tells it."""

import asyncio
import ssl
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

CERTIFICATES = Path(__file__).parent / "data" / "mail"
AUTHORITY = CERTIFICATES / "ca.pem"


class Mailbox:
    """What a server accepted, and how it is to answer.

    `answers` maps a verb (`connect`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `.`, `QUIT`) to what it
    says instead of yes, or to one of: `drop` (hangs up), `silence`, `drip` (a byte now and then),
    `half ANSWER` (hangs up in the middle of its line).
    `before-dot` in `answers` is what happens in the middle of a mail.
    """

    def __init__(self, answers=None, delay_s=0):
        self.answers = dict(answers or {})
        self.delay_s = delay_s
        """How long each verb takes."""
        self.accepted = []
        """Recipient and bytes of each mail whose final dot was answered or swallowed."""
        self.logins = 0
        self.tries = 0
        """How many conversations began."""
        self.transports = []

    def mails_to(self, recipient):
        return [content for to, content in self.accepted if to == recipient]

    async def handle_MAIL(self, server, session, envelope, address, options):
        said = await self.said(server, "MAIL")
        if said is None:
            envelope.mail_from = address
        return said or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = await self.said(server, f"RCPT {address}", "RCPT")
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers.get(".") in (None, "drop", "silence") or str(self.answers["."]).startswith("2"):
            self.accepted += [(to, envelope.content) for to in envelope.rcpt_tos]
        return await self.said(server, ".") or "250 2.0.0 queued as 42"

    def authenticate(self, server, session, envelope, mechanism, data):
        self.logins += 1
        wanted = (data.login, data.password) == (b"wang", b"geheim-Wort-7")
        return AuthResult(success=wanted, handled=False)

    async def said(self, server, *verbs):
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        answer = next((self.answers[verb] for verb in verbs if verb in self.answers), None)
        match answer:
            case str() if answer.startswith("half "):
                server.transport.write(answer.removeprefix("half ").encode())
                server.transport.close()
                return "421 gone"
            case "drop":
                server.transport.abort()
                return "421 gone"
            case "silence":
                await asyncio.sleep(3600)
            case "drip":
                for _ in range(36000):
                    server.transport.write(b"2")
                    await asyncio.sleep(0.1)
        return answer


class Smtp(SMTP):
    """The server's side of a conversation."""

    def __init__(self, mailbox, **options):
        super().__init__(mailbox, **options)
        self.mailbox = mailbox

    def connection_made(self, transport):
        self.mailbox.transports.append(transport)
        super().connection_made(transport)

    async def _handle_client(self):
        self.mailbox.tries += 1
        if "connect" in self.mailbox.answers:
            said = await self.mailbox.said(self, "connect")
            self.transport.write(f"{said}\r\n".encode())
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        said = await self.mailbox.said(self, "EHLO")
        await (self.push(said) if said else super().smtp_EHLO(hostname))

    async def smtp_STARTTLS(self, arg):
        said = await self.mailbox.said(self, "STARTTLS")
        await (self.push(said) if said else super().smtp_STARTTLS(arg))

    async def smtp_AUTH(self, arg):
        said = await self.mailbox.said(self, "AUTH")
        # What a bad server does: it tells everybody what it was told.
        await (self.push(said.replace("{arg}", arg)) if said else super().smtp_AUTH(arg))

    async def smtp_DATA(self, arg):
        said = await self.mailbox.said(self, "DATA")
        if said:
            await self.push(said)
            return
        if "before-dot" in self.mailbox.answers:
            await self.push("354 go on")
            await self._reader.readline()
            said = await self.mailbox.said(self, "before-dot")
            if said and self.transport is not None:
                await self.push(said)
                self.transport.close()
            return
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        said = await self.mailbox.said(self, "QUIT")
        if said:
            await self.push(said)
            self.transport.close()
            return
        await super().smtp_QUIT(arg)


class Server(Controller):
    """A server with a mailbox behind it, on a port of its own; a context."""

    def __init__(self, answers=None, *, certificate="localhost", tls=None, login=False, delay_s=0):
        self.mailbox = Mailbox(answers, delay_s)
        self.context = None
        if certificate is not None:
            self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            self.context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        self.login = login
        super().__init__(self.mailbox, hostname="127.0.0.1", port=0, ssl_context=self.context if tls == "tls" else None)
        self.offers_starttls = tls == "starttls"

    def factory(self):
        return Smtp(
            self.mailbox,
            loop=self.loop,
            tls_context=self.context if self.offers_starttls else None,
            require_starttls=False,
            authenticator=self.mailbox.authenticate if self.login else None,
            auth_require_tls=False,
            data_size_limit=None,
        )

    def _trigger_server(self):
        """Let nobody call: a test counts the conversations."""
        self.smtpd = self.factory()
        self._factory_invoked.set()

    def __enter__(self):
        self.start()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *error):
        loop = self.loop
        asyncio.run_coroutine_threadsafe(self._hang_up(), loop).result()
        self.stop(no_assert=True)
        loop.close()

    async def _hang_up(self):
        """End what still stands, so that no connection outlives the test."""
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for transport in self.mailbox.transports:
            transport.abort()
        await asyncio.sleep(0.01)


__all__ = ["AUTHORITY", "Envelope", "Mailbox", "Server"]
