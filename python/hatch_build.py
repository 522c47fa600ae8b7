# SPDX-License-Identifier: MIT
"""What the wheel is made of besides the Python files: the program, and the recorder, which is the
same code that the program runs in a project's own Python."""
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

TOP = Path(__file__).resolve().parent.parent
PARTS = ("channel.py", "recorder.py", "models.py")
# A static program runs on any Linux of its architecture; 2.17 and 1.1 are the oldest that pip knows
# of both families.
TAGS = {
    "amd64": "manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64",
    "arm64": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
}


class Metadata(MetadataHookInterface):
    """The version is that of the program."""

    def update(self, metadata):
        text = (TOP / "CMakeLists.txt").read_text(encoding="utf-8")
        found = re.search(r"^project\(pgmend VERSION ([0-9.]+)", text, re.M)
        if found is None:
            raise RuntimeError("no version in CMakeLists.txt")
        metadata["version"] = found.group(1)


class Build(BuildHookInterface):
    """PGMEND_WHEEL_PROGRAM is the static program, PGMEND_WHEEL_ARCH what it runs on."""

    def initialize(self, version, build_data):
        program = os.environ.get("PGMEND_WHEEL_PROGRAM")
        architecture = os.environ.get("PGMEND_WHEEL_ARCH")
        if not program or architecture not in TAGS:
            raise RuntimeError("the program is missing; build wheels by: scripts/package wheel")
        self.folder = Path(tempfile.mkdtemp(prefix="pgmend-wheel-"))
        code = "".join((TOP / "src/source/python" / part).read_text(encoding="utf-8")
                       for part in PARTS)
        (self.folder / "recording.py").write_text(code, encoding="utf-8")
        shutil.copyfile(program, self.folder / "pgmend")
        (self.folder / "pgmend").chmod(0o755)
        digest = hashlib.sha256(Path(program).read_bytes()).hexdigest()
        (self.folder / "sum").write_text(f"{digest}  pgmend\n", encoding="utf-8")
        build_data["force_include"].update({
            str(self.folder / "recording.py"): "pgmend/_recording.py",
            str(self.folder / "pgmend"): "pgmend/_bin/pgmend",
            str(self.folder / "sum"): "pgmend/_bin/pgmend.sha256",
        })
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{TAGS[architecture]}"

    def finalize(self, version, build_data, artifact_path):
        shutil.rmtree(self.folder)
