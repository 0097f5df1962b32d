"""Digests: SHA-256 from the interpreter itself, without the 2 ms that OpenSSL takes to load.

The standard library's `random` takes its digest in the same way.
"""

from __future__ import annotations

try:
    from _sha2 import sha256  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        from hashlib import sha256

__all__ = ["sha256"]
