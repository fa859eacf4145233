import AssayCore

/// What joins by place and coverage go by: a resource without its body.
struct ResourceIdentity: Sendable, Hashable {
    let type: String
    let id: String
    let scope: [String]

    init(type: String, id: String, scope: [String]) {
        self.type = type
        self.id = id
        self.scope = scope
    }

    init(_ resource: Resource) {
        self.init(type: resource.type, id: resource.id, scope: resource.scope)
    }

    /// The subscription, account, tenant or file unit it lies in; an anchor is its own.
    var boundary: String {
        if type.hasPrefix("Assay::"), scope.last == id || scope.isEmpty { return id }
        let boundary = scope.last { scope in
            let depth = scope.split(separator: scope.hasPrefix("/") ? "/" : ":").count
            return scope.hasPrefix("file:") || depth == 2 && (scope.hasPrefix("/") || scope.hasPrefix("aws:"))
        }
        return boundary ?? scope.last ?? id
    }

    /// True when the first id lies directly in the second: an extension resource (`…/providers/ns/type/name`) belongs
    /// to the resource right above it and to no other.
    static func isChild(_ id: String, of parent: String) -> Bool {
        guard id.hasPrefix(parent + "/") else { return false }
        let rest = id.dropFirst(parent.count + 1)
        guard let provider = rest.range(of: "providers/") else { return true }
        return provider.lowerBound == rest.startIndex && rest.split(separator: "/").count == 4
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Where the text first stands, or nil.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
