"""`schedule`: what makes this machine send the mail and make the backup by itself, ready to be put in place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Context

from kxplan.commands.complete import one_of
from kxplan.delivery.quoting import (
    for_cron,
    for_schtasks,
    for_systemd,
    refuse_unquotable,
    systemd_value,
)
from kxplan.delivery.secrets import CREDENTIAL
from kxplan.digest import sha256
from kxplan.errors import UsageError
from kxplan.message import Message, message
from kxplan.render.records import VERSION

if TYPE_CHECKING:
    from kxplan.commands.call import Call

WAYS = ("systemd", "cron", "windows")


class _Job(NamedTuple):
    """Something to be done again and again."""

    name: str
    """The name of its unit or task, without an ending; unlike that of any other workspace."""
    title: str
    words: tuple[str, ...]
    """The command."""
    calendar: str
    """As `OnCalendar=` takes it, without the time zone."""
    cron: str
    """The five fields of a crontab."""
    task: str
    """The times for `schtasks`."""
    is_mail: bool = False


def schedule(
    ctx: Context,
    way: Annotated[str | None, Argument(metavar="systemd|cron|windows", autocompletion=one_of(WAYS))] = None,
) -> None:
    """Print units and timers for systemd, lines for cron, tasks for Windows."""
    call: Call = ctx.obj
    if way is not None and way not in WAYS:
        raise UsageError("schedule.unknown-way", word=way, known=WAYS)
    root = str(call.workspace.root.resolve())
    jobs = _jobs(root)
    written = {name: _WRITTEN[name](call, root, jobs) for name in WAYS if way in (None, name)}
    if call.as_json:
        call.answer({"kxplan": VERSION, **written})
    else:
        call.write("\n".join(written.values()).encode())


def _jobs(root: str) -> tuple[_Job, ...]:
    program = _program()
    for path in (root, *program):
        refuse_unquotable(path)
    # The same for one workspace for ever, and no other's: a machine may serve several.
    stem = f"kxplan-{sha256(root.encode('utf-8', 'surrogateescape')).hexdigest()[:6]}"
    command = (*program, "-C", root)
    return (
        _Job(
            f"{stem}-mail", "kxplan mail", (*command, "mail", "week"), "*-*-* 08..18:00:00", "0 8-18 * * *",
            "/SC DAILY /ST 08:00 /RI 60 /DU 0010:05", is_mail=True,
        ),
        _Job(
            f"{stem}-backup", "kxplan backup", (*command, "backup", "-q"), "*-*-* 18:30:00", "30 18 * * *",
            "/SC DAILY /ST 18:30",
        ),
    )  # fmt: skip


def _program() -> tuple[str, ...]:
    """Return how to start this very program from anywhere."""
    started = Path(sys.argv[0])
    if started.name.startswith("kxplan") and started.is_file():
        return (str(started.resolve().parent / started.name),)
    return (sys.executable, "-m", "kxplan")


def _systemd(call: Call, root: str, jobs: tuple[_Job, ...]) -> str:
    secret = _secret_file(call)
    lines = [_comment(call, message("schedule.systemd", file=str(secret))), "mkdir -p ~/.config/systemd/user"]
    for job in jobs:
        lines += [f"cat > ~/.config/systemd/user/{job.name}.service <<'KXPLAN'", *_service(call, root, job, secret)]
        lines += ["KXPLAN", f"cat > ~/.config/systemd/user/{job.name}.timer <<'KXPLAN'", *_timer(call, job), "KXPLAN"]
    lines += ["systemctl --user daemon-reload"]
    lines += [f"systemctl --user enable --now {job.name}.timer" for job in jobs]
    lines += ["loginctl enable-linger", _comment(call, message("schedule.systemd-check", name=jobs[0].name))]
    return "\n".join(lines) + "\n"


def _service(call: Call, root: str, job: _Job, secret: Path) -> list[str]:
    lines = [
        "[Unit]",
        f"Description={job.title}",
        "",
        "[Service]",
        "Type=oneshot",
        f"WorkingDirectory={systemd_value(root)}",
        f"ExecStart={for_systemd(job.words)}",
        f"Environment=KXPLAN_LANG={call.tr.language} PYTHONUTF8=1",
    ]
    if job.is_mail:
        # 75: the next run tries again by itself.
        lines.append("SuccessExitStatus=75")
        credential = f"LoadCredential={CREDENTIAL}:{systemd_value(str(secret))}"
        lines.append(credential if call.settings.mail.user is not None else f"# {credential}")
    return lines


def _timer(call: Call, job: _Job) -> list[str]:
    return [
        "[Unit]",
        f"Description={job.title}",
        "",
        "[Timer]",
        f"OnCalendar={job.calendar} {call.settings.timezone}",
        "Persistent=true",
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]


def _cron(call: Call, root: str, jobs: tuple[_Job, ...]) -> str:  # noqa: ARG001 -- one of three alike
    lines = [_comment(call, message("schedule.cron", zone=call.settings.timezone))]
    lines += [f"KXPLAN_LANG={call.tr.language}", "PYTHONUTF8=1"]
    # What went well goes to stdout, of which cron would make a mail each time; trouble goes to stderr.
    lines += [f"{job.cron} {for_cron(job.words)} > /dev/null" for job in jobs]
    return "\n".join(lines) + "\n"


def _windows(call: Call, root: str, jobs: tuple[_Job, ...]) -> str:  # noqa: ARG001 -- one of three alike
    lines = [_comment(call, message("schedule.windows"), "rem")]
    lines += [f"schtasks /Create /F /TN {job.name} {job.task} /TR {for_schtasks(job.words)}" for job in jobs]
    return "\n".join(lines) + "\n"


def _secret_file(call: Call) -> Path:
    """Return the file with the password as the settings name it; where they name none, one to be made."""
    named = call.settings.mail.password_file or "~/.config/kxplan-mail-password"
    return (call.workspace.root / Path(named).expanduser()).resolve()


def _comment(call: Call, sentence: Message, sign: str = "#") -> str:
    return "\n".join(f"{sign} {line}".rstrip() for line in call.tr(sentence).split("\n"))


_WRITTEN = {"systemd": _systemd, "cron": _cron, "windows": _windows}
