# SPDX-License-Identifier: MIT
"""`verify`, `ensure` and `assert_schema` for asyncio: the same parameters, to be awaited. A task
that is cancelled asks the run to stop, and waits until it has left things in order."""
from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence

from pgmend import _run
from pgmend._expected import Expected
from pgmend._run import Call, Path_, SchemaMismatch
from pgmend.report import Report

__all__ = ["assert_schema", "ensure", "verify"]


async def _run_call(call: Call, timeout: Optional[float]) -> Report:
    try:
        process = await asyncio.create_subprocess_exec(
            str(call.program), *call.arguments, env=call.environment, cwd=call.folder,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE)
    except OSError as error:
        raise _run.start_error(call, error) from error
    try:
        out, err = await asyncio.wait_for(process.communicate(), timeout)
    except asyncio.TimeoutError as error:
        await _end(process)
        raise _run.timed_out(timeout) from error
    except BaseException:
        await asyncio.shield(_end(process))
        raise
    return call.report(process.returncode or 0, out.decode("utf-8", "replace"),
                       err.decode("utf-8", "replace"))


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.communicate(), _run.GRACE)
    except asyncio.TimeoutError:
        process.kill()
        await process.wait()


async def verify(
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
    """As `pgmend.verify`."""
    with tempfile.TemporaryDirectory(prefix="pgmend-") as folder:
        words = _run.verify_options(strict, schemas, tables, kinds, ignore, with_, scratch, options)
        return await _run_call(
            _run.prepare("verify", Path(folder), database=database, expected=expected, cwd=cwd,
                         called_as=called_as, options=words), timeout)


async def ensure(
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
    """As `pgmend.ensure`."""
    with tempfile.TemporaryDirectory(prefix="pgmend-") as folder:
        words = [*_run.ensure_options(allow, backfill, dry_run),
                 *_run.verify_options(strict, schemas, tables, kinds, ignore, with_, scratch,
                                      options)]
        return await _run_call(
            _run.prepare("ensure", Path(folder), database=database, expected=expected, cwd=cwd,
                         called_as=called_as, options=words), timeout)


async def assert_schema(database: Any = None, expected: Expected = None, **further: Any) -> Report:
    """As `pgmend.assert_schema`."""
    __tracebackhide__ = True  # of pytest
    report = await verify(database, expected, **further)
    if not report.ok:
        raise SchemaMismatch(report)
    return report
