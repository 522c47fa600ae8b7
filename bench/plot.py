# SPDX-License-Identifier: MIT
"""Draws cost against size, both on logarithmic scales, as an SVG that needs nothing else."""
import math

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 130, 40, 50
COLOURS = {"floor": "#6b7280", "pgmend": "#0f766e", "pg_dump": "#b45309", "loop": "#7c3aed", "alembic": "#b91c1c", "pgdelta": "#1d4ed8",
           "migra": "#be185d"}


def decades(values):
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def draw(medians):
    sizes = sorted(medians)
    times = [got.wall for by_name in medians.values() for got in by_name.values()]
    x_low, x_high = decades(sizes)
    y_low, y_high = decades(times)

    def x(size):
        return LEFT + (math.log10(size) - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)

    def y(seconds):
        return (HEIGHT - BOTTOM
                - (math.log10(seconds) - y_low) / (y_high - y_low) * (HEIGHT - TOP - BOTTOM))

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
             'font-family="system-ui, sans-serif" font-size="12">',
             "<title>Seconds to verify a schema, by number of tables</title>",
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
             f'<text x="{LEFT}" y="22" font-size="14" fill="#111827">'
             "seconds to verify a correct schema, by number of tables</text>"]
    for power in range(y_low, y_high + 1):
        at = y(10 ** power)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" '
                     'stroke="#e5e7eb"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end" fill="#374151">'
                     f"{10 ** power:g}</text>")
    for size in sizes:
        parts.append(f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" '
                     f'fill="#374151">{size}</text>')
    labels = []
    for name in dict.fromkeys(n for by_name in medians.values() for n in by_name):
        points = [(x(s), y(medians[s][name].wall)) for s in sizes if name in medians[s]]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        colour = COLOURS.get(name, "#111827")
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
        labels.append([points[-1][1], points[-1][0], name, colour])
    parts += label_lines(labels)
    return "\n".join(parts) + "\n</svg>\n"


def label_lines(labels):
    """Beside the last point of each, moved apart where they would overlap."""
    last = -math.inf
    for label in sorted(labels):
        last = label[0] = max(label[0], last + 14)
        yield (f'<text x="{label[1] + 8:.1f}" y="{label[0] + 4:.1f}" fill="{label[3]}">'
               f"{label[2]}</text>")
