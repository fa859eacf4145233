"""Small SVG charts: one bar chart of figures with their goals, one line chart of a cost that grows.

Each has a title and a description for screen readers, says every number as text as well, never by colour alone, and
follows the reader's light or dark scheme. No scripts, no fonts to load.
"""

import math
from xml.sax.saxutils import escape

WIDTH = 760
STYLE = """
text{font:13px system-ui,sans-serif;fill:#1f2328}.small{font-size:11px;fill:#59636e}.head{font-size:15px;font-weight:600}
.axis{stroke:#8c959f;stroke-width:1}.grid{stroke:#d1d9e0;stroke-width:1}.bar{fill:#0969da}.missed{fill:#bc4c00}
.must{stroke:#1f2328;stroke-width:2}.aim{stroke:#1f2328;stroke-width:2;stroke-dasharray:3 3}
.first{stroke:#0969da;fill:none;stroke-width:2.5}.second{stroke:#bc4c00;fill:none;stroke-width:2.5;stroke-dasharray:7 4}
.dot1{fill:#0969da}.dot2{fill:#bc4c00}.paper{fill:#ffffff}
@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.small{fill:#9198a1}.axis{stroke:#656c76}.grid{stroke:#3d444d}.bar{fill:#4493f8}
.missed{fill:#f0883e}.must,.aim{stroke:#f0f6fc}.first{stroke:#4493f8}.second{stroke:#f0883e}.dot1{fill:#4493f8}.dot2{fill:#f0883e}.paper{fill:#0d1117}}
"""


def number(value):
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def document(name, title, description, height, parts):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-labelledby="{name}-title {name}-description">\n<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-description">{escape(description)}</desc>\n<style>{STYLE}</style>\n'
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>\n<text class="head" x="16" y="26">{escape(title)}</text>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def place(x, y, content, css="", anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{f" class={chr(34)}{css}{chr(34)}" if css else ""}>{escape(content)}</text>'


def ticks(low, high, logarithmic):
    if logarithmic:
        return [10.0**k for k in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    step = 10 ** math.floor(math.log10(high or 1))
    step = next(step * factor for factor in (0.1, 0.2, 0.25, 0.5, 1, 2) if high / (step * factor) <= 6)
    return [k * step for k in range(int(high / step + 1e-9) + 1)]


def bars(name, title, rows, unit, higher=False, logarithmic=False):
    """Horizontal bars: rows are (label, value, must, aim, is met); marks show must (full line) and aim (dashed)."""
    left, right, top, step = 330, WIDTH - 90, 62, 40
    numbers = [x for _, value, must, aim, _ in rows for x in (value, must, aim) if x]
    high = max(numbers) * (1.6 if logarithmic else 1.08)
    low = 10 ** math.floor(math.log10(min(numbers + [1]))) if logarithmic else 0
    if logarithmic:

        def x(value):
            return left + (right - left) * (math.log10(max(value, low)) - math.log10(low)) / (
                math.log10(high) - math.log10(low)
            )

    else:

        def x(value):
            return left + (right - left) * value / high

    bottom = top + step * len(rows)
    better = "higher is better" if higher else "lower is better"
    scale = ", logarithmic scale" if logarithmic else ""
    parts = [place(16, 46, f"{unit}, {better}{scale}; full mark: must, dashed mark: aim", "small")]
    for tick in ticks(low or 1, high, logarithmic):
        if low <= tick <= high:
            parts.append(f'<line class="grid" x1="{x(tick):.1f}" y1="{top}" x2="{x(tick):.1f}" y2="{bottom}"/>')
            parts.append(place(x(tick), bottom + 16, number(tick), "small", "middle"))
    told = []
    for k, (label, value, must, aim, met) in enumerate(rows):
        y = top + step * k + 8
        parts.append(place(left - 10, y + 16, label, "", "end"))
        parts.append(
            f'<rect class="{"bar" if met else "missed"}" x="{x(low):.1f}" y="{y}" width="{max(1, x(value) - x(low)):.1f}" height="24" rx="2"/>'
        )
        marks = [(goal, css) for goal, css in ((must, "must"), (aim, "aim")) if goal]
        parts += [
            f'<line class="{css}" x1="{x(goal):.1f}" y1="{y - 4}" x2="{x(goal):.1f}" y2="{y + 28}"/>'
            for goal, css in marks
        ]
        edge = max([x(value)] + [x(goal) for goal, _ in marks])
        parts.append(place(edge + 8, y + 16, number(value) + ("" if met else " ✗")))
        goals = "".join(f", {css} {number(goal)}" for goal, css in marks)
        told.append(f"{label}: {number(value)} {unit}{goals}{'' if met else ', not met'}")
    parts.append(f'<line class="axis" x1="{left}" y1="{top}" x2="{left}" y2="{bottom}"/>')
    return document(name, title, f"{better}. " + "; ".join(told) + ".", bottom + 30, parts)


def lines(name, title, x_label, y_label, series):
    """One or two lines over a few measured points: series are (name, [(x, y)]); both axes start at nothing."""
    left, right, top, bottom = 80, WIDTH - 170, 62, 300
    x_high = max(x for _, points in series for x, _ in points) * 1.05
    y_high = max(y for _, points in series for _, y in points) * 1.12

    def x(value):
        return left + (right - left) * value / x_high

    def y(value):
        return bottom - (bottom - top) * value / y_high

    parts = [place(16, 46, y_label, "small")]
    for tick in ticks(0, y_high, False):
        parts.append(f'<line class="grid" x1="{left}" y1="{y(tick):.1f}" x2="{right}" y2="{y(tick):.1f}"/>')
        parts.append(place(left - 8, y(tick) + 4, number(tick), "small", "end"))
    measured = sorted({point for _, points in series for point, _ in points})
    parts += [place(x(point), bottom + 18, number(point), "small", "middle") for point in measured]
    parts.append(place((left + right) / 2, bottom + 38, x_label, "small", "middle"))
    parts.append(f'<line class="axis" x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}"/>')
    told = []
    labels = []
    for k, (label, points) in enumerate(series):
        css, dot = (("first", "dot1"), ("second", "dot2"))[k % 2]
        points = sorted(points)
        parts.append(f'<polyline class="{css}" points="{" ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in points)}"/>')
        for a, b in points:
            shape = (
                f'<circle class="{dot}" cx="{x(a):.1f}" cy="{y(b):.1f}" r="4"/>'
                if k == 0
                else f'<rect class="{dot}" x="{x(a) - 4:.1f}" y="{y(b) - 4:.1f}" width="8" height="8"/>'
            )
            parts.append(shape)
        labels.append((y(points[-1][1]) + 4, f"{label} {number(points[-1][1])}", x(points[-1][0]) + 12))
        told.append(f"{label}: " + ", ".join(f"{number(a)} → {number(b)}" for a, b in points))
    labels.sort()
    for k, (height, content, at) in enumerate(labels):
        if k and height - labels[k - 1][0] < 16:
            height = labels[k - 1][0] + 16
            labels[k] = (height, content, at)
        parts.append(place(at, height, content))
    return document(name, title, f"{y_label} against {x_label}. " + "; ".join(told) + ".", bottom + 52, parts)
