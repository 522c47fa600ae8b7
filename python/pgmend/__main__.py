# SPDX-License-Identifier: MIT
"""``python -m pgmend``, and the command ``pgmend`` that pip makes: becomes the program."""
from __future__ import annotations

import os
import sys

from pgmend import _program
from pgmend.errors import Error


def main() -> int:
    """Does not return if all is well."""
    try:
        program = _program.find()
        try:
            os.execve(program, ["pgmend", *sys.argv[1:]], _program.environment())
        except OSError as error:
            raise _program.trouble(program, error) or error from None
    except Error as error:
        print(f"pgmend: {error}", file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
