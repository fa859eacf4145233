"""Runs `assay-bench` and the peers and gathers their JSON lines.

Every subcommand prints one JSON object a line: `figure` names it (see figures.py), `ratio` or `value` is the number,
and what else is known stands beside it: `resources`, `rules`, `bytes`, `cpuSeconds`, `yardstickSeconds`, `yardstick`,
`rounds`, `evaluations`, `passes`, `checksum`, `peakMegabytes`, `must`, `aim`, `unit`. A subcommand that fails becomes a row
that says so; nothing is left out in silence.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from figures import BY_NAME
from inputs import ROOT, Skipped


def high_water_mark(process):
    """Peak resident memory of a running process in MB; 0 when it has just ended."""
    try:
        with open(f"/proc/{process}/status") as file:
            return next((int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM")), 0.0)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


class Runs:
    """The rows of one run of the benchmark, in the order in which they were measured."""

    def __init__(self, program, inputs, rounds, python):
        self.program, self.inputs, self.rounds, self.python = program, inputs, rounds, python
        self.rows = []

    def skip(self, figure, reason, **more):
        self.rows.append({"figure": figure, "skipped": reason, **more})
        print(f"bench: {figure}: {reason}", file=sys.stderr, flush=True)

    def call(self, *arguments, watch=False):
        """Runs a subcommand; returns its rows, and the peak of its memory in MB where that is watched.

        The kernel's high-water mark is read while the program runs: what `wait4` reports also counts the memory of the
        process that started it.
        """
        print(
            "bench: assay-bench " + " ".join(os.path.basename(str(part)) for part in arguments),
            file=sys.stderr,
            flush=True,
        )
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen([self.program, *map(str, arguments)], stdout=out, stderr=errors)
            peak = 0.0
            while watch and process.poll() is None:
                peak = max(peak, high_water_mark(process.pid))
                time.sleep(0.005)
            process.wait()
            out.seek(0)
            errors.seek(0)
            if process.returncode != 0:
                said = (errors.read() or out.read()).decode(errors="replace").strip().split("\n")[-1]
                raise Skipped(
                    f"`assay-bench {arguments[0]}` ended with {process.returncode}" + (f": {said}" if said else "")
                )
            rows = [json.loads(line) for line in out.read().decode().split("\n") if line.startswith("{")]
        if not rows:
            raise Skipped(f"`assay-bench {arguments[0]}` printed no figure")
        return rows, max([peak] + [row["peakMegabytes"] for row in rows if "peakMegabytes" in row])

    def measure(self, figure, *arguments, expected=None, **more):
        """Keeps what a subcommand prints; counts are held against the reference evaluator's where it was asked."""
        try:
            rows, _ = self.call(*[argument() if callable(argument) else argument for argument in arguments])
            counts = expected() if expected else None
        except (Skipped, OSError, subprocess.CalledProcessError) as error:
            self.skip(figure, str(error), **more)
            return []
        for row in rows:
            row.update(more)
            if counts and "passes" in row:
                row["agrees"] = all(row.get(name) == count for name, count in counts.items() if name in row)
        self.rows += rows
        return rows

    # The groups, each with a name that `--only` takes

    def exactness(self):
        """Counts and checksum against the reference evaluator's: five seeds, and types that stand late in the line."""
        inputs, count = self.inputs, self.inputs.small // 5
        plan = [dict(seed=seed) for seed in range(1, 6)] + [dict(seed=1, late=0.5)]
        equal, reasons = 0, []
        for arguments in plan:
            try:
                snapshot = inputs.snapshot(count, **arguments)
                rules = inputs.rules(arguments["seed"])
                rows, _ = self.call("evaluate", rules, snapshot, "--rounds", 1)
                expected = inputs.oracle(rules, snapshot)
                found = next((row for row in rows if "checksum" in row), {})
                equal += all(found.get(name) == value for name, value in expected.items())
            except (Skipped, OSError, subprocess.CalledProcessError) as error:
                reasons.append(str(error))
        if len(reasons) == len(plan):
            self.skip("exactness", reasons[0])
        else:
            self.rows.append({"figure": "exactness", "value": equal, "must": len(plan), "resources": count})

    def goals(self):
        inputs, rounds = self.inputs, self.rounds
        for count in (inputs.small, inputs.large):
            self.measure(
                "evaluate",
                "evaluate",
                inputs.rules,
                lambda: inputs.snapshot(count),
                "--rounds",
                rounds,
                expected=lambda: inputs.oracle(inputs.rules(), inputs.snapshot(count)),
            )
        self.measure("workers", "workers", inputs.rules, lambda: inputs.snapshot(inputs.large), "--rounds", rounds)
        self.memory()
        self.measure(
            "delta",
            "delta",
            inputs.rules,
            lambda: inputs.snapshot(inputs.small),
            lambda: inputs.churned(inputs.small),
            "--rounds",
            rounds,
        )
        self.measure("ruleChange", "columns", inputs.rules, lambda: inputs.snapshot(inputs.large), "--rounds", rounds)
        self.measure("compile", "compile", "--rounds", rounds)
        self.measure("transitions", "transitions", "--rows", 1_000_000)

    def memory(self):
        """Peak memory of the streamed evaluation on two threads, at both sizes."""
        inputs, peaks = self.inputs, {}
        for count in (inputs.small, inputs.large):
            try:
                _, peaks[count] = self.call(
                    "stream", inputs.rules(), inputs.snapshot(count), "--threads", 2, watch=True
                )
            except (Skipped, OSError, subprocess.CalledProcessError) as error:
                self.skip("memory", str(error), resources=count)
        if inputs.large in peaks:
            self.rows.append({"figure": "memory", "value": round(peaks[inputs.large], 1), "resources": inputs.large})
        if len(peaks) == 2:
            self.rows.append(
                {
                    "figure": "memoryGrowth",
                    "value": round(peaks[inputs.large] - peaks[inputs.small], 1),
                    "resources": inputs.large,
                }
            )
        elif inputs.large in peaks or not peaks:
            self.skip("memoryGrowth", "one of the two sizes was not measured")

    def steps(self):
        inputs = self.inputs
        self.measure("seal", "seal", lambda: inputs.snapshot(inputs.small), "--rounds", self.rounds)
        self.measure(
            "secondScan",
            "rescan",
            lambda: inputs.estate(inputs.large),
            lambda: inputs.estate(inputs.large, 0.01),
            "--threads",
            2,
        )

    def catalogue(self):
        inputs = self.inputs
        for count in (inputs.small, inputs.large):
            self.measure("catalogueEvaluate", "catalogue", lambda: inputs.estate(count), "--rounds", self.rounds)

    def peers(self):
        inputs = self.inputs
        try:
            command = [
                self.python,
                os.path.join(ROOT, "Benchmarks", "Peers", "peers.py"),
                inputs.peer_rules(),
                inputs.snapshot(inputs.small),
                "--assay-bench",
                self.program,
                "--rounds",
                "5",
                "--work",
                os.path.join(inputs.folder, "peers"),
                "--reference",
            ]
            command.append(inputs.reference())
        except (Skipped, subprocess.CalledProcessError) as error:
            self.skip("peers", str(error))
            return
        print("bench: peers", file=sys.stderr, flush=True)
        answer = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        found = set()
        for line in answer.stdout.split("\n"):
            row = json.loads(line) if line.startswith("{") else None
            if row is None:
                continue
            if "reason" in row:
                self.skip("peers", row["reason"], peer=row["skipped"])
            else:
                found.add(row["figure"])
                self.rows.append(row if row["figure"] == "peers" and "must" in row else {**row, "informative": True})
        if "peers" not in found:
            self.skip("peers", f"no peer could be compared (exit code {answer.returncode})")

    def growth(self):
        """Cost against resources, rules and resource size; shown, not held against a goal."""
        inputs = self.inputs
        plan = [
            ("resources", count, inputs.rules, lambda count=count: inputs.snapshot(count))
            for count in (inputs.small // 4, inputs.small, inputs.large)
        ]
        plan += [
            ("rules", times, lambda times=times: inputs.rules_times(times), lambda: inputs.snapshot(inputs.small))
            for times in (1, 2, 4)
        ]
        plan += [
            (
                "size",
                times,
                inputs.rules,
                lambda times=times: inputs.padded(inputs.small, times) if times > 1 else inputs.snapshot(inputs.small),
            )
            for times in (1, 2, 4)
        ]
        for axis, point, rules, snapshot in plan:
            # Padding changes no verdict, so the reference is asked about the lines as they were.
            judged = (lambda: inputs.snapshot(inputs.small)) if axis == "size" else snapshot
            self.measure(
                "evaluate",
                "evaluate",
                rules,
                snapshot,
                "--rounds",
                3,
                informative=True,
                axis=axis,
                point=point,
                expected=lambda: inputs.oracle(rules(), judged()),
            )


GROUPS = ("exactness", "goals", "steps", "catalogue", "peers", "growth")


def missing(rows):
    """Figures of the table that nothing was said about."""
    return [name for name in BY_NAME if not any(row.get("figure") == name for row in rows)]
