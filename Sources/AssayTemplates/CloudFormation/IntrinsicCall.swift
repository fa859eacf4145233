import AssayCore

/// An object that is a function call: one member named `Ref` or `Fn::…`.
struct IntrinsicCall {
    let name: String
    let argument: Tree
    /// True when other members stand beside the function; only macros may.
    let hasSiblings: Bool

    init?(_ members: [Tree.Member]) {
        guard let member = members.first(where: { $0.key.hasPrefix("Fn::") || (members.count == 1 && $0.key == "Ref") })
        else { return nil }
        name = member.key.hasPrefix("Fn::ForEach::") ? "Fn::ForEach" : member.key
        argument = member.value
        hasSiblings = members.count > 1
    }
}
