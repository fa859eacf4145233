"""What comes out of a run: the table, `results.json`, the charts, and the figures inside `docs/performance.md`."""

import json
import os

import charts
from figures import BY_NAME, bound, label_of, seen, text, value_of, verdict

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
TABLES = (
    ("goals", "Goals"),
    ("steps", "Steps around the evaluation"),
    ("catalogue", "Own catalogue on the generated estate"),
)
YARDSTICK = "bare parse (Y)"


def goal_rows(rows, table):
    """Rows of a table, in the order of the figures; growth and single contenders stand elsewhere."""
    order = list(BY_NAME)
    return sorted(
        (
            row
            for row in rows
            if "axis" not in row and row.get("figure") in BY_NAME and BY_NAME[row["figure"]].table == table
        ),
        key=lambda row: order.index(row["figure"]),
    )


def cells(row):
    return label_of(row), bound(row, "must"), bound(row, "aim"), seen(row), verdict(row)


def gaps(results):
    """Why figures were not measured, one sentence each."""
    return [f"{label_of(row)}: {row['skipped']}" for row in results["rows"] if "skipped" in row]


def wrong(results):
    """Runs whose counts differ from the reference evaluator's, growth included."""
    return [
        f"{label_of(row)}: counts differ from the reference evaluator's"
        for row in results["rows"]
        if row.get("agrees") is False
    ]


def plain(results):
    """The tables as a terminal shows them."""
    out = []
    for table, title in TABLES:
        rows = [cells(row) for row in goal_rows(results["rows"], table)]
        if not rows:
            continue
        head = (title, "must", "aim", "seen", "")
        widths = [max(len(row[k]) for row in rows + [head]) for k in range(5)]
        out += ["", "  ".join(cell.ljust(width) for cell, width in zip(head, widths)).rstrip(), "─" * (sum(widths) + 8)]
        out += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    contenders = [row for row in results["rows"] if row.get("figure") == "peer"]
    if contenders:
        out += ["", "Contenders on the same rules, CPU parsing included"]
        out += [
            f"  {row['peer']:30} {row['microsecondsPerResource']:9.2f} µs a resource   {'same counts' if row['agrees'] else 'OTHER COUNTS'}"
            for row in contenders
        ]
    for title, found in (("Not measured", gaps(results)), ("Wrong", wrong(results))):
        if found:
            out += ["", title] + ["  " + reason for reason in found]
    return "\n".join(out + ["", yardstick(results)])


def yardstick(results):
    names = sorted({row["yardstick"] for row in results["rows"] if row.get("yardstick")})
    if not names:
        return "Y was not measured."
    fallback = (
        ""
        if all("simdjson" in name for name in names)
        else " (simdjson is not installed: ratios are against SHA-256 of the same bytes and cannot be compared with those against simdjson)"
    )
    return "Y: " + ", ".join(names) + fallback + "."


def markdown(results):
    """The tables for the document, between its markers."""
    machine = results["machine"]
    out = [
        f"Measured on {machine['date']}: {machine['processor']}, {machine['cores']} cores, {machine['memoryGigabytes']} GB, {machine['system']}, {machine['swift']}. {yardstick(results)}"
    ]
    for table, title in TABLES:
        rows = goal_rows(results["rows"], table)
        if rows:
            out += ["", f"**{title}**", "", "| figure | must | aim | seen | |", "|---|---|---|---|---|"]
            out += ["| " + " | ".join(cell.replace("|", "\\|") for cell in cells(row)) + " |" for row in rows]
    absolute = [
        row for row in results["rows"] if row.get("figure") == "evaluate" and "axis" not in row and "cpuSeconds" in row
    ]
    if absolute:
        out += [
            "",
            "**CPU seconds of the same runs**",
            "",
            "| resources | evaluation | Y | evaluations | passes | counts |",
            "|---|---|---|---|---|---|",
        ]
        out += [
            "| {resources:,} | {cpu} s | {y} s | {evaluations} | {passes} | {agrees} |".format(
                resources=row.get("resources", 0),
                cpu=text(row["cpuSeconds"]),
                y=text(row.get("yardstickSeconds")),
                evaluations=text(row.get("evaluations")),
                passes=text(row.get("passes")),
                agrees={True: "equal the reference", False: "DIFFER"}.get(row.get("agrees"), "not compared"),
            )
            for row in absolute
        ]
    contenders = [row for row in results["rows"] if row.get("figure") == "peer"]
    if contenders:
        out += [
            "",
            "**Contenders on the same rules, CPU with parsing**",
            "",
            "| contender | version | µs a resource | counts |",
            "|---|---|---|---|",
        ]
        out += [
            f"| {row['peer']} | {row['version']} | {text(row['microsecondsPerResource'])} | {'equal the reference' if row['agrees'] else 'DIFFER'} |"
            for row in contenders
        ]
    for title, found in (("Not measured", gaps(results)), ("Wrong", wrong(results))):
        if found:
            out += ["", f"**{title}**", ""] + ["- " + reason for reason in found]
    return "\n".join(out)


