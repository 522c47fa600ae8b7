# SPDX-License-Identifier: MIT
"""The one exception of this package."""
from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from pgmend.report import Report


class Error(Exception):
    """Nothing can be said about the schema, or nothing was done.

    ``code`` is one word for programs:

    ================ ===========================================================================
    ``usage``        wrong option, source or spec; the project's own Python failed
    ``unverified``   the database cannot be reached or read
    ``interrupted``  it was stopped
    ``timeout``      it did not end in time, and was stopped
    ``database``     what was given as database is none that can be handed over
    ``expected``     what was given as expected cannot be understood
    ``models``       the models could not be recorded
    ``empty``        no table is defined
    ``program``      the program in this package is missing or damaged
    ``architecture`` it is for other machines than this one
    ================ ===========================================================================
    """

    def __init__(self, code: str, message: str, hint: Optional[str] = None,
                 report: Optional[Report] = None) -> None:
        super().__init__(message if hint is None else f"{message}\nhint: {hint}")
        self.code = code
        self.message = message
        self.hint = hint
        #: What was found out all the same.
        self.report = report
