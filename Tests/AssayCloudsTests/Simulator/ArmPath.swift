/// A path of Azure Resource Manager taken apart, all in lower case.
struct ArmPath: Sendable, Hashable {
    /// What the last provider hangs on: `/subscriptions/s`, a group, a resource, a management group, or empty.
    let scope: String
    /// Empty for a path without a provider.
    let namespace: String
    /// Types and, for all but the last of a list, names below the provider.
    let types: [String]
    let names: [String]

    /// Takes the path apart at its last provider.
    init(_ path: String) {
        var trimmed = path.lowercased()
        while trimmed.hasSuffix("/") { trimmed.removeLast() }
        let segments = trimmed.split(separator: "/").map(String.init)
        var last: Int?
        for (index, segment) in segments.enumerated() where segment == "providers" && index + 2 < segments.count {
            last = index
        }
        if let index = last {
            scope = segments[..<index].map { "/" + $0 }.joined()
            namespace = segments[index + 1]
            let rest = segments[(index + 2)...]
            types = rest.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
            names = rest.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        } else {
            scope = trimmed
            namespace = ""
            types = []
            names = []
        }
    }

    /// `namespace/type/childtype`, in lower case.
    var type: String { ([namespace] + types).joined(separator: "/") }
    /// True when the last type has no name.
    var isCollection: Bool { types.count > names.count }
    /// True for a type below another one.
    var isChild: Bool { types.count > 1 }

    /// The whole path.
    var text: String { path(upTo: types.count, withName: !isCollection) }

    /// The path of the list in which the resource stands, or of this list.
    var collection: String { path(upTo: types.count, withName: false) }

    /// The path of the resource that a child hangs on.
    var parent: String { path(upTo: types.count - 1, withName: true) }

    private func path(upTo count: Int, withName: Bool) -> String {
        guard !namespace.isEmpty else { return scope }
        var text = scope + "/providers/" + namespace
        for index in 0..<count {
            text += "/" + types[index]
            if index < count - 1 || withName, index < names.count { text += "/" + names[index] }
        }
        return text
    }

    /// The subscription of the path.
    var subscription: String? {
        let segments = (scope.isEmpty ? text : scope).split(separator: "/")
        return segments.count > 1 && segments[0] == "subscriptions" ? String(segments[1]) : nil
    }

    /// The resource group of the path.
    var group: String? {
        let segments = scope.split(separator: "/")
        return segments.count > 3 && segments[2] == "resourcegroups" ? String(segments[3]) : nil
    }

    /// True when the scope is a resource, which the type extends.
    var isExtension: Bool { scope.contains("/providers/") && !isManagementGroup }

    /// True when the scope is a management group.
    var isManagementGroup: Bool {
        scope.hasPrefix("/providers/microsoft.management/managementgroups/") && scope.split(separator: "/").count == 4
    }
}
