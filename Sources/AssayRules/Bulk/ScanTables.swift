/// The flat tables that the scanner walks: what `ScopeBuilder` lays out, by index.
///
/// Registers are bytes: 0 undecided, 1 true, 2 false.
struct ScanTables: Sendable {
    /// One key path below a scope's root.
    struct Node: Sendable {
        /// The node's hash table in `entries`; a mask of -1 for a leaf.
        var entries: Int32 = 0
        var mask: Int32 = -1
        var seed: UInt64 = 0
        var shift: UInt64 = 63
        var childCount: Int32 = 0
        /// The slot whose value stands here, or -1.
        var slot: Int32 = -1
        /// The scope of the elements when folds walk them, or -1.
        var rows: Int32 = -1
        /// Folds over those elements in `folds`.
        var folds: Int32 = 0
        var foldCount: Int32 = 0
        /// Slots below this node in `below`.
        var below: Int32 = 0
        var belowCount: Int32 = 0
        /// What entering the object changes for values that are not there, in `patches`.
        var patches: Int32 = 0
        var patchCount: Int32 = 0
        /// True for the list of unknown paths of a sealed line.
        var isUnknownList = false
    }

    /// A key, found by its first and last eight bytes and its length.
    struct Entry: Sendable {
        var head: UInt64 = 0
        var tail: UInt64 = 0
        /// -1 for a free place.
        var length: Int32 = -1
        var child: Int32 = -1
        var text: Int32 = 0
        /// Another entry with the same ends and length, relative to the table's first, or -1.
        var next: Int32 = -1
    }

    /// One value that atoms read.
    struct Slot: Sendable {
        /// Register of the first atom, a multiple of eight, within the worker's registers.
        var register: Int32 = 0
        /// How many words of eight registers.
        var words: Int32 = 0
        /// Where the codes of its classes start in `codes`, in words.
        var codes: Int32 = 0
        /// Where the flags of its classes start.
        var flags: Int32 = 0
        var integers: Int32 = 0
        var integerCount: Int32 = 0
        var strings: Int32 = 0
        var stringCount: Int32 = 0
        var features: Int32 = 0
        var featureCount: Int32 = 0
        /// Class of the first integer interval and of the first string class.
        var firstInteger: Int32 = 5
        var firstString: Int32 = 6
        var wholeString = false
        var wholeNumber = false
        var wholeContainer = false
        /// Place among the worker's captures when an atom over several values reads it, or -1.
        var capture: Int32 = -1
    }

    /// A test on a string beside equality.
    struct Feature: Sendable {
        enum Kind: UInt8, Sendable {
            case prefix
            case suffix
            case infix
        }

        var kind: Kind
        var text: Int32
        var length: Int32
    }

    struct Patch: Sendable {
        /// A register word, or the complement of a capture.
        var target: Int32
        var value: UInt64
    }

    /// Where the truth for one element is folded into its list's register.
    struct Fold: Sendable {
        var element: Int32
        var target: Int32
        var isAll: Bool
    }

    /// `registers[result] = table[operation + 4 * registers[a] + registers[b]]`; results are numbered upwards.
    struct Operation: Sendable, Hashable {
        var table: Int32
        var a: Int32
        var b: Int32
    }

    struct Scope: Sendable {
        var root: Int32 = 0
        /// First register, and how many are set from the template before a row.
        var registers: Int32 = 0
        var templateCount: Int32 = 0
        var firstResult: Int32 = 0
        var operations: Int32 = 0
        var operationCount: Int32 = 0
        var captures: Int32 = 0
        var captureCount: Int32 = 0
        var groups: Int32 = 0
        var groupCount: Int32 = 0
    }

    /// Atoms over several values.
    struct Group: Sendable {
        var register: Int32
        var words: Int32
        var members: Int32
        var memberCount: Int32
    }

    struct Pair: Sendable {
        var when: Int32
        var that: Int32
    }

    /// A relation whose truth a join table gives.
    struct Join: Sendable {
        var register: Int32
        var relation: Int32
        /// The question among those to the related type.
        var export: Int32
        var isAll: Bool
    }

    struct TypeRecord: Sendable {
        var scope: Int32
        var pairs: Int32
        var pairCount: Int32
        var joins: Int32 = 0
        var joinCount: Int32 = 0
        /// Registers in `exports` of what relations ask of resources of this type.
        var exports: Int32 = 0
        var exportCount: Int32 = 0
        /// Captures of the keys that joins go by, or -1.
        var identity: Int32 = -1
        var scopes: Int32 = -1
        var condition: Int32 = -1
        var tags: Int32 = -1
        /// Register of the first flag of the classification, or -1 when nothing reads it.
        var classification: Int32 = -1
    }

    var nodes: [Node] = []
    var entries: [Entry] = []
    var text: [UInt8] = []
    var slots: [Slot] = []
    var integers: [Int64] = []
    /// Strings that slots compare with: entries whose child is not used.
    var strings: [Entry] = []
    var features: [Feature] = []
    var patches: [Patch] = []
    var below: [Int32] = []
    var folds: [Fold] = []
    var operations: [Operation] = []
    var scopes: [Scope] = []
    var groups: [Group] = []
    var groupMembers: [Int32] = []
    var pairs: [Pair] = []
    var types: [TypeRecord] = []
    var joins: [Join] = []
    var exports: [Int32] = []
    /// The registers of all scopes as they are before a row.
    var template: [UInt8] = []
    var captureCount = 0
    /// How many words of codes and how many classes all slots have together.
    var codeWords = 0
    var classCount = 0
    /// Node whose entries are the type names.
    var typeNames: Int32 = 0

    /// Truth tables for two registers: `and` from 0, `or` from 16, `not` of the first from 32.
    static let truths: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 48)
        for a in 0..<4 {
            for b in 0..<4 {
                table[4 * a + b] = a == 2 || b == 2 ? 2 : (a == 1 && b == 1 ? 1 : 0)
                table[16 + 4 * a + b] = a == 1 || b == 1 ? 1 : (a == 2 && b == 2 ? 2 : 0)
                table[32 + 4 * a + b] = a == 1 ? 2 : (a == 2 ? 1 : 0)
            }
        }
        return table
    }()

    /// The state of a pair for the truth of its selecting condition and of what it asserts.
    static let verdicts: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 16)
        for that in 0..<4 { table[4 * 2 + that] = BulkState.notApplicable.rawValue }
        table[4 * 1 + 1] = BulkState.pass.rawValue
        table[4 * 1 + 2] = BulkState.fail.rawValue
        return table
    }()
}

extension ScanTables.Entry {
    /// The entry of a key or string; its text goes to the pool.
    init(_ key: [UInt8], child: Int32, pool: inout [UInt8]) {
        self.init()
        head = Self.word(key.prefix(8))
        tail = key.count >= 8 ? Self.word(key.suffix(8)) : 0
        length = Int32(key.count)
        self.child = child
        text = Int32(pool.count)
        pool += key
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The place of a key in a table of `1 << (64 - shift)` places: the high bits, to which every bit contributes.
    @inline(__always)
    static func place(head: UInt64, tail: UInt64, length: Int32, seed: UInt64, shift: UInt64) -> Int32 {
        let mixed = (head ^ (tail &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: length)) &* seed
        return Int32(truncatingIfNeeded: mixed &>> shift)
    }
}
