# SPDX-License-Identifier: MIT
# The program's own recorder of models: hatch_build.py puts it here.
from typing import Any

class Refusal(BaseException):
    hint: str

def describe(error: BaseException) -> dict[str, Any]: ...
def metadata_in(value: object) -> list[Any]: ...
def record(found: list[Any], names: list[str], major: int) -> dict[str, Any]: ...
