"""The measured inputs: made once into a cache folder, found there afterwards."""

import hashlib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


class Skipped(Exception):
    """A figure that cannot be measured here, and why."""


def shared_bench():
    """The folder with the public generators and the reference evaluator; they are called there and not copied."""
    for folder in (os.environ.get("ASSAY_SHARED"), os.path.join(ROOT, "..", "shared")):
        if folder and os.path.isfile(os.path.join(folder, "bench", "gen_snapshot.py")):
            return os.path.realpath(os.path.join(folder, "bench"))
    raise Skipped("../shared/bench is not here (set ASSAY_SHARED)")


class Inputs:
    """Paths of the inputs of one run; each property makes its file when it is first asked for."""

    def __init__(self, folder, small, large):
        self.folder, self.small, self.large = folder, small, large
        os.makedirs(folder, exist_ok=True)

    def _made(self, name, command, stdin=None):
        """The file of that name, made by the command; a program that changed makes it anew."""
        program = next(part for part in command if part.endswith(".py"))
        sources = [program] + [
            os.path.join(os.path.dirname(program), other)
            for other in sorted(os.listdir(os.path.dirname(program)))
            if other.startswith(("estate_", "spec"))
        ]
        digest = hashlib.sha256("\0".join(command[1:]).encode())
        for source in sources:
            with open(source, "rb") as file:
                digest.update(file.read())
        path = os.path.join(self.folder, f"{digest.hexdigest()[:12]}-{name}")
        if not os.path.exists(path):
            print(f"bench: making {name}", file=sys.stderr, flush=True)
            with open(path + ".part", "wb") as out, open(stdin or os.devnull, "rb") as given:
                subprocess.run(command, stdin=given, stdout=out, check=True)
            os.rename(path + ".part", path)
        return path

    def _shared(self, program, *arguments):
        return ["python3", os.path.join(shared_bench(), program), *map(str, arguments)]

    def _own(self, program, *arguments):
        return ["python3", os.path.join(ROOT, "Benchmarks", "Inputs", program), *map(str, arguments)]

    def snapshot(self, count, seed=1, late=0.0):
        return self._made(
            f"bare-{count}.jsonl",
            self._shared("gen_snapshot.py", "--n", count, "--seed", seed, *(["--late-type", late] if late else [])),
        )

    def churned(self, count):
        return self._made(
            f"churned-{count}.jsonl", self._shared("gen_snapshot.py", "--n", count, "--seed", 1, "--churn", 0.01)
        )

    def padded(self, count, times):
        source = self.snapshot(count)
        return self._made(f"padded-{count}-{times}.jsonl", self._own("pad_lines.py", times), stdin=source)

    def rules(self, seed=1):
        return self._made(f"rules-{seed}.jsonl", self._shared("gen_rules.py", "--seed", seed))

    def rules_times(self, times):
        """As many rule sets of different seeds one after another, numbered on as the reference numbers lines."""
        path = os.path.join(self.folder, f"rules-times-{times}.jsonl")
        number = 0
        with open(path, "w") as out:
            for seed in range(1, times + 1):
                with open(self.rules(seed)) as rules:
                    for line in rules:
                        number += 1
                        _, rest = line.split(",", 1)
                        out.write('{"id":"R%03d",%s' % (number, rest))
        return path

    def peer_rules(self):
        return self._made("rules-peers.jsonl", self._shared("perf_peers_rules.py"))

    def reference(self):
        """The program of the reference evaluator."""
        return os.path.join(shared_bench(), "ref_eval.py")

    def estate(self, count, churn=0.0):
        more = ["--churn", churn] if churn else []
        return self._made(
            f"estate-{count}{'-churned' if churn else ''}.jsonl",
            self._own("generate_estate.py", "--n", count, "--seed", 1, *more),
        )

    def oracle(self, rules, snapshot):
        """What the reference evaluator counts: resources, evaluations, passes, checksum."""
        with open(rules, "rb") as file:
            name = hashlib.sha256(file.read() + os.path.basename(snapshot).encode()).hexdigest()[:12]
        path = os.path.join(self.folder, f"oracle-{name}.txt")
        if not os.path.exists(path):
            print("bench: asking the reference evaluator", file=sys.stderr, flush=True)
            answer = subprocess.run(
                self._shared("ref_eval.py", rules, snapshot), capture_output=True, text=True, check=True
            )
            with open(path + ".part", "w") as out:
                out.write(answer.stdout)
            os.rename(path + ".part", path)
        with open(path) as file:
            return dict(zip(("resources", "evaluations", "passes", "checksum"), map(int, file.read().split())))
