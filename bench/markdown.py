# SPDX-License-Identifier: MIT
"""The medians as tables in Markdown, as docs/performance.md shows them."""
import os
import re

BEGIN, END = "<!-- bench/verify writes this -->", "<!-- to here -->"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def table(heads, rows):
    return "\n".join([row(heads), row(["---"] + ["---:"] * (len(heads) - 1)), *map(row, rows)])


def names_of(medians):
    """In the order of the first size, which has all of them."""
    return list(dict.fromkeys(name for size in sorted(medians) for name in medians[size]))


def seconds(medians):
    sizes = sorted(medians)
    rows = [[name] + [f"{medians[size][name].wall:.2f} s" if name in medians[size] else ""
                      for size in sizes] for name in names_of(medians)]
    return table(["tables"] + [f"{size:,}" for size in sizes], rows)


def details(medians, traffic, size):
    """Of one size: everything that was measured, and how many times pgmend's time it takes."""
    own = medians[size].get("pgmend")
    rows = []
    for name, got in medians[size].items():
        wire = traffic[size].get(name)
        rows.append([name, f"{got.wall:.2f} s", f"{got.wall / own.wall:.1f}" if own else "",
                     f"{got.cpu:.2f} s", f"{got.memory / 1024:.0f} MB",
                     f"{wire.trips:,}" if wire else "",
                     f"{wire.size // 1024:,} kB" if wire else ""])
    return table([f"{size:,} tables", "time", "times pgmend", "its CPU", "peak memory",
                  "round trips", "on the wire"], rows)


def per_table(medians):
    sizes = [size for size in sorted(medians) if "pgmend" in medians[size]]
    return table(["tables"] + [f"{size:,}" for size in sizes],
                 [["pgmend, for each table"]
                  + [f"{1e6 * medians[size]['pgmend'].wall / size:.0f} µs" for size in sizes]])


def tables(medians, traffic, program):
    parts = [seconds(medians)]
    parts += [details(medians, traffic, size) for size in sorted(medians) if size in (1000, 5000)]
    if any("pgmend" in by_name for by_name in medians.values()):
        parts.append(per_table(medians))
    parts.append(f"Start-up {1000 * program.start:.1f} ms, {program.size / 1e6:.1f} MB "
                 f"({program.stripped / 1e6:.1f} MB without symbols); libraries: "
                 + ", ".join(f"`{name}`" for name in program.libraries) + ".")
    return "\n\n".join(parts) + "\n"


def write(path, text):
    """Between the marks, if there is such a file and it has them."""
    written = f"{BEGIN}\n\n{text}\n{END}"
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            old = file.read()
        marked = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
        if marked.search(old):
            written = marked.sub(lambda _: written, old).rstrip("\n")
    with open(path, "w", encoding="utf-8") as file:
        file.write(written + "\n")
