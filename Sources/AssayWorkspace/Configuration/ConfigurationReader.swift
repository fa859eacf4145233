import AssayCore
import AssayRules

/// Reads the members of `assay.yaml`, and refuses those that it does not have.
struct ConfigurationReader {
    let path: String

    private func failure(_ message: String, _ tree: Tree?, hint: String = "see docs/workspace.md") -> ConfigurationError
    {
        let place = tree?.position.map { ":\($0.line):\($0.column)" } ?? ""
        return ConfigurationError("`\(path)`\(place): \(message)", hint: hint)
    }

    mutating func read(_ tree: Tree) throws(ConfigurationError) -> WorkspaceConfiguration {
        guard let members = tree.members else { throw failure("must be a mapping", tree) }
        var configuration = WorkspaceConfiguration()
        guard let version = tree["assay"]?.numberText.flatMap({ Int($0) }) else {
            throw failure("must say `assay: \(WorkspaceConfiguration.version)`", tree)
        }
        guard version <= WorkspaceConfiguration.version else {
            throw failure(
                "is version \(version), this program reads \(WorkspaceConfiguration.version)", tree["assay"],
                hint: "use a newer assay")
        }
        for member in members {
            let value = member.value
            switch member.key {
            case "assay": continue
            case "sources": configuration.sources = try strings(value, "sources")
            case "frameworks": configuration.frameworks = try strings(value, "frameworks")
            case "rules": configuration.rules = try strings(value, "rules")
            case "failOn":
                guard let severity = Severity(rawValue: value.stringValue ?? "") else {
                    throw failure("`failOn` is none of critical, high, medium, low, info", value)
                }
                configuration.failOn = severity
            case "collectedAt": configuration.collectedAt = try string(value, "collectedAt")
            case "parameters":
                for parameter in try self.members(value, "parameters") {
                    configuration.parameters[parameter.key] = parameter.value
                }
            case "classification": configuration.classification = try list(value, "classification", entry)
            case "azure": configuration.azure = try azure(value)
            case "complete": configuration.complete = try list(value, "complete", coverage)
            default: throw failure("has no field `\(member.key)`", value)
            }
        }
        return configuration
    }

    private func string(_ tree: Tree, _ name: String) throws(ConfigurationError) -> String {
        guard let text = tree.stringValue else { throw failure("`\(name)` must be text", tree) }
        return text
    }

    private func strings(_ tree: Tree, _ name: String) throws(ConfigurationError) -> [String] {
        guard let elements = tree.elements else { throw failure("`\(name)` must be a list", tree) }
        var texts: [String] = []
        for element in elements { texts.append(try string(element, name)) }
        return texts
    }

    private func members(_ tree: Tree, _ name: String) throws(ConfigurationError) -> [Tree.Member] {
        guard let members = tree.members else { throw failure("`\(name)` must be a mapping", tree) }
        return members
    }

    private func list<Element>(
        _ tree: Tree, _ name: String, _ read: (Tree) throws(ConfigurationError) -> Element
    ) throws(ConfigurationError) -> [Element] {
        guard let elements = tree.elements else { throw failure("`\(name)` must be a list", tree) }
        var found: [Element] = []
        for element in elements { found.append(try read(element)) }
        return found
    }

    private func flag(_ tree: Tree?, _ name: String) throws(ConfigurationError) -> Bool? {
        guard let tree else { return nil }
        guard let flag = tree.boolValue else { throw failure("`\(name)` must be true or false", tree) }
        return flag
    }

    private func entry(_ tree: Tree) throws(ConfigurationError) -> Classifier.Entry {
        var entry = Classifier.Entry()
        for member in try members(tree, "classification") {
            switch member.key {
            case "ids": entry.ids = try strings(member.value, "ids")
            case "types": entry.types = try strings(member.value, "types")
            case "tags":
                for tag in try members(member.value, "tags") {
                    entry.tags[tag.key] = tag.value.stringValue ?? tag.value.boolValue.map { "\($0)" } ?? ""
                }
            case "when": entry.when = try string(member.value, "when")
            case "phi": entry.phi = try flag(member.value, "phi")
            case "financial": entry.financial = try flag(member.value, "financial")
            case "environment": entry.environment = try string(member.value, "environment")
            case "owner": entry.owner = try string(member.value, "owner")
            default: throw failure("`classification` has no field `\(member.key)`", member.value)
            }
        }
        return entry
    }

    private func azure(_ tree: Tree) throws(ConfigurationError) -> AzureScope {
        var scope = AzureScope()
        for member in try members(tree, "azure") {
            switch member.key {
            case "tenant": scope.tenant = try string(member.value, "tenant")
            case "cloud": scope.cloud = try string(member.value, "cloud")
            case "subscriptions": scope.subscriptions = try strings(member.value, "subscriptions")
            case "managementGroups": scope.managementGroups = try strings(member.value, "managementGroups")
            default: throw failure("`azure` has no field `\(member.key)`", member.value)
            }
        }
        return scope
    }

    private func coverage(_ tree: Tree) throws(ConfigurationError) -> Coverage {
        var record = Coverage(
            collection: "", scope: "", state: .declared, call: "declared in \(path)")
        for member in try members(tree, "complete") {
            switch member.key {
            case "collection": record.collection = try string(member.value, "collection")
            case "scope": record.scope = try string(member.value, "scope")
            case "count":
                guard let count = member.value.numberText.flatMap({ Int($0) }), count >= 0 else {
                    throw failure("`count` must be a whole number", member.value)
                }
                record.count = count
            default: throw failure("`complete` has no field `\(member.key)`", member.value)
            }
        }
        guard !record.collection.isEmpty else { throw failure("`complete` needs a `collection`", tree) }
        return record
    }
}
