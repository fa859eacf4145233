#!/usr/bin/env python3
"""jq and DuckDB against assay on the same rules over the same resources, parsing included, one thread.

usage: peers.py RULES SNAPSHOT --assay-bench PROGRAM [--reference PROGRAM] [--rounds 5] [--work FOLDER]

RULES are bench rules (one JSON object a line), SNAPSHOT holds one bare resource a line; resources whose type no rule
names are left out of the measured input. Every contender reads the same bytes and must find as many passes as the
reference evaluator counts, or as the median contender where `--reference` is not given. Rounds are interleaved; the
figure is the median of CPU seconds, loading included. DuckDB runs in three forms: over a JSON column, over columns
whose types it infers, and over only the columns that the rules read, which somebody has to write down for each type
beforehand. The goal is held against the faster of the first two, which need to know no more of the input than assay
does; the third is printed beside it. Prints JSON lines. Standard library, plus the `duckdb` package for DuckDB.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

# The form that is told the columns; it is shown, the goal is not held against it.
DECLARED = "duckdb, columns of the rules"


# jq


def jq_path(path):
    return "." + ".".join(json.dumps(step) for step in path.split(".")) if path else "."


def jq_text(path):
    return f'({jq_path(path)} // "")'


def jq(expression):
    """One bench expression as a jq filter, in the form that a user of jq would write."""
    name, *operands = expression
    if name in ("and", "or"):
        return "(" + f" {name} ".join(jq(operand) for operand in operands) + ")"
    if name == "not":
        return f"({jq(operands[0])} | not)"
    path, constant = operands[0], operands[1] if len(operands) > 1 else None
    at = jq_path(path)
    if name in ("all", "any"):
        return f"{name}({at}[]; {jq(constant)})"
    forms = {
        "eq": lambda: f"({at} == {json.dumps(constant)})",
        "ne": lambda: f"({at} != {json.dumps(constant)})",
        "in": lambda: f"({at} | IN({', '.join(json.dumps(choice) for choice in constant)}))",
        "exists": lambda: f"({at} != null)",
        "ge": lambda: f"({at} >= {constant})",
        "le": lambda: f"({at} != null and {at} <= {constant})",
        "starts": lambda: f"({jq_text(path)} | startswith({json.dumps(constant)}))",
        "contains": lambda: f"({jq_text(path)} | contains({json.dumps(constant)}))",
        "matches": lambda: f"({jq_text(path)} | test({json.dumps(constant)}))",
    }
    return forms[name]()


def jq_program(rules):
    """Counts the passes of the whole input: one array of verdicts a resource, no output in between."""
    branches = "".join(
        f"{'if' if k == 0 else 'elif'} .type == {json.dumps(type)} then [{', '.join(map(jq, found))}] "
        for k, (type, found) in enumerate(rules.items())
    )
    return f"reduce inputs as $resource (0; . + ($resource | ({branches}else [] end) | map(select(.)) | length))"


class JQ:
    name = "jq"

    def __init__(self, rules, files):
        self.program, self.file = jq_program(rules), files["all"]
        self.version = subprocess.run(["jq", "--version"], capture_output=True, text=True, check=True).stdout.strip()

    def run(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        out = subprocess.run(["jq", "-n", self.program, self.file], capture_output=True, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, int(out)


# DuckDB


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


class SQL:
    """Bench expressions as SQL; `read` says how a path below a row or an element is read."""

    def __init__(self, read, elements):
        self.read, self.elements = read, elements

    def condition(self, expression, row):
        name, *operands = expression
        if name in ("and", "or"):
            return "(" + f" {name.upper()} ".join(self.condition(operand, row) for operand in operands) + ")"
        if name == "not":
            return f"NOT coalesce({self.condition(operands[0], row)}, false)"
        path, constant = operands[0], operands[1] if len(operands) > 1 else None
        if name in ("all", "any"):
            inner = self.condition(constant, "e")
            kept = inner if name == "any" else f"NOT coalesce({inner}, false)"
            return f"len(list_filter({self.elements(row, path)}, lambda e: {kept})) {'> 0' if name == 'any' else '= 0'}"
        if name in ("ge", "le"):
            return f"{self.read(row, path, 'BIGINT')} {'>=' if name == 'ge' else '<='} {constant}"
        if name == "exists":
            return f"{self.read(row, path, 'VARCHAR')} IS NOT NULL"
        if name in ("eq", "ne"):
            at = self.read(
                row,
                path,
                "BOOLEAN" if isinstance(constant, bool) else "BIGINT" if isinstance(constant, int) else "VARCHAR",
            )
            literal = quoted(constant) if isinstance(constant, str) else str(constant).lower()
            return f"{at} = {literal}" if name == "eq" else f"{at} IS DISTINCT FROM {literal}"
        at = self.read(row, path, "VARCHAR")
        if name == "in":
            return f"{at} IN ({', '.join(map(quoted, constant))})"
        return {
            "starts": f"starts_with({at}, {quoted(constant)})",
            "contains": f"contains({at}, {quoted(constant)})",
            "matches": f"regexp_matches({at}, {quoted(constant)})",
        }[name]

    def count(self, rules, table):
        return (
            "SELECT "
            + " + ".join(f"count(*) FILTER (WHERE {self.condition(rule, '')})" for rule in rules)
            + f" FROM {table}"
        )


def json_read(row, path, type):
    text = f"({row or 'j'} ->> {quoted('$.' + path if path else '$')})"
    return text if type == "VARCHAR" else f"CAST({text} AS {type})"


def json_elements(row, path):
    return f"CAST(json_extract({row or 'j'}, {quoted('$.' + path)}) AS JSON[])"


def column_read(row, path, type):
    steps = ([row] if row else []) + [f'"{step}"' for step in path.split(".") if step]
    return ".".join(steps)


def column_elements(row, path):
    return column_read(row, path, "")


def shape(rules):
    """The struct that holds the paths of these rules and nothing else, as nested dictionaries of SQL types."""
    root = {}

    def put(node, path, value):
        *outer, last = path.split(".")
        for step in outer:
            node = node.setdefault(step, {})
        if isinstance(value, list) and last in node:
            return node[last]
        return node.setdefault(last, value)

    def walk(expression, node):
        name, *operands = expression
        if name in ("and", "or", "not"):
            for operand in operands:
                walk(operand, node)
        elif name in ("all", "any"):
            walk(operands[1], put(node, operands[0], [{}])[0])
        else:
            constant = operands[1] if len(operands) > 1 else ""
            put(
                node,
                operands[0],
                "BOOLEAN" if isinstance(constant, bool) else "BIGINT" if isinstance(constant, int) else "VARCHAR",
            )

    for rule in rules:
        walk(rule, root)
    return root


def sql_type(node):
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return sql_type(node[0]) + "[]"
    return "STRUCT(" + ", ".join(f'"{name}" {sql_type(inner)}' for name, inner in node.items()) + ")"


class DuckDB:
    def __init__(self, rules, files, form):
        import duckdb

        self.duckdb, self.rules, self.files, self.form = duckdb, rules, files, form
        self.name, self.version = f"duckdb, {form}", f"DuckDB {duckdb.__version__}"

    def run(self):
        start = time.process_time()
        database = self.duckdb.connect(":memory:", config={"threads": 1})
        passes = 0
        if self.form == "JSON column":
            database.execute(
                f"CREATE TABLE r AS SELECT json ->> '$.type' AS type, json AS j FROM read_ndjson_objects({quoted(self.files['all'])})"
            )
            for type, rules in self.rules.items():
                query = SQL(json_read, json_elements).count(rules, f"r WHERE type = {quoted(type)}")
                passes += database.execute(query).fetchone()[0]
        else:
            for k, (type, rules) in enumerate(self.rules.items()):
                columns = ""
                if self.form == "columns of the rules":
                    columns = ", columns={%s}" % ", ".join(
                        f"{quoted(name)}: {quoted(sql_type(node))}" for name, node in shape(rules).items()
                    )
                database.execute(
                    f"CREATE TABLE t{k} AS SELECT * FROM read_json({quoted(self.files[type])}, format='newline_delimited'{columns})"
                )
                passes += database.execute(SQL(column_read, column_elements).count(rules, f"t{k}")).fetchone()[0]
        database.close()
        return time.process_time() - start, passes


# assay


class Assay:
    name = "assay"

    def __init__(self, program, rules_file, files):
        self.command, self.version = [program, "evaluate", rules_file, files["all"], "--rounds", "1"], "assay"

    def run(self):
        answer = subprocess.run(self.command, capture_output=True, text=True)
        if answer.returncode != 0:
            raise RuntimeError(answer.stderr.strip().split("\n")[-1] or f"exit code {answer.returncode}")
        for line in answer.stdout.split("\n"):
            found = json.loads(line) if line.startswith("{") else {}
            if "cpuSeconds" in found and "passes" in found:
                return found["cpuSeconds"], found["passes"]
        raise RuntimeError("`assay-bench evaluate` printed no line with `cpuSeconds` and `passes`")


def emit(**members):
    print(json.dumps(members, separators=(",", ":")), flush=True)


def split(snapshot, types, folder):
    """The measured input: the lines of the rules' types, together and by type. DuckDB gets the latter for nothing."""
    files = {"all": os.path.join(folder, "peers.jsonl")} | {
        type: os.path.join(folder, f"peers{k}.jsonl") for k, type in enumerate(types)
    }
    out = {name: open(path, "wb") for name, path in files.items()}
    resources = 0
    with open(snapshot, "rb") as lines:
        for line in lines:
            type = json.loads(line).get("type")
            if type in out:
                resources += 1
                out["all"].write(line)
                out[type].write(line)
    for file in out.values():
        file.close()
    return files, resources


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rules")
    parser.add_argument("snapshot")
    parser.add_argument("--assay-bench", help="program that evaluates; without it only the peers are timed")
    parser.add_argument("--reference", help="reference evaluator, asked how many passes the measured input has")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", help="folder for the measured input; a temporary one without it")
    arguments = parser.parse_args()
    rules = {}
    with open(arguments.rules) as lines:
        for line in lines:
            rule = json.loads(line)
            rules.setdefault(rule["type"], []).append(rule["expr"])
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.work or temporary
        os.makedirs(folder, exist_ok=True)
        files, resources = split(arguments.snapshot, list(rules), folder)
        contenders = []
        if arguments.assay_bench:
            contenders.append(Assay(arguments.assay_bench, arguments.rules, files))
        if shutil.which("jq"):
            contenders.append(JQ(rules, files))
        else:
            emit(skipped="jq", reason="`jq` is not installed")
        try:
            contenders += [
                DuckDB(rules, files, form) for form in ("JSON column", "inferred columns", "columns of the rules")
            ]
        except ImportError:
            emit(skipped="duckdb", reason="the Python package `duckdb` is not installed (pip install duckdb)")
        seconds, passes = {}, {}
        for turn in range(arguments.rounds):
            for contender in list(contenders):
                try:
                    spent, found = contender.run()
                except Exception as error:  # one contender's failure is its own result
                    emit(skipped=contender.name, reason=str(error).split("\n")[0])
                    contenders.remove(contender)
                    continue
                seconds.setdefault(contender.name, []).append(spent)
                passes[contender.name] = found
        counted = sorted(passes.values())
        expected = counted[len(counted) // 2] if counted else None
        if arguments.reference:
            answer = subprocess.run(
                ["python3", arguments.reference, arguments.rules, files["all"]],
                capture_output=True,
                text=True,
                check=True,
            )
            expected = int(answer.stdout.split()[2])
        ours = statistics.median(seconds["assay"]) if "assay" in seconds else None
        best = {}
        for contender in contenders:
            median = statistics.median(seconds[contender.name])
            agrees = passes[contender.name] == expected
            emit(
                figure="peer",
                peer=contender.name,
                version=contender.version,
                resources=resources,
                cpuSeconds=round(median, 4),
                rounds=len(seconds[contender.name]),
                passes=passes[contender.name],
                agrees=agrees,
                microsecondsPerResource=round(median / resources * 1e6, 2),
            )
            family = contender.name if contender.name == DECLARED else contender.name.split(",")[0]
            if agrees and family != "assay":
                best[family] = min(best.get(family, median), median)
        for family, median in best.items():
            if ours:
                goal = {} if family == DECLARED else {"must": 30, "aim": 100}
                emit(figure="peers", peer=family, resources=resources, ratio=round(median / ours, 1), **goal)
        if any(passes[contender.name] != expected for contender in contenders):
            sys.exit("peers: not every contender counts the same passes")


if __name__ == "__main__":
    main()
