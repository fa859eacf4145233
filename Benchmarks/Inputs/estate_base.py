"""What every generated resource is made of: places, peers, filler, and the kinds that the two clouds declare.

A kind says how many resources of a type an estate has, where they stand and what their bodies hold. Places follow from
the type and the ordinal alone, so that any resource can name any other without holding it in memory.
"""

import random
import zlib
from dataclasses import dataclass, field
from typing import Callable

COLLECTED_AT = "2026-06-30T06:00:00Z"
SEEN_AT = "2026-06-30T05:50:00Z"
AZURE_REGIONS = ("westeurope", "northeurope", "eastus2", "swedencentral")
AWS_REGIONS = ("eu-central-1", "eu-west-1", "us-east-1")
TENANT = "00000000-0000-4000-8000-000000000001"
TENANT_SCOPE = "/tenants/" + TENANT
ORGANIZATION_SCOPE = "aws:o-bench00001"
GROUPS = ("clinical", "portal", "claims", "imaging", "network", "operations", "billing", "research")
OWNERS = ("platform", "telehealth", "Datenhaltung Süd", 'data "core" team', "ops\\legacy")
UNKNOWN_REASONS = ("denied", "denied", "denied", "failed", "notCollected", "interrupted", "unparsable", "unmapped")

# The filler of a body stands where this member stands; the text is put in after encoding.
FILLER_KEY = "\u0001"
FILLER_TEXT = '"\\u0001":0'


def mix(*parts):
    """A number that depends on all parts and on nothing else."""
    return zlib.crc32(":".join(map(str, parts)).encode())


def guid(a, b=0):
    """A UUID made of two numbers."""
    return "%08x-%04x-4000-8000-%012x" % (a & 0xFFFFFFFF, b & 0xFFFF, (a * 2654435761 + b) & 0xFFFFFFFFFFFF)


def moment(r, first=1, last=700):
    """A time between so many days before the collection, RFC 3339."""
    day = r.randint(first, last)
    year, day_of_year = 2026, 180 - day
    while day_of_year <= 0:
        year, day_of_year = year - 1, day_of_year + 365
    return "%d-%02d-%02dT%02d:%02d:%02dZ" % (
        year,
        min(12, (day_of_year - 1) // 30 + 1),
        (day_of_year - 1) % 28 + 1,
        r.randint(0, 23),
        r.randint(0, 59),
        r.randint(0, 59),
    )


def usually(r, probability, good, *others):
    """The good value with the probability, else one of the others."""
    return good if r.random() < probability else others[int(r.random() * len(others))]


@dataclass
class Place:
    """Where a resource stands: its id, how its provider spells it, and what encloses it."""

    id: str
    spelled: str
    name: str
    scope: list
    region: str | None
    ordinal: int
    home: int  # the ordinal of its subscription or account
    parent: "Place | None" = None


@dataclass
class Kind:
    """One resource type: how many, where, what."""

    type: str
    provider: str
    body: Callable  # (estate, place, random) -> dict
    share: float = 0.0  # weight among the kinds that follow the size of the estate
    each: float = 0.0  # for every subscription, account or Region, see `per`
    per: str = ""
    parent: str = ""  # type of the parent that the id continues
    place: Callable | None = None  # (estate, kind, ordinal) -> Place, where the rule of the cloud does not fit
    names: tuple = ()  # fixed names of the children of one parent
    prefix: str = "r"
    reads: tuple = ()  # paths that rules read, for unknowns
    filler: tuple = (2, 5)
    tagged: bool = True
    api: str = ""
    call: str = ""
    extra: dict = field(default_factory=dict)


class Estate:
    """Sizes of everything, and the places of every resource."""

    def __init__(self, n, seed, kinds):
        self.n, self.seed = n, seed
        self.kinds = {kind.type: kind for kind in kinds}
        self.subscriptions = max(1, n // 4000)
        self.accounts = max(1, n // 4000)
        homes = {
            "subscription": self.subscriptions,
            "account": self.accounts,
            "region": self.accounts * len(AWS_REGIONS),
            "tenant": 1,
        }
        # Kinds that stand once or more in every subscription or account come first; the others share what is left.
        self.counts = {kind.type: max(1, round(kind.each * homes[kind.per])) for kind in kinds if kind.per}
        left = n - sum(self.counts.values())
        shares = sum(kind.share for kind in kinds if not kind.per)
        self.counts |= {kind.type: max(1, round(kind.share / shares * left)) for kind in kinds if not kind.per}
        # What rounding leaves over becomes volumes, the plainest kind there is.
        rest = "AWS::EC2::Volume"
        self.counts[rest] += n - sum(self.counts.values())
        if self.counts[rest] < 1:
            raise SystemExit(f"generate_estate: {n} resources are too few for every type, try 2000")
        r = random.Random(f"filler/{seed}")
        self.fragments = {
            "azure": [fragment(r, "extended") for _ in range(509)],
            "aws": [fragment(r, "Service") for _ in range(509)],
        }
        self.fragments["entra"] = self.fragments["azure"]

    def place(self, type, ordinal):
        kind = self.kinds[type]
        return kind.place(self, kind, ordinal % self.counts[type])

    def peer(self, r, type, home, homes):
        """The place of some resource of the type in the same subscription or account; any, where there is none."""
        count = self.counts[type]
        rows = (count - home + homes - 1) // homes if count > home else 0
        return self.place(type, home + homes * int(r.random() * rows) if rows > 0 else int(r.random() * count))

    def azure_peer(self, r, type, place):
        return self.peer(r, type, place.home, self.subscriptions)

    def aws_peer(self, r, type, place):
        return self.peer(r, type, place.home, self.accounts)

    def subscription(self, home):
        return "/subscriptions/" + guid(mix("subscription", home), 1)

    def account(self, home):
        return "%012d" % (100000000000 + home * 1000003 % 899999999999)


def fragment(r, prefix):
    """A stretch of a body that no rule reads: nested objects, texts with escapes, numbers, nothing."""
    text = r.choice(
        ('line one\\nline two {not [a] brace} \\"quoted\\"', "Größe geprüft – é", "C:\\\\ops\\\\legacy", "")
    )
    return (
        '{"correlationId":"%s","status":"Succeeded","createdAt":"%s","message":"%s","percentComplete":%d,"retriable":false,'
        '"endpoints":{"primary":"https://%08x.z%d.example.net/","secondary":null,"metrics":[%.3f,%d,-1]},"%sNote":"%032x"}'
    ) % (
        guid(r.getrandbits(32), 7),
        moment(r),
        text,
        r.randint(0, 100),
        r.getrandbits(32),
        r.randint(0, 9),
        r.random() * 100,
        r.getrandbits(20),
        prefix,
        r.getrandbits(128),
    )


def tags(r):
    """Tags as a team sets them: environment mostly, a data class often, a purpose seldom."""
    found = {"costCenter": str(r.randint(1000, 9999)), "owner": OWNERS[int(r.random() * len(OWNERS))]}
    if r.random() < 0.85:
        found["environment"] = usually(r, 0.4, "production", "staging", "development", "shared")
    x = r.random()
    if x < 0.25:
        found["dataClass"] = "phi"
    elif x < 0.65:
        found["dataClass"] = usually(r, 0.5, "internal", "public", "financial")
    if r.random() < 0.05:
        found["purpose"] = usually(r, 0.6, "logs", "audit-logs", "backup")
    return dict(sorted(found.items()))
