# SPDX-License-Identifier: MIT
"""Opens a report in Chromium, as wide as a desk and as narrow as a phone, light and dark.

    look.py CHROMIUM REPORT TONE

Fails, saying what it saw, unless the page fits both widths, its text can be told from what is
behind it, what has the focus is in reach of the keyboard, and the top of the picture that Chromium
took shows the colours of TONE.
"""
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

DESK, PHONE, HEIGHT = 1100, 360, 900

# The report in two frames: what is narrower than a window may be is a frame's width.
FRAMES = f"""<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<style>body {{ margin: 0; display: flex }} iframe {{ border: 0; height: {HEIGHT}px; flex: none }}
</style><iframe style="width: {DESK}px" src="%s"></iframe
><iframe style="width: {PHONE}px" src="%s"></iframe><pre id="seen"></pre>
<script>
const light = c => {{ c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }};
const numbers = c => c.match(/[\\d.]+/g).map(Number);
const bright = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
function contrast(view, node) {{
  let behind = node;
  let color = [0, 0, 0, 0];
  while (behind && color[3] === 0) {{
    color = numbers(view.getComputedStyle(behind).backgroundColor);
    if (color.length === 3) color.push(1);
    behind = behind.parentElement;
  }}
  const a = bright(numbers(view.getComputedStyle(node).color));
  const b = bright(color);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}}
function look(frame) {{
  const view = frame.contentWindow;
  const page = frame.contentDocument;
  const root = page.documentElement;
  const texts = [...page.querySelectorAll("main *:not(svg *)")].filter(node =>
    node.checkVisibility() && [...node.childNodes].some(c => c.nodeType === 3 && c.data.trim()));
  const weakest = texts.map(node => [contrast(view, node), node.textContent.slice(0, 40)])
    .sort((a, b) => a[0] - b[0])[0];
  const outside = texts.filter(node =>
    !node.closest(".scroll") && node.getBoundingClientRect().right > root.clientWidth + 0.5);
  const boxes = [...page.querySelectorAll(".picture .frame")];
  const cut = [...page.querySelectorAll(".picture .box")].filter(box => {{
    const frame = box.querySelector(".frame").getBoundingClientRect();
    return [...box.querySelectorAll("text")].some(text => {{
      const {{left, right}} = text.getBoundingClientRect();
      return left < frame.left || right > frame.right;
    }});
  }});
  const skip = page.querySelector("a");
  skip.focus();
  return {{
    width: root.clientWidth, scrolls: root.scrollWidth, weakest,
    outside: outside.map(node => node.textContent.slice(0, 40)),
    boxes: boxes.length, cut: cut.map(box => box.textContent.slice(0, 40)),
    skip: skip.className, skipTop: skip.getBoundingClientRect().top,
    heading: page.querySelector("h1").getBoundingClientRect().bottom,
  }};
}}
addEventListener("load", () => setTimeout(() => {{
  document.getElementById("seen").textContent =
    JSON.stringify([...document.querySelectorAll("iframe")].map(look));
}}, 300));
</script>"""


def chromium(program, profile, scheme, page, *wanted):
    command = [program, "--headless=new", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
               "--disable-dev-shm-usage", "--allow-file-access-from-files",
               "--virtual-time-budget=3000", f"--user-data-dir={profile}",
               f"--window-size={DESK + PHONE},{HEIGHT}",
               # 0 is dark, 1 is light.
               f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}",
               *wanted, "file://" + page]
    if os.geteuid() == 0:
        command.insert(1, "--no-sandbox")
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def pixels(path):
    """The rows of a PNG as Chromium writes it: 8 bits, RGB or RGBA, not interlaced."""
    data = open(path, "rb").read()
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    assert depth == 8 and kind in (2, 6) and not interlaced, (depth, kind, interlaced)
    size = 3 if kind == 2 else 4
    packed, at = b"", 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        if name == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    raw, row, rows = zlib.decompress(packed), bytearray(width * size), []
    for y in range(height):
        start = y * (width * size + 1)
        how, line = raw[start], bytearray(raw[start + 1:start + 1 + width * size])
        for x in range(len(line) if how else 0):
            left = line[x - size] if x >= size else 0
            up, corner = row[x], row[x - size] if x >= size else 0
            if how == 1:
                guess = left
            elif how == 2:
                guess = up
            elif how == 3:
                guess = (left + up) // 2
            else:
                near = left + up - corner
                guess = min((left, up, corner), key=lambda v, near=near: abs(near - v))
            line[x] = (line[x] + guess) & 255
        rows.append([tuple(line[x:x + 3]) for x in range(0, len(line), size)])
        row = line
    return rows


