"""The standard streams as a command may find them: closed, or of an encoding that has not all characters."""

from __future__ import annotations

import codecs
import errno
import os
import sys

ESCAPED = "salpi.escaped"
"""What an encoding has not is written as ``\\uXXXX``, which JSON reads as the character."""
FULL = (errno.ENOSPC, errno.EDQUOT)
FEW = (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)
"""No more open files, processes, memory."""
_NAMES = ("stdin", "stdout", "stderr")


def prepare() -> str | None:
    """Make the streams ready for a command; gives what is wrong, where it could not say anything.

    The number of a closed stream would be given to the next file that is opened: messages would end up in a ledger.
    """
    codecs.register_error(ESCAPED, _escaped)
    closed = [name for name in _NAMES if getattr(sys, name) is None]
    for name in closed:
        number = _NAMES.index(name)
        handle = os.open(os.devnull, os.O_RDWR)
        if handle != number:
            os.dup2(handle, number)
            os.close(handle)
        setattr(sys, name, open(number, "r" if name == "stdin" else "w", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what stands for a stream in tests has it not
            stream.reconfigure(errors=ESCAPED)
    return "standard output is closed; lead it to a file, or to /dev/null" if "stdout" in closed else None


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wide = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{wide[at]:02x}{wide[at + 1]:02x}" for at in range(0, len(wide), 2)), error.end


def shortage(error: OSError) -> str | None:
    """One line where the system has no more of something; None for another error."""
    if error.errno in FULL:
        return f"{error.filename or 'standard output'} cannot be written: {error.strerror}; free some space"
    if error.errno in FEW:
        return f"{(error.strerror or 'no more').lower()}; use fewer --jobs or --workers, or raise the limit (ulimit -a)"
    return None
