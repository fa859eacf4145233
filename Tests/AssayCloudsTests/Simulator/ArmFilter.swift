import AssayCore

/// The filters that Azure Resource Manager knows for lists of authorization and of resources.
enum ArmFilter {
    /// The elements that a filter keeps; nil for a filter that the service does not understand.
    static func apply(_ filter: String, to elements: [ArmResource], path: ArmPath) -> [ArmResource]? {
        let text = filter.lowercased()
        guard path.namespace == "microsoft.authorization" else {
            // Other services have filters of their own, which change what is found in ways that are not played.
            return elements
        }
        switch text {
        case "atscope()", "atexactscope()", "atscope() and atexactscope()":
            return elements.filter { element in
                let scope = ArmPath(element.id).scope
                if scope == path.scope { return true }
                return text == "atscope()" && (scope.isEmpty || !scope.hasPrefix(path.scope + "/"))
            }
        case "astarget()": return elements
        case "atscopeandbelow()": return elements
        default: break
        }
        if text.hasPrefix("assignedto('") || text.hasPrefix("principalid eq '") {
            let id = text.split(separator: "'", omittingEmptySubsequences: false).dropFirst().first.map(String.init)
            return elements.filter { $0.document.at("properties", "principalId")?.stringValue?.lowercased() == id }
        }
        guard let parsed = ODataFilter(filter) else { return nil }
        return elements.filter { element in
            parsed.matches(element.document["properties"] ?? .object([]))
        }
    }
}