def share(rows, left, right, bottom, color):
    """The part of the rows above `bottom` that has this colour, but for rounding."""
    wanted = tuple(int(color[i:i + 2], 16) for i in (1, 3, 5))
    seen = [pixel for row in rows[:bottom] for pixel in row[left:right]]
    return sum(max(abs(a - b) for a, b in zip(pixel, wanted)) <= 3 for pixel in seen) / len(seen)


# Told apart by people; here by what they are, so that a changed style sheet has to be looked at.
COLORS = {
    "light": {"page": "#f6f7f9", "good": ("#17693a", "#e5f4ea"), "bad": ("#b3232f", "#fcebeb"),
              "caution": ("#8a5300", "#fcf1dc"), "wait": ("#1d5aa8", "#e6effb")},
    "dark": {"page": "#12151b", "good": ("#6fd397", "#163122"), "bad": ("#ff8f8f", "#3b1d20"),
             "caution": ("#f2bd62", "#362a15"), "wait": ("#8dbcff", "#182b46")},
}


def main():
    program, report, tone = sys.argv[1:]
    keep = os.environ.get("PGMEND_SCREENSHOTS")
    faults = []

    def check(holds, *what):
        if not holds:
            faults.append(" ".join(map(str, what)))

    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, "frames.html")
        with open(page, "w", encoding="utf-8") as file:
            file.write(FRAMES % (("file://" + os.path.abspath(report),) * 2))
        for scheme, colors in COLORS.items():
            name = os.path.splitext(os.path.basename(report))[0]
            shot = os.path.join(keep or folder, f"{name}-{scheme}.png")
            chromium(program, folder + "/profile", scheme, page, "--screenshot=" + shot)
            dom = chromium(program, folder + "/profile", scheme, page, "--dump-dom")
            seen = re.search(r'<pre id="seen">(.+?)</pre>', dom)
            check(seen, scheme, "nothing was measured")
            if not seen:
                continue
            text = seen[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            for width, one in zip((DESK, PHONE), json.loads(text)):
                check(one["width"] == width, scheme, width, "is", one["width"], "wide")
                check(one["scrolls"] <= width, scheme, width, "scrolls to", one["scrolls"])
                check(not one["outside"], scheme, width, "outside:", one["outside"])
                check(not one["cut"], scheme, width, "out of its box:", one["cut"])
                check(one["weakest"][0] >= 4.5, scheme, width, "too faint:", one["weakest"])
                check(one["skip"] == "skip" and one["skipTop"] >= 0, scheme, "no skip link")
                check(one["heading"] < 200, scheme, width, "the verdict is far down")
            rows = pixels(shot)
            for left, right in ((0, DESK), (DESK, DESK + PHONE)):
                accent, tint = colors[tone]
                check(share(rows, left, right, 160, tint) > 0.3, scheme, left, "not tinted", tone)
                check(share(rows, left, right, 160, accent) > 0.01, scheme, left, "no", tone)
                check(share(rows, left, right, HEIGHT, colors["page"]) > 0.1, scheme, "background")
                for other in ("good", "bad", "caution", "wait"):
                    check(other == tone or share(rows, left, right, 160, colors[other][1]) < 0.01,
                          scheme, left, "tinted", other)
    print("\n".join(faults) or "as it should be")
    return 1 if faults else 0


sys.exit(main())
