# SPDX-License-Identifier: MIT
"""Runs the program, and makes a Report of what it found or an Error of what went wrong."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence, Union

from pgmend import _expected, _program
from pgmend._expected import Expected
from pgmend.errors import Error
from pgmend.report import Report

Path_ = Union[str, "os.PathLike[str]"]
#: How long a run that is to stop may take to leave things in order.
GRACE = 15.0
CODES = {2: "usage", 3: "unverified", 130: "interrupted"}


class SchemaMismatch(AssertionError):
    """The schema is not what was expected. The message is the report."""

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


@dataclass
class Call:
    """One run of the program."""

    program: Path
    arguments: list[str]
    environment: dict[str, str]
    folder: Optional[Path_]
    answer: Path

    def report(self, exit_code: int, out: str, err: str) -> Report:
        """Raises Error where there is none, or where nothing could be compared."""
        document = self._document()
        if document is None:
            raise self._failure_without_report(exit_code, err)
        report = Report.from_json(document, text=out.rstrip("\n"))
        if report.failure is not None or report.interrupted:
            failure = report.failure
            raise Error(CODES.get(exit_code, "unverified"),
                        failure.message if failure else "it was stopped",
                        failure.hint if failure else None, report)
        return report

    def _document(self) -> Optional[dict[str, Any]]:
        try:
            document = json.loads(self.answer.read_text(encoding="utf-8", errors="surrogateescape"))
        except (OSError, ValueError):
            return None
        return document if isinstance(document, dict) else None

    def _failure_without_report(self, exit_code: int, err: str) -> Error:
        damaged = None if exit_code in CODES else _program.trouble(self.program)
        if damaged is not None:
            return damaged
        message, _, hint = err.strip().partition("\nhint: ")
        message = " ".join(message.split()) or f"it ended with {_ending(exit_code)}"
        return Error(CODES.get(exit_code, "program"),
                     message[len("pgmend: "):] if message.startswith("pgmend: ") else message,
                     " ".join(hint.split()) or None)


def _ending(exit_code: int) -> str:
    if exit_code >= 0:
        return f"exit code {exit_code}"
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"


def repeated(name: str, values: Iterable[str]) -> list[str]:
    """``--name value`` for each. A text by itself is one value."""
    given = [values] if isinstance(values, str) else values
    return [part for value in given for part in (name, value)]


def prepare(job: str, folder: Path, *, database: Any, expected: Expected, cwd: Optional[Path_],
            called_as: Optional[str], options: Sequence[str]) -> Call:
    """Looks at all that was given; nothing was run yet when it raises."""
    program = _program.find()
    answer = folder / "report.json"
    environment = _program.environment()
    sources = _expected.source_options(expected, folder)
    if called_as is None and str(folder / _expected.ANSWERS) in sources:
        called_as = "pgmend.{command}(database, metadata)"
    if called_as is not None:
        environment["PGMEND_CALLED_AS"] = called_as
    arguments = [job, *sources, *options,
                 "--color", "never", "--format", "text", "--format", f"json={answer}"]
    url = _expected.database_url(database)
    if url is not None and _expected.has_password(url):
        environment["PGMEND_DATABASE_URL"] = url  # an argument would be seen by all of the machine
    elif url is not None:
        arguments += ["--database", url]
    return Call(program, arguments, environment, cwd, answer)


def run(call: Call, timeout: Optional[float]) -> Report:
    """A run that is broken off, by Ctrl-C say, ends in order: it is asked to stop first."""
    try:
        process = subprocess.Popen([str(call.program), *call.arguments], env=call.environment,
                                   cwd=call.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise start_error(call, error) from error
    with process:
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise timed_out(timeout) from error
        except BaseException:
            _end(process)
            raise
    return call.report(process.returncode, _text(out), _text(err))


def start_error(call: Call, error: OSError) -> Error:
    if call.folder is not None and not Path(call.folder).is_dir():
        return Error("usage", f"there is no folder {call.folder}")
    return _program.trouble(call.program, error) or Error("program", str(error))


def timed_out(timeout: Optional[float]) -> Error:
    return Error("timeout", f"it did not end in {timeout} s, and was stopped",
                 "give it longer; what it was doing is safe to be done again")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def verify_options(strict: bool, schemas: Iterable[str], tables: Iterable[str],
                   kinds: Iterable[str], ignore: Iterable[str], with_: Iterable[str],
                   scratch: Optional[str], options: Sequence[str]) -> list[str]:
    """What is compared, as the command line has it."""
    return [
        *(["--strict"] if strict else []),
        *repeated("--schema-name", schemas),
        *repeated("--table", tables),
        *repeated("--kind", kinds),
        *repeated("--ignore", ignore),
        *repeated("--with", with_),
        *(["--scratch", scratch] if scratch is not None else []),
        *options,
    ]


def ensure_options(allow: Iterable[str], backfill: Optional[Mapping[str, str]],
                   dry_run: bool) -> list[str]:
    """What may be done."""
    return [
        *repeated("--allow", allow),
        *repeated("--backfill", [f"{column}={sql}" for column, sql in (backfill or {}).items()]),
        *(["--dry-run"] if dry_run else []),
    ]


def verify(
    database: Any = None,
    expected: Expected = None,
    *,
    strict: bool = False,
    schemas: Iterable[str] = (),
    tables: Iterable[str] = (),
    kinds: Iterable[str] = (),
    ignore: Iterable[str] = (),
    with_: Iterable[str] = (),
    scratch: Optional[str] = None,
    cwd: Optional[Path_] = None,
    timeout: Optional[float] = None,
    options: Sequence[str] = (),
    called_as: Optional[str] = None,
) -> Report:
    """Compares a database with what it should be, and changes nothing.

    ``database`` is a URL, an Engine, AsyncEngine or Connection; nothing: what the environment says,
    as for the command. ``expected``: see `Expected`; nothing: pgmend.yaml, or else the Alembic
    migrations here. The others are the command's options of the same name: ``scratch`` names the
    server on which SQL, models and migrations are loaded; ``options`` are further ones as they
    would be written. ``cwd`` is the project's folder, ``timeout`` in seconds. ``called_as`` is for
    those that build on this: how a hint names what they offer, ``"flask pgmend {command}"``.

    A drift is a value (``report.ok`` is false). Raises Error where nothing could be compared.
    """
    with tempfile.TemporaryDirectory(prefix="pgmend-") as folder:
        words = verify_options(strict, schemas, tables, kinds, ignore, with_, scratch, options)
        return run(prepare("verify", Path(folder), database=database, expected=expected, cwd=cwd,
                           called_as=called_as, options=words), timeout)


def ensure(
    database: Any = None,
    expected: Expected = None,
    *,
    allow: Iterable[str] = (),
    backfill: Optional[Mapping[str, str]] = None,
    dry_run: bool = False,
    strict: bool = False,
    schemas: Iterable[str] = (),
    tables: Iterable[str] = (),
    kinds: Iterable[str] = (),
    ignore: Iterable[str] = (),
    with_: Iterable[str] = (),
    scratch: Optional[str] = None,
    cwd: Optional[Path_] = None,
    timeout: Optional[float] = None,
    options: Sequence[str] = (),
    called_as: Optional[str] = None,
) -> Report:
    """Compares, adds what is missing, and compares again.

    As `verify`; ``allow`` are consents (``"alter"``, ``"drop"``), ``backfill`` says what the rows
    of a new column get: ``{"users.name": "'unknown'"}``. What was done, refused or failed is in the
    findings of the report; ``report.exit_code`` is the command's: 1, 4 and 5 raise nothing.
    """
    with tempfile.TemporaryDirectory(prefix="pgmend-") as folder:
        words = [*ensure_options(allow, backfill, dry_run),
                 *verify_options(strict, schemas, tables, kinds, ignore, with_, scratch, options)]
        return run(prepare("ensure", Path(folder), database=database, expected=expected, cwd=cwd,
                           called_as=called_as, options=words), timeout)


def assert_schema(database: Any = None, expected: Expected = None, **further: Any) -> Report:
    """Raises SchemaMismatch, an AssertionError whose message is the report, where the schema is not
    what is expected. ``further``: what `verify` takes."""
    __tracebackhide__ = True  # of pytest
    report = verify(database, expected, **further)
    if not report.ok:
        raise SchemaMismatch(report)
    return report
