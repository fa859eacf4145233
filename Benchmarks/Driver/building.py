"""Builds a program of the benchmark package in release mode."""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def program_path(product):
    cache = os.environ.get("ASSAY_BUILD_CACHE") or os.path.expanduser("~/.cache/assay-build")
    return os.path.join(cache + "-bench", "release", product)


def build(product):
    """The path of the program; ends this one when the build fails."""
    command = [
        "swift",
        "build",
        "-c",
        "release",
        "--package-path",
        os.path.join(ROOT, "Benchmarks"),
        "--scratch-path",
        os.path.dirname(os.path.dirname(program_path(product))),
        "--product",
        product,
    ]
    # SwiftPM compiles all C parts anew, which takes minutes, whenever any variable differs from the last build's: so
    # only these three are handed on, whoever calls.
    environment = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ} | {"LANG": "C.UTF-8"}
    print(f"building {product} (release); a first build takes some minutes", file=sys.stderr, flush=True)
    if subprocess.run(command, stdout=sys.stderr, env=environment).returncode != 0:
        sys.exit(f"{product}: the build failed")
    return program_path(product)
