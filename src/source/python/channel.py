# SPDX-License-Identifier: MIT
"""The way back to pgmend: one JSON object on what was stdout, whatever the project prints."""
import json
import os
import re
import sys
import traceback


HERE = os.getcwd()  # as the user sees it; the job may go elsewhere

# What SQLAlchemy raises where a model refers to another that was not imported.
INCOMPLETE = ("NoReferencedTableError", "InvalidRequestError")


class Refusal(BaseException):
    """pgmend's own. Not an Exception: a project that catches all of those must not swallow it."""

    def __init__(self, message, hint=""):
        super().__init__(message)
        self.hint = hint


def in_project(file):
    file = os.path.abspath(file)
    inside = file.startswith((HERE + os.sep, os.getcwd() + os.sep))
    return inside and "site-packages" not in file and os.path.exists(file)


def place(error):
    """The last line of the project's own that the error went through, as file:line."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if in_project(f.filename)]
    if isinstance(error, SyntaxError) and error.filename and in_project(error.filename):
        return {"file": os.path.relpath(error.filename, HERE), "line": error.lineno or 0}
    if not frames:
        return {}
    return {"file": os.path.relpath(frames[-1].filename, HERE), "line": frames[-1].lineno}


def from_server(error):
    """The driver's error below SQLAlchemy's, if a server said it."""
    while error is not None:
        code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
        if code:
            return error, code
        error = getattr(error, "orig", None) or error.__cause__ or error.__context__
    return None, ""


def server_message(error):
    """Without the line and the mark below it that drivers add: the statement is told by itself."""
    diagnostics = getattr(error, "diag", None)
    text = getattr(diagnostics, "message_primary", None) or str(error).split("\n")[0]
    return in_one_line(text)


def in_one_line(text, limit=500):
    """Without passwords of URLs."""
    line = re.sub(r"(://[^\s:/@]*):[^\s@]*@", r"\1:***@", " ".join(text.split()))
    return line if len(line) <= limit else line[:limit] + " ..."


def describe(error):
    """What went wrong in the project's code, where, and what the server said about it."""
    if isinstance(error, Refusal):
        return {"error": str(error), "hint": error.hint, **place(error)}
    said, code = from_server(error)
    if said is not None:
        text = server_message(said)
    else:
        lines = traceback.format_exception_only(type(error), error)
        # What comes before it shows a line that `place` names.
        text = in_one_line("".join(lines[-1:] if isinstance(error, SyntaxError) else lines))
    answer = {"error": text, "sqlstate": code, **place(error)}
    if isinstance(error, ModuleNotFoundError):
        answer["missing_module"] = error.name or ""
    if type(error).__name__ in INCOMPLETE:
        answer["hint"] = "name the modules that define it too: sqlalchemy:app.db:Base,app.models"
    statement = getattr(error, "statement", None)
    if said is not None and statement:
        answer["statement"] = in_one_line(statement, 200)
    return answer


def serve(jobs):
    """Does the job that pgmend asks for, and answers."""
    channel = os.dup(1)
    os.dup2(2, 1)  # what the project prints is no answer
    request = json.loads(os.environ.pop("PGMEND_REQUEST"))
    sys.path.insert(0, os.getcwd())
    watch = Watch()
    try:
        if request.get("watch"):
            watch.start()
        answer = jobs[request["job"]](request, watch)
        watch.stop()
        answer.update(watch.answer())
    except BaseException as error:  # SystemExit too: env.py may call sys.exit()
        traceback.print_exc()
        answer = describe(error)
    with os.fdopen(channel, "w", encoding="utf-8") as out:
        json.dump(answer, out)
    sys.stderr.flush()
    os._exit(0)  # whatever threads or handlers the project has left behind
