# SPDX-License-Identifier: MIT
"""The JSON report as dataclasses; docs/report.schema.json describes each field."""
from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass, field
from typing import Any, Optional, TypeVar, Union

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """A place in a file."""

    file: str
    line: Optional[int]
    column: Optional[int]

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line) if part is not None)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in the spec."""

    what: Optional[str]
    message: str
    hint: Optional[str]
    where: Optional[Place]


@dataclass(frozen=True)
class Failure:
    """What ended the run early."""

    message: str
    hint: Optional[str]
    faults: list[Fault]


@dataclass(frozen=True)
class Counts:
    """Of objects and findings."""

    checked: int
    findings: int
    open_drift: int
    repaired: int
    failed: int
    refused: int
    gone: int


@dataclass(frozen=True)
class Revision:
    """A migration script."""

    id: str
    title: Optional[str]
    where: Optional[Place]


@dataclass(frozen=True)
class Ledger:
    """What one version table records."""

    tool: str
    table: Optional[str]
    readable: bool
    recorded: list[str]
    rows: int
    scripts: Optional[str]
    heads: list[str]
    pending: list[Revision]
    unknown: list[str]
    troubles: list[str]
    faults: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Standing:
    """Where the database stands among its migrations."""

    obstacle: str
    reason: Optional[str]
    evidence: list[str]
    consequence: Optional[str]
    remedy: Optional[str]
    looks_like: Optional[str]
    incomplete: list[str]
    ledgers: list[Ledger]


@dataclass(frozen=True)
class Statement:
    """A statement of a repair, and what it locks."""

    sql: str
    transaction: bool
    lock: Optional[str]
    also_locks: list[str]
    cost: str


@dataclass(frozen=True)
class Origin:
    """The migration that should have made it."""

    tool: str
    revision: str
    where: Optional[Place]
    sure: bool
    applied: Optional[bool]


@dataclass(frozen=True)
class Finding:
    """One difference, and what became of it."""

    id: str
    kind: str
    schema: Optional[str]
    relation: Optional[str]
    name: str
    attribute: Optional[str]
    sort: str
    weight: str
    consent: str
    expected: Optional[str]
    actual: Optional[str]
    reason: Optional[str]
    hint: Optional[str]
    consequence: bool
    outcome: str
    outcome_reason: Optional[str]
    outcome_hint: Optional[str]
    where: Optional[Place]
    origin: Optional[Origin]
    statements: list[Statement]


@dataclass(frozen=True)
class Unmodelled:
    """Objects that were seen and not compared."""

    what: str
    count: int


@dataclass(frozen=True)
class Report:
    """What a run found, and did. ``str(report)`` is the report for people."""

    format_version: int
    pgmend_version: str
    job: str
    dry_run: bool
    verdict: str
    verdict_line: str
    exit_code: int
    failure: Optional[Failure]
    interrupted: bool
    database: Optional[str]
    database_from: Optional[str]
    source: Optional[str]
    whole_schema: bool
    duration_ms: int
    notes: list[str]
    counts: Counts
    standing: Standing
    findings: list[Finding]
    unmodelled: list[Unmodelled]
    #: The report for people.
    text: str = field(default="", repr=False)

    @property
    def ok(self) -> bool:
        """The schema is correct, or was made correct and that was proven."""
        return self.exit_code == 0

    def __str__(self) -> str:
        return self.text or self.verdict_line

    @classmethod
    def from_json(cls, data: dict[str, Any], text: str = "") -> Report:
        """Of a document that ``pgmend --format json`` wrote. Keys that are not known are left out."""
        return _made(cls, {**data, "text": text})


def _made(kind: type[T], data: dict[str, Any]) -> T:
    hints = typing.get_type_hints(kind)
    names = [one.name for one in dataclasses.fields(typing.cast(Any, kind))]
    return kind(**{name: _value(hints[name], data[name]) for name in names if name in data})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) is Union:
        hint = next(one for one in typing.get_args(hint) if one is not type(None))
    if typing.get_origin(hint) is list:
        return [_value(typing.get_args(hint)[0], one) for one in value]
    is_ours = isinstance(hint, type) and dataclasses.is_dataclass(hint)
    return _made(hint, value) if is_ours else value
