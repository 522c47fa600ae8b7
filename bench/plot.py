# SPDX-License-Identifier: MIT
"""Draws cost against size, both on logarithmic scales, as an SVG that needs nothing else and can be
read on light and dark ground: one panel for who begins with what is known already, one for who
begins with SQL."""
import math

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 60, 130, 64, 56
COLOURS = {  # on light ground, on dark ground
    "floor": ("#6b7280", "#9ca3af"), "pgmend": ("#0f766e", "#2dd4bf"),
    "pgmend again": ("#15803d", "#86efac"), "pg_dump": ("#b45309", "#fbbf24"),
    "loop": ("#7c3aed", "#c4b5fd"), "alembic": ("#b91c1c", "#fca5a5"),
    "pgdelta": ("#1d4ed8", "#93c5fd"), "migra": ("#be185d", "#f9a8d4"),
    "psql -1": ("#6b7280", "#9ca3af"), "pgmend sql": ("#0f766e", "#2dd4bf"),
    "pgmend sql again": ("#15803d", "#86efac"), "psqldef": ("#7c3aed", "#c4b5fd"),
    "pgschema": ("#1d4ed8", "#93c5fd"), "atlas": ("#b91c1c", "#fca5a5"),
    "pg-schema-diff": ("#be185d", "#f9a8d4"),
}
OURS = ("pgmend", "pgmend again", "pgmend sql", "pgmend sql again")


def style():
    def rules(which):
        ground, words, faint, grid = [("#ffffff", "#111827", "#4b5563", "#e5e7eb"),
                                      ("#0d1117", "#f3f4f6", "#9ca3af", "#30363d")][which]
        yield f".ground{{fill:{ground}}} .words{{fill:{words}}} .faint{{fill:{faint}}}"
        yield f".grid{{stroke:{grid}}}"
        for name, colours in COLOURS.items():
            yield (f".{class_of(name)}{{stroke:{colours[which]};fill:{colours[which]}}}")
    yield "<style>"
    yield from rules(0)
    yield "@media (prefers-color-scheme: dark) {"
    yield from rules(1)
    yield "}"
    yield "polyline{fill:none!important} text{stroke:none!important}"
    yield "</style>"


def class_of(name):
    return name.replace(" ", "-")


class Scales:
    """Where a size and a time stand."""

    def __init__(self, medians):
        self.sizes = sorted(medians)
        times = [got.wall for by_name in medians.values() for got in by_name.values()]
        self.low = math.floor(math.log10(min(times)))
        self.high = max(math.ceil(math.log10(max(times))), self.low + 1)

    def x(self, size):
        first, last = math.log10(self.sizes[0]), math.log10(self.sizes[-1])
        share = (math.log10(size) - first) / (last - first) if last > first else 0.5
        return LEFT + 20 + share * (WIDTH - LEFT - RIGHT - 40)

    def y(self, seconds):
        share = (math.log10(seconds) - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def axes(scales):
    for power in range(scales.low, scales.high + 1):
        at = scales.y(10 ** power)
        yield (f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" '
               f'y2="{at:.1f}"/>')
        yield (f'<text class="faint" x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">'
               f"{10 ** power:g} s</text>")
    for size in scales.sizes:
        yield (f'<text class="faint" x="{scales.x(size):.1f}" y="{HEIGHT - BOTTOM + 20}" '
               f'text-anchor="middle">{size:,}</text>')
    yield (f'<text class="faint" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" '
           'text-anchor="middle">tables</text>')


def curves(medians, scales):
    labels = []
    for name in COLOURS:
        points = [(scales.x(size), scales.y(medians[size][name].wall))
                  for size in scales.sizes if name in medians[size]]
        if not points:
            continue
        width = 3 if name in OURS else 1.8
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        dots = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="{width + 0.7}"/>' for a, b in points)
        yield (f'<g class="{class_of(name)}"><polyline points="{line}" stroke-width="{width}"/>'
               f"{dots}</g>")
        labels.append([points[-1][1], points[-1][0], name])
    yield from label_lines(labels)


def label_lines(labels):
    """Beside the last point of each, moved apart where those of one size would overlap."""
    last = {}
    for at, x, name in sorted(labels):
        at = last[x] = max(at, last.get(x, -math.inf) + 14)
        weight = ' font-weight="bold"' if name in OURS else ""
        yield (f'<text class="{class_of(name)}" x="{x + 9:.1f}" y="{at + 4:.1f}"{weight}>'
               f"{name}</text>")


def panel(title, medians, at, scales):
    yield f'<g transform="translate({at} 0)">'
    yield f'<text class="words" x="{LEFT}" y="48" font-size="13">{title}</text>'
    yield from axes(scales)
    yield from curves(medians, scales)
    yield "</g>"


def only(medians, names):
    found = {size: {name: got for name, got in by_name.items() if name in names}
             for size, by_name in medians.items()}
    return {size: by_name for size, by_name in found.items() if by_name}


def draw(medians, from_sql):
    """`from_sql`: the names of those that belong into the second panel."""
    scales = Scales(medians)
    panels = [("from a lock file, or what others keep",
               only(medians, [name for name in COLOURS if name not in from_sql])),
              ("from a file of SQL", only(medians, from_sql))]
    panels = [(title, points) for title, points in panels if points]
    width = WIDTH * len(panels)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" '
             'font-family="system-ui, sans-serif" font-size="12">',
             "<!-- SPDX-License-Identifier: MIT -->",
             "<title>Seconds to verify a correct schema, by number of tables</title>",
             *style(),
             f'<rect class="ground" width="{width}" height="{HEIGHT}"/>',
             f'<text class="words" x="{LEFT}" y="24" font-size="14">'
             "time to verify a correct schema, by number of tables</text>"]
    for number, (title, points) in enumerate(panels):
        parts += panel(title, points, number * WIDTH, scales)
    return "\n".join(parts) + "\n</svg>\n"