def draw(results):
    """The charts that the rows allow, by file name."""
    rows, drawn = results["rows"], {}

    def bar(row):
        figure = BY_NAME[row["figure"]]
        name = {
            "evaluate": "full evaluation",
            "ruleChange": "rule change, from columns",
            "seal": "seal",
            "secondScan": "second scan, 1 % changed",
            "catalogueEvaluate": "own catalogue",
            "workers": "two workers against one",
            "delta": "delta scan against full",
            "peers": "against " + str(row.get("peer")),
        }[row["figure"]]
        size = (
            f", {row['resources']:,}"
            if row["figure"] in ("evaluate", "catalogueEvaluate") and row.get("resources")
            else ""
        )
        return (
            name + size,
            value_of(row),
            row.get("must", figure.must if not row.get("informative") else None),
            row.get("aim", figure.aim if not row.get("informative") else None),
            verdict(row) not in ("NOT MET", "WRONG COUNTS"),
        )

    def having(names):
        return [bar(row) for row in rows if row.get("figure") in names and "axis" not in row and value_of(row)]

    cost = having(("evaluate", "ruleChange", "seal", "secondScan", "catalogueEvaluate"))
    if cost:
        drawn["cost.svg"] = charts.bars("cost", "Cost against a bare JSON parse of the same bytes", cost, "× Y")
    gain = having(("workers", "delta", "peers"))
    if gain:
        drawn["gain.svg"] = charts.bars("gain", "How many times faster", gain, "×", higher=True, logarithmic=True)
    for axis, title, label in (
        ("resources", "Cost against the number of resources", "resources"),
        ("rules", "Cost against the number of rules", "rule set, times"),
        ("size", "Cost against the size of a resource", "size of a line, times"),
    ):
        points = [row for row in rows if row.get("axis") == axis and "cpuSeconds" in row]
        if len(points) < 2:
            continue
        series = [("evaluation", [(row["point"], row["cpuSeconds"]) for row in points])]
        if all(row.get("yardstickSeconds") for row in points):
            series.append((YARDSTICK, [(row["point"], row["yardstickSeconds"]) for row in points]))
        drawn[f"growth-{axis}.svg"] = charts.lines(f"growth-{axis}", title, label, "CPU seconds", series)
    return drawn


def write(results, folder, page=None):
    """Writes `results.json` and the charts into the folder, and the figures into the page."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "results.json"), "w") as out:
        json.dump(results, out, indent=1, ensure_ascii=False)
        out.write("\n")
    drawn = draw(results)
    # A chart of an earlier run must not stand beside the figures of this one.
    for name in os.listdir(folder):
        if name.endswith(".svg") and name not in drawn:
            os.remove(os.path.join(folder, name))
    for name, svg in drawn.items():
        with open(os.path.join(folder, name), "w") as out:
            out.write(svg)
    if page:
        with open(page) as file:
            before, rest = file.read().split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        with open(page, "w") as out:
            out.write(f"{before}{BEGIN}\n{markdown(results)}\n{END}{after}")
