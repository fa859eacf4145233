/// An editable JSON-like value with source positions: what readers of other languages build and shapes rewrite before a
/// document is sealed.
///
/// Evaluation never sees one.
public struct Tree: Sendable, Hashable {
    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// The key with its escapes decoded, in the writer's spelling.
        public var key: String
        /// What stands under the key; an unknown value keeps its key.
        public var value: Tree

        /// A member for the end of an object; nothing checks that its key is new.
        public init(_ key: String, _ value: Tree) {
            self.key = key
            self.value = value
        }
    }

    /// What the value is.
    public indirect enum Content: Sendable, Hashable {
        case null
        case bool(Bool)
        /// A number whose text is valid JSON.
        case number(String)
        case string(String)
        case array([Tree])
        case object([Member])
        /// A value that the source cannot show.
        case unknown(UnknownReason)
    }

    /// The value itself; children carry positions of their own.
    public var content: Content
    /// Where it stands in the file it was read from; nil for a value that was made and not read.
    public var position: SourcePosition?

    /// A value, with its place when it was read from a text.
    public init(_ content: Content, at position: SourcePosition? = nil) {
        self.content = content
        self.position = position
    }

    /// A string value.
    public static func string(_ text: String) -> Tree { Tree(.string(text)) }
    /// An integer value.
    public static func int(_ value: Int) -> Tree { Tree(.number(String(value))) }
    /// A boolean value.
    public static func bool(_ value: Bool) -> Tree { Tree(.bool(value)) }
    /// A list.
    public static func array(_ elements: [Tree]) -> Tree { Tree(.array(elements)) }
    /// An object whose members keep this order.
    public static func object(_ members: [(String, Tree)]) -> Tree {
        Tree(.object(members.map { Member($0.0, $0.1) }))
    }
    /// A value that the source cannot show.
    public static func unknown(_ reason: UnknownReason) -> Tree { Tree(.unknown(reason)) }

    /// Copies a document's value, positions included.
    public init(_ node: DocumentNode) {
        position = node.position
        content =
            switch node.kind {
            case .null: .null
            case .bool: .bool(node.boolValue)
            case .number: .number(node.numberText)
            case .string: .string(node.stringValue)
            case .array: .array(node.elements.map { Tree($0) })
            case .object: .object(node.members.map { Member($0.key, Tree($0.value)) })
            case .unknown: .unknown(node.unknownReason ?? .failed)
            }
    }

    /// True for a value that the source cannot show.
    public var isUnknown: Bool { if case .unknown = content { true } else { false } }
    /// The text of a string; nil for any other kind.
    public var stringValue: String? { if case .string(let text) = content { text } else { nil } }
    /// The boolean; nil for any other kind.
    public var boolValue: Bool? { if case .bool(let flag) = content { flag } else { nil } }
    /// The text of a number; nil for any other kind.
    public var numberText: String? { if case .number(let text) = content { text } else { nil } }
    /// The elements of a list; nil for any other kind.
    public var elements: [Tree]? { if case .array(let elements) = content { elements } else { nil } }
    /// The members of an object; nil for any other kind.
    public var members: [Member]? { if case .object(let members) = content { members } else { nil } }

    /// The member with this key; setting nil removes it, setting on anything but an object replaces it by one.
    public subscript(key: String) -> Tree? {
        get { members?.first { $0.key == key }?.value }
        set {
            var members = members ?? []
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key, value))
            case (nil, nil): return
            }
            content = .object(members)
        }
    }

    /// The value at a path, or nil.
    public subscript(path: DocumentPath) -> Tree? {
        var current = self
        for step in path.steps {
            let next: Tree? =
                switch step {
                case .key(let key): current[key]
                case .index(let index): current.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// Puts a value at a path and makes the objects on the way; false when an array on the way is too short or a
    /// leaf is in the way.
    @discardableResult
    public mutating func set(_ value: Tree, at path: DocumentPath) -> Bool {
        set(value, at: path.steps[...])
    }

    private mutating func set(_ value: Tree, at steps: ArraySlice<DocumentPath.Step>) -> Bool {
        guard let step = steps.first else {
            self = value
            return true
        }
        switch (step, content) {
        case (_, .unknown): return true
        case (.key(let key), .object), (.key(let key), .null):
            var child = self[key] ?? Tree(.object([]))
            guard child.set(value, at: steps.dropFirst()) else { return false }
            self[key] = child
            return true
        case (.index(let index), .array(var elements)) where elements.indices.contains(index):
            guard elements[index].set(value, at: steps.dropFirst()) else { return false }
            content = .array(elements)
            return true
        default: return false
        }
    }

    /// The paths of all unknown values, in document order.
    public var unknownPaths: [UnknownPath] {
        var found: [UnknownPath] = []
        collect(below: DocumentPath(), into: &found)
        return found
    }

    private func collect(below path: DocumentPath, into found: inout [UnknownPath]) {
        switch content {
        case .unknown(let reason): found.append(UnknownPath(path: path, reason: reason))
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                element.collect(below: path.appending(.index(index)), into: &found)
            }
        case .object(let members):
            for member in members { member.value.collect(below: path.appending(.key(member.key)), into: &found) }
        default: break
        }
    }
}

/// A path whose value is not known, and why; it covers all below it.
public struct UnknownPath: Sendable, Hashable {
    /// From the root of the body; empty when nothing of it is known.
    public let path: DocumentPath
    /// Why the source cannot show it; rules give it as the reason of their unknown verdict.
    public let reason: UnknownReason

    /// A path as a reader of snapshots or a walk over a tree finds it.
    public init(path: DocumentPath, reason: UnknownReason) {
        self.path = path
        self.reason = reason
    }
}
