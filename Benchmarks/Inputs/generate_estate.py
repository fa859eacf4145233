#!/usr/bin/env python3
"""Writes an invented Azure and AWS estate as `snapshot/1`: the types that the catalogue's rules read, sealed.

usage: generate_estate.py --n N --seed S [--unknown 0.05] [--churn P --churn-seed T] [--output FILE]

`--churn P` gives each resource a new content with probability P and keeps its id: the estate of the next day.
Deterministic: the same arguments give the same bytes. Memory is one type's lines. Standard library only.
"""

import argparse
import hashlib
import json
import random
import sys
import zlib

import estate_aws
import estate_azure
from estate_base import (
    AWS_REGIONS,
    COLLECTED_AT,
    FILLER_TEXT,
    ORGANIZATION_SCOPE,
    SEEN_AT,
    TENANT_SCOPE,
    UNKNOWN_REASONS,
    Estate,
    tags,
)

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def hide(body, paths, r):
    """Takes one or two of the paths out of the body and says so, as the product writes what it could not see."""
    found = {}
    for path in r.sample(paths, min(len(paths), 1 + (r.random() < 0.3))):
        if any(path.startswith(other + ".") or other.startswith(path + ".") for other in found):
            continue
        steps = path.split(".")
        node = body
        for step in steps[:-1]:
            node = node.setdefault(step, {})
            if not isinstance(node, dict):
                break
        else:
            node.pop(steps[-1], None)
            found[path] = UNKNOWN_REASONS[int(r.random() * len(UNKNOWN_REASONS))]
    return [{"path": path, "reason": found[path]} for path in sorted(found)]


def filler(estate, kind, r):
    """The text that stands in for the filler member: as many unread stretches as the kind asks for."""
    pool = estate.fragments[kind.provider]
    name = "ServiceRecord" if kind.provider == "aws" else "extendedProperties"
    parts = ['"%s%d":%s' % (name, k, pool[int(r.random() * len(pool))]) for k in range(r.randint(*kind.filler))]
    return ",".join(parts) or '"%s":[]' % name


def line(estate, kind, ordinal, r, unknown):
    """One sealed line and the id it is sorted by; keys in the order of the contract."""
    place = kind.place(estate, kind, ordinal)
    body = kind.body(estate, kind, place, r)
    resource = {"type": kind.type, "id": place.id, "provider": kind.provider, "scope": place.scope, "name": place.name}
    if place.region:
        resource["region"] = place.region
    resource["tags"] = tags(r) if kind.tagged else {}
    if kind.tagged and kind.provider == "aws":
        body["Tags"] = [{"Key": key, "Value": value} for key, value in resource["tags"].items()]
    elif kind.tagged:
        body["tags"] = resource["tags"]
    if kind.api:
        resource["apiVersion"] = kind.api
    resource["origin"] = {"kind": "api", "call": kind.call, "at": SEEN_AT}
    resource["unknown"] = hide(body, kind.reads, r) if kind.reads and r.random() < unknown else []
    resource["body"] = body
    text = encode({"resource": resource})
    return place.id, text.replace(FILLER_TEXT, filler(estate, kind, r), 1)


def coverage(estate):
    """Every collection was read in every scope where it can stand."""
    records = []
    for kind in estate.kinds.values():
        if kind.type == "Assay::AWS::Organization" or kind.per == "tenant" or kind.type.startswith("microsoft.graph/"):
            scopes = [ORGANIZATION_SCOPE if kind.provider == "aws" else TENANT_SCOPE]
        elif kind.provider == "aws":
            scopes = ["aws:" + estate.account(home) for home in range(estate.accounts)]
            if kind.type == "AWS::CloudTrail::Trail":
                scopes.append(ORGANIZATION_SCOPE)
            if (
                not kind.extra.get("global")
                and not kind.type.startswith("Assay::AWS::A")
                and kind.type != "Assay::AWS::PasswordPolicy"
            ):
                scopes += [
                    f"{scope}:{region}" for scope in scopes if scope != ORGANIZATION_SCOPE for region in AWS_REGIONS
                ]
        else:
            scopes = [estate.subscription(home) for home in range(estate.subscriptions)]
        records += [
            {"collection": kind.type, "scope": scope, "state": "read", "pages": 1, "call": kind.call, "at": SEEN_AT}
            for scope in scopes
        ]
    return sorted(records, key=lambda record: (record["collection"], record["scope"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--n", type=int, required=True, help="resources, anchors included")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unknown", type=float, default=0.05, help="share of resources with one or two unknown paths")
    parser.add_argument("--churn", type=float, default=0.0, help="share of resources whose content is new")
    parser.add_argument("--churn-seed", type=int, default=2, help="seed of the new content")
    parser.add_argument("--output", help="file to write; standard output without it")
    arguments = parser.parse_args()
    estate = Estate(arguments.n, arguments.seed, estate_azure.KINDS + estate_aws.KINDS)
    out = open(arguments.output, "wb", buffering=1 << 20) if arguments.output else sys.stdout.buffer
    digest = hashlib.sha256()

    def write(text):
        data = text.encode() + b"\n"
        digest.update(data)
        out.write(data)

    write(
        encode(
            {
                "snapshot": {
                    "version": 1,
                    "collectedAt": COLLECTED_AT,
                    "sources": ["azure", "aws"],
                    "tool": "generate_estate",
                }
            }
        )
    )
    # Kinds that no rule reads have no unknown paths; the others make up for them.
    read = sum(estate.counts[kind.type] for kind in estate.kinds.values() if kind.reads)
    unknown = arguments.unknown * arguments.n / read
    resources = 0
    for type in sorted(estate.kinds):
        kind = estate.kinds[type]
        # A generator for each resource, so that one may change without the others.
        start = arguments.seed << 72 | zlib.crc32(type.encode()) << 40
        churned = random.Random(start << 8 | arguments.churn_seed)
        lines = []
        r = random.Random()
        for ordinal in range(estate.counts[type]):
            is_new = arguments.churn > 0 and churned.random() < arguments.churn
            r.seed(start + ordinal if not is_new else (arguments.churn_seed + 1 << 112) + start + ordinal)
            lines.append(line(estate, kind, ordinal, r, unknown))
        lines.sort()
        for _, text in lines:
            write(text)
        resources += len(lines)
    records = coverage(estate)
    for record in records:
        write(encode({"coverage": record}))
    end = {"end": {"resources": resources, "coverage": len(records), "sha256": digest.hexdigest()}}
    out.write((encode(end) + "\n").encode())
    out.flush()


if __name__ == "__main__":
    main()
