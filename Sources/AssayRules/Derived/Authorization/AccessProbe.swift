/// One action of Azure that decides what a role lets somebody do with data, keys or access itself.
///
/// Names as in Microsoft's reference of Azure permissions (2026-06).
struct AccessProbe {
    /// What somebody can do who may do the action.
    enum Ability: Hashable, CaseIterable {
        case readData
        case writeData
        /// Fetch account keys, which open all data while the account accepts them.
        case useKeys
        /// Change the resource itself.
        case manage
        /// Give roles to others.
        case manageAccess
    }

    let ability: Ability
    /// In lower case.
    let action: [UInt8]
    let isData: Bool
    /// True when a condition on a role assignment can narrow it: blob and queue data, and giving roles.
    let isConditional: Bool
    /// The resource type that it is about; nil for all.
    let type: String?

    private init(_ ability: Ability, _ action: String, data: Bool, conditional: Bool = false, of type: String? = nil) {
        self.ability = ability
        self.action = Array(action.lowercased().utf8)
        isData = data
        isConditional = conditional
        self.type = type
    }

    static let storage = "Microsoft.Storage/storageAccounts"
    static let vault = "Microsoft.KeyVault/vaults"
    static let sql = "Microsoft.Sql/servers"
    static let cosmos = "Microsoft.DocumentDB/databaseAccounts"
    static let postgreSQL = "Microsoft.DBforPostgreSQL/flexibleServers"
    static let mySQL = "Microsoft.DBforMySQL/flexibleServers"

    // INVARIANT: fewer than 64, since a set of probes is one word.
    static let all: [AccessProbe] =
        [
            AccessProbe(.manageAccess, "Microsoft.Authorization/roleAssignments/write", data: false, conditional: true)
        ] + storageProbes + vaultProbes + serverProbes

    private static let storageProbes: [AccessProbe] = {
        let blobs = storage + "/blobServices/containers/blobs/"
        let files = storage + "/fileServices/fileshares/files/"
        let messages = storage + "/queueServices/queues/messages/"
        let entities = storage + "/tableServices/tables/entities/"
        func data(_ ability: Ability, _ prefix: String, _ names: [String], conditional: Bool) -> [AccessProbe] {
            names.map { AccessProbe(ability, prefix + $0, data: true, conditional: conditional, of: storage) }
        }
        return data(.readData, blobs, ["read"], conditional: true)
            + data(
                .writeData, blobs,
                ["write", "delete", "add/action", "move/action", "deleteBlobVersion/action", "permanentDelete/action"],
                conditional: true)
            + data(.readData, files, ["read"], conditional: false)
            + data(.writeData, files, ["write", "delete", "modifypermissions/action"], conditional: false)
            + data(.readData, messages, ["read"], conditional: true)
            + data(.writeData, messages, ["write", "delete", "add/action", "process/action"], conditional: true)
            + data(.readData, entities, ["read"], conditional: false)
            + data(.writeData, entities, ["write", "delete", "add/action", "update/action"], conditional: false)
            + [
                AccessProbe(.useKeys, storage + "/listKeys/action", data: false, of: storage),
                AccessProbe(.useKeys, storage + "/regeneratekey/action", data: false, of: storage),
                AccessProbe(.useKeys, storage + "/listAccountSas/action", data: false, of: storage),
                AccessProbe(.manage, storage + "/write", data: false, of: storage),
                AccessProbe(.manage, storage + "/delete", data: false, of: storage),
            ]
    }()

    private static let vaultProbes: [AccessProbe] =
        ["secrets/getSecret/action", "keys/decrypt/action", "keys/unwrap/action", "secrets/backup/action"]
        .map { AccessProbe(.readData, "\(vault)/\($0)", data: true, of: vault) }
        + [
            "secrets/setSecret/action", "secrets/delete", "secrets/purge/action", "keys/create/action", "keys/delete",
            "keys/purge/action", "keys/rotate/action", "certificates/create/action", "certificates/delete",
        ].map { AccessProbe(.writeData, "\(vault)/\($0)", data: true, of: vault) }
        + ["write", "delete", "accessPolicies/write"].map {
            AccessProbe(.manage, "\(vault)/\($0)", data: false, of: vault)
        }

    private static let serverProbes: [AccessProbe] =
        [sql, postgreSQL, mySQL].flatMap { (type: String) in
            // Whoever may name the administrator, or set the password, has all data.
            ["administrators/write", "write"].map {
                AccessProbe(.writeData, "\(type)/\($0)", data: false, of: type)
            } + [AccessProbe(.manage, "\(type)/delete", data: false, of: type)]
        }
        + [
            AccessProbe(.useKeys, cosmos + "/listKeys/action", data: false, of: cosmos),
            AccessProbe(.useKeys, cosmos + "/regenerateKey/action", data: false, of: cosmos),
            AccessProbe(.manage, cosmos + "/write", data: false, of: cosmos),
            AccessProbe(.manage, cosmos + "/delete", data: false, of: cosmos),
        ]
}

/// Some of the probes, as one word.
struct ProbeSet: OptionSet, Hashable {
    let rawValue: UInt64

    /// The probes with an ability that bear on a type; without a type all with the ability.
    static func probes(_ ability: AccessProbe.Ability, of type: String? = nil) -> ProbeSet {
        let key = Key(ability: ability, type: type)
        return table[key] ?? []
    }

    /// The probes that a condition on an assignment can narrow.
    static let conditional = ProbeSet(where: { $0.isConditional })

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(where holds: (AccessProbe) -> Bool) {
        var bits: UInt64 = 0
        for (place, probe) in AccessProbe.all.enumerated() where holds(probe) { bits |= 1 << UInt64(place) }
        rawValue = bits
    }

    private struct Key: Hashable {
        let ability: AccessProbe.Ability
        let type: String?
    }

    private static let table: [Key: ProbeSet] = {
        var table: [Key: ProbeSet] = [:]
        for ability in AccessProbe.Ability.allCases {
            table[Key(ability: ability, type: nil)] = ProbeSet(where: { $0.ability == ability })
            for type in Set(AccessProbe.all.compactMap(\.type)) {
                table[Key(ability: ability, type: type)] = ProbeSet(where: {
                    $0.ability == ability && ($0.type == type || $0.type == nil)
                })
            }
        }
        return table
    }()
}
