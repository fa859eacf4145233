#!/usr/bin/env python3
"""Checks a JSON or JSON Lines file against a JSON Schema.

    check_json.py SCHEMA FILE...      every file must be valid; FILE.invalid.json must not be
    check_json.py --all FOLDER        every FOLDER/golden/<name>/* against FOLDER/<name>.schema.json

Schemas beside SCHEMA may be referred to by their `$id`. Needs the Python package jsonschema (4.18 or later); where it
is missing the check says so and fails, unless ASSAY_SKIP_MISSING=1.
"""
import json
import os
import pathlib
import sys

try:
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012
except ImportError as error:
    print(f"check_json: {error}; install jsonschema 4.18 or later", file=sys.stderr)
    sys.exit(0 if os.environ.get("ASSAY_SKIP_MISSING") == "1" else 1)


def validator(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    registry = Registry()
    for other in sorted(path.parent.glob("*.schema.json")):
        contents = json.loads(other.read_text(encoding="utf-8"))
        resource = Resource.from_contents(contents, default_specification=DRAFT202012)
        registry = registry.with_resource(contents.get("$id", other.name), resource)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, registry=registry, format_checker=kind.FORMAT_CHECKER)


def documents(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line]
    return [json.loads(text)]


def check(schema, path):
    """The problems of the file; a file that must be invalid has one when it is valid."""
    problems = []
    for document in documents(path):
        for error in schema.iter_errors(document):
            problems.append(f"{error.json_path}: {error.message[:200]}")
    if path.name.endswith((".invalid.json", ".invalid.jsonl")):
        return [] if problems else ["is valid, and must not be"]
    return problems


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    work = []
    if arguments[0] == "--all":
        folder = pathlib.Path(arguments[1])
        for path in sorted(folder.glob("*.schema.json")):
            name = path.name.removesuffix(".schema.json")
            files = sorted((folder / "golden" / name).glob("*.json*"))
            if not any(".invalid." in file.name for file in files) or all(".invalid." in file.name for file in files):
                print(f"not ok {name}: needs a valid and an invalid golden file")
                return 1
            work.append((path, files))
    else:
        work.append((pathlib.Path(arguments[0]), [pathlib.Path(file) for file in arguments[1:]]))
    passed = failed = 0
    for path, files in work:
        schema = validator(path)
        for file in files:
            problems = check(schema, file)
            for problem in problems[:10]:
                print(f"not ok {file}: {problem}")
            passed, failed = (passed, failed + 1) if problems else (passed + 1, failed)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
