"""Where AWS resources stand: ARNs, `type|account|region|identifier`, accounts, Regions, the organisation."""

from estate_base import AWS_REGIONS, ORGANIZATION_SCOPE, Place, mix


def in_account(estate, kind, ordinal):
    """An ARN where CloudFormation's type has one, else `type|account|region|identifier`; `extra` says which."""
    home = ordinal % estate.accounts
    h = mix(kind.type, ordinal)
    account = estate.account(home)
    name = "%s%08x%06x" % (kind.prefix, h, ordinal)
    region = None if kind.extra.get("global") else AWS_REGIONS[ordinal // estate.accounts % len(AWS_REGIONS)]
    pattern = kind.extra.get("arn")
    if pattern:
        identifier = pattern.format(region=region or "", account=account, id=name)
    else:
        identifier = "|".join((kind.type, account, region or "", name))
    scope = [f"aws:{account}"] + ([f"aws:{account}:{region}"] if region else [])
    return Place(identifier, identifier, name, scope, region, ordinal, home)


def trail_place(estate, kind, ordinal):
    place = in_account(estate, kind, ordinal)
    place.scope = [ORGANIZATION_SCOPE] + place.scope
    return place


def account_anchor(estate, kind, ordinal):
    scope = "aws:" + estate.account(ordinal)
    return Place(scope, scope, scope, [scope], None, ordinal, ordinal)


def account_singleton(estate, kind, ordinal):
    account = estate.account(ordinal)
    identifier = "|".join((kind.type, account, "", account))
    return Place(identifier, identifier, account, ["aws:" + account], None, ordinal, ordinal)


def region_place(estate, ordinal):
    return ordinal % estate.accounts, AWS_REGIONS[ordinal // estate.accounts % len(AWS_REGIONS)]


def region_anchor(estate, kind, ordinal):
    home, region = region_place(estate, ordinal)
    account = estate.account(home)
    identifier = f"aws:{account}:{region}"
    return Place(identifier, identifier, identifier, [f"aws:{account}", identifier], region, ordinal, home)


def organization_anchor(estate, kind, ordinal):
    return Place(ORGANIZATION_SCOPE, ORGANIZATION_SCOPE, "o-bench00001", [ORGANIZATION_SCOPE], None, 0, 0)
