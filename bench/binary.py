# SPDX-License-Identifier: MIT
"""What the program itself weighs: how long it takes to start, its size, the libraries it needs."""
import dataclasses
import os
import statistics
import subprocess

import measure

RUNS = 20


@dataclasses.dataclass
class Program:
    start: float  # seconds until it has said its version, and ended
    size: int     # bytes, and without symbols
    stripped: int
    libraries: list


def look(path):
    runs = [measure.run([path, "--version"]) for _ in range(RUNS)]
    return Program(statistics.median(run.wall for run in runs), os.stat(path).st_size,
                   stripped_size(path), libraries(path))


def stripped_size(path):
    """All that is loaded, as `size` counts it."""
    said = subprocess.run(["size", path], capture_output=True, text=True, check=True).stdout
    return int(said.splitlines()[1].split()[3])


def libraries(path):
    """Those that it names itself, not those that these need."""
    said = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=True)
    return [line.split("[")[1].split("]")[0] for line in said.stdout.splitlines()
            if "(NEEDED)" in line]


def show(program):
    print(f"\n{1000 * program.start:.1f} ms to start, {program.size / 1e6:.1f} MB"
          f" ({program.stripped / 1e6:.1f} MB without symbols)")
    print("libraries: " + ", ".join(program.libraries))
