"""The figures: what each is called, which way is better, and what it must and should be.

`assay-bench` prints its own `must` and `aim`; those here stand for figures that the driver works out itself and for
figures that were not measured.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    unit: str
    must: float | None
    aim: float | None
    higher: bool = False
    table: str = "goals"


FIGURES = [
    Figure("exactness", "inputs whose counts and checksum equal the reference's", "of 6", 6, None, higher=True),
    Figure("evaluate", "full evaluation with reading, 1 thread", "× Y", 1.6, 0.8),
    Figure("workers", "two workers against one, wall", "×", 1.7, 1.9, higher=True),
    Figure("memory", "peak memory", "MB", 64, 40),
    Figure("memoryGrowth", "growth of peak memory, small to large input", "MB", 8, 2),
    Figure("delta", "delta scan with 1 % changed, against full", "×", 4, 7, higher=True),
    Figure("ruleChange", "rule change, from stored columns", "× Y", 0.5, 0.2),
    Figure("peers", "against a peer, same rules, parsing included", "×", 30, 100, higher=True),
    Figure("compile", "catalogue compiled from cold start", "ms", 50, 10),
    Figure("transitions", "transitions written to SQLite", "rows/s", 300_000, 800_000, higher=True),
    Figure("seal", "seal: validate, hash, write", "× Y", 4, None, table="steps"),
    Figure(
        "secondScan", "second scan, 1 % changed, counts and store, two workers, wall", "× Y", 2.5, None, table="steps"
    ),
    Figure("firstScan", "first scan, rows stored", "rows/s", None, None, higher=True, table="steps"),
    Figure(
        "catalogueEvaluate", "own catalogue on the generated estate, 1 thread", "× Y", None, None, table="catalogue"
    ),
    Figure("catalogueFast", "rules of the catalogue on the fast path", "%", 90, None, higher=True, table="catalogue"),
    Figure("catalogueUndecided", "resources handed to the general reader", "%", None, None, table="catalogue"),
    Figure("joinBytes", "kept for joins, a joined resource", "B", 64, None, table="catalogue"),
]
BY_NAME = {figure.name: figure for figure in FIGURES}


def value_of(row):
    """The number of a result row, whichever name its printer gave it; None when it was not measured."""
    for key in ("ratio", "value"):
        if isinstance(row.get(key), (int, float)) and not isinstance(row.get(key), bool):
            return row[key]
    return None


def is_better(figure, value, goal):
    return value >= goal if figure.higher else value <= goal


def verdict(row):
    """`met`, `not met` or why there is none."""
    figure, value = BY_NAME.get(row.get("figure")), value_of(row)
    must = row.get("must", figure.must if figure else None) if not row.get("informative") else None
    if value is None:
        return "not measured"
    if row.get("agrees") is False:
        return "WRONG COUNTS"
    if must is None or figure is None:
        return "no goal"
    if not is_better(figure, value, must):
        return "NOT MET"
    aim = row.get("aim", figure.aim)
    return "met, aim too" if aim is not None and is_better(figure, value, aim) else "met"


def text(value):
    """Three significant digits, thousands apart."""
    if value is None:
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def label_of(row):
    figure = BY_NAME.get(row.get("figure"))
    label = figure.label if figure else str(row.get("figure"))
    if row.get("peer"):
        label = label.replace("a peer", row["peer"])
    details = []
    if row.get("resources"):
        details.append(f"{row['resources']:,} resources")
    if row.get("rules"):
        details.append(f"{row['rules']} rules")
    if row.get("axis"):
        details.append(f"growth of {row['axis']}, {row['point']:,}")
    return label + (f" ({', '.join(details)})" if details else "")


def bound(row, key):
    """`≤ 1.6 × Y`, or a dash."""
    figure = BY_NAME.get(row.get("figure"))
    goal = row.get(key, getattr(figure, key) if figure and not row.get("informative") else None)
    if goal is None or figure is None:
        return "–"
    return f"{'≥' if figure.higher else '≤'} {text(goal)} {figure.unit}"


def seen(row):
    figure, value = BY_NAME.get(row.get("figure")), value_of(row)
    return f"{text(value)} {row.get('unit', figure.unit if figure else '')}".strip() if value is not None else "–"
