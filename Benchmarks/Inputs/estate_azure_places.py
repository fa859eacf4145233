"""Where Azure and Entra resources stand, and what every ARM answer carries around its properties."""

from estate_base import AZURE_REGIONS, FILLER_KEY, GROUPS, TENANT, TENANT_SCOPE, Place, guid, mix


def in_group(estate, kind, ordinal):
    """`/subscriptions/…/resourceGroups/…/providers/namespace/type/name`."""
    home = ordinal % estate.subscriptions
    h = mix(kind.type, ordinal)
    subscription = estate.subscription(home)
    group = "rg-%s-%02d" % (GROUPS[h % len(GROUPS)], h // 8 % 40)
    name = "%s%06x%02x" % (kind.prefix, ordinal, h & 0xFF)
    path = f"/providers/{kind.type}/{name}"
    inner = f"{subscription}/resourcegroups/{group}"
    return Place(
        inner + path.lower(),
        f"{subscription}/resourceGroups/{group}{path}",
        name,
        [subscription, inner],
        AZURE_REGIONS[h % 4],
        ordinal,
        home,
    )


def below_parent(estate, kind, ordinal):
    """The parent's id, the last part of the type, and a name of its own."""
    parents = estate.counts[kind.parent]
    parent = estate.place(kind.parent, ordinal % parents)
    turn = ordinal // parents
    fixed = kind.names
    name = (
        fixed[(turn + mix(kind.type, ordinal % parents)) % len(fixed)] if fixed else "%s%06x" % (kind.prefix, ordinal)
    )
    if fixed and turn >= len(fixed):
        name += "-%d" % (turn // len(fixed))
    part = f"/{kind.type.rsplit('/', 1)[1]}/{name}"
    return Place(
        parent.id + part.lower(), parent.spelled + part, name, parent.scope, parent.region, ordinal, parent.home, parent
    )


def in_subscription(estate, kind, ordinal):
    home = ordinal % estate.subscriptions
    turn = ordinal // estate.subscriptions
    subscription = estate.subscription(home)
    name = kind.names[turn % len(kind.names)] if kind.names else guid(mix(kind.type, ordinal), turn)
    path = f"/providers/{kind.type}/{name}"
    return Place(subscription + path.lower(), subscription + path, name, [subscription], None, ordinal, home)


def subscription_anchor(estate, kind, ordinal):
    scope = estate.subscription(ordinal)
    return Place(scope, scope, "subscription-%d" % ordinal, [scope], None, ordinal, ordinal)


def tenant_anchor(estate, kind, ordinal):
    return Place(TENANT_SCOPE, TENANT_SCOPE, TENANT, [TENANT_SCOPE], None, 0, 0)


def in_directory(estate, kind, ordinal):
    identifier = guid(mix(kind.type, ordinal), ordinal)
    return Place(identifier, identifier, "%s %d" % (kind.prefix, ordinal), [TENANT_SCOPE], None, ordinal, 0)


def directory_singleton(estate, kind, ordinal):
    identifier = TENANT_SCOPE + "/" + kind.type.lower()
    return Place(identifier, identifier, "Security Defaults", [TENANT_SCOPE], None, 0, 0)


def directory_log(estate, kind, ordinal):
    identifier = "/providers/microsoft.aadiam/diagnosticSettings/directory-%d" % ordinal
    return Place(identifier.lower(), identifier, "directory-%d" % ordinal, [TENANT_SCOPE], None, ordinal, 0)


def diagnostic_place(estate, kind, ordinal):
    """One of each subscription first, then vaults, then blob services."""
    if ordinal < estate.subscriptions:
        parent = subscription_anchor(estate, kind, ordinal)
    else:
        turn = ordinal - estate.subscriptions
        vaults = estate.counts["Microsoft.KeyVault/vaults"]
        parent = (
            estate.place("Microsoft.KeyVault/vaults", turn)
            if turn < vaults * 4 // 5
            else estate.place("Microsoft.Storage/storageAccounts/blobServices", turn)
        )
    name = "send-%d" % ordinal
    path = "/providers/Microsoft.Insights/diagnosticSettings/" + name
    return Place(
        parent.id + path.lower(), parent.spelled + path, name, parent.scope, None, ordinal, parent.home, parent
    )


def role_place(estate, kind, ordinal):
    """Half at a resource group, the rest at the subscription or a resource."""
    home = ordinal % estate.subscriptions
    h = mix(kind.type, ordinal)
    subscription = estate.subscription(home)
    group = "rg-%s-%02d" % (GROUPS[h % len(GROUPS)], h // 8 % 40)
    name = guid(h, ordinal)
    if h % 10 < 5:
        outer, inner, scope = (
            f"{subscription}/resourceGroups/{group}",
            f"{subscription}/resourcegroups/{group}",
            [subscription, f"{subscription}/resourcegroups/{group}"],
        )
    elif h % 10 < 7:
        account = estate.place("Microsoft.Storage/storageAccounts", ordinal)
        outer, inner, scope, home = account.spelled, account.id, account.scope, account.home
    else:
        outer, inner, scope = subscription, subscription, [subscription]
    path = "/providers/Microsoft.Authorization/roleAssignments/" + name
    place = Place(inner + path.lower(), outer + path, name, scope, None, ordinal, home)
    place.at = outer
    return place


def flow_log_place(estate, kind, ordinal):
    home = ordinal % estate.subscriptions
    region = AZURE_REGIONS[mix(kind.type, ordinal) % 4]
    subscription = estate.subscription(home)
    name = "fl-%06x" % ordinal
    path = f"/providers/Microsoft.Network/networkWatchers/nw-{region}/flowLogs/{name}"
    inner = f"{subscription}/resourcegroups/networkwatcherrg"
    return Place(
        inner + path.lower(),
        f"{subscription}/resourceGroups/NetworkWatcherRG{path}",
        name,
        [subscription, inner],
        region,
        ordinal,
        home,
    )


def arm(place, kind, properties, /, **more):
    body = {"id": place.spelled, "name": place.name, "type": kind.type}
    if place.region:
        body["location"] = place.region
    body.update(more)
    properties[FILLER_KEY] = 0
    properties["provisioningState"] = "Succeeded"
    body["properties"] = properties
    body["etag"] = 'W/"%s"' % guid(mix(place.id), 3)
    return body
