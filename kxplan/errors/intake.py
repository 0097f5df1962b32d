"""Failures of documents and sheets from outside."""

from __future__ import annotations

from kxplan.errors import ExitCode, KxplanError


class UnreadableDocumentError(KxplanError):
    """A document `file` cannot be read; the sentence says how to get a usable one."""

    exit_code = ExitCode.USAGE

    def __init__(self, why: str, /, **data: object) -> None:
        self.message_id = f"draft.{why}"  # type: ignore[misc]
        super().__init__(**data)


class UnreadableSheetError(KxplanError):
    """A sheet `file` cannot be read; the sentence says how to get a usable one."""

    exit_code = ExitCode.USAGE

    def __init__(self, why: str, /, **data: object) -> None:
        self.message_id = f"import.{why}"  # type: ignore[misc]
        super().__init__(**data)


class ImportInterruptedError(KxplanError):
    """Somebody interrupted an import, which is written whole or not at all."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self, *, is_written: bool) -> None:
        self.message_id = "import.interrupted-late" if is_written else "import.interrupted"  # type: ignore[misc]
        super().__init__()


class FilesRefusedError(KxplanError):
    """Of `all` files `n` are refused; they were told one by one, and nothing of any was written."""

    message_id = "import.files-refused"
    exit_code = ExitCode.USAGE


class RowsRefusedError(KxplanError):
    """`n` rows of `file` are wrong; they were told one by one, and nothing was written."""

    message_id = "import.refused"
    exit_code = ExitCode.USAGE
