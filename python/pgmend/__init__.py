# SPDX-License-Identifier: MIT
"""Compares a PostgreSQL database with what it should be, and adds what is missing.

    report = pgmend.verify(engine, expected=Base.metadata)
    if not report.ok:
        print(report)

The program behind it is in this package; ``python -m pgmend`` and ``pgmend`` run it. ``pgmend.aio``
has the same functions for asyncio.
"""
from pgmend._run import SchemaMismatch, assert_schema, ensure, verify
from pgmend.errors import Error
from pgmend.report import (
    Counts,
    Failure,
    Fault,
    Finding,
    Ledger,
    Origin,
    Place,
    Report,
    Revision,
    Standing,
    Statement,
    Unmodelled,
)

__all__ = [
    "Counts",
    "Error",
    "Failure",
    "Fault",
    "Finding",
    "Ledger",
    "Origin",
    "Place",
    "Report",
    "Revision",
    "SchemaMismatch",
    "Standing",
    "Statement",
    "Unmodelled",
    "assert_schema",
    "ensure",
    "verify",
]
