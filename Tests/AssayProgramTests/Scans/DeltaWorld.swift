import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram

/// A small estate with rules whose verdicts are a pure function of what they may depend on.
struct DeltaWorld {
    struct Line: Hashable {
        /// Below zero for a line that is no resource.
        var id: Int
        var type: String
        var content: Int
        var bytes: [UInt8] { Array("\(type)#\(id)#\(content)".utf8) }
    }

    struct JudgedRule {
        var name: String
        var version: Int
        /// Profile and its parameter.
        var profiles: [(name: String, parameter: Int)]
        var type: String
        var dependencies: DeltaPair.Dependencies
    }

    var lines: [Line] = []
    var rules: [JudgedRule] = []
    var environment = 0
    var date = 0
    private var nextID = 0
    private var nextRule = 0
    private static let names = ["A::One", "A::Two", "B/three", "B/four"]

    init(lineCount: Int, ruleCount: Int, _ numbers: inout SeededNumbers) {
        for _ in 0..<ruleCount { addRule(&numbers) }
        for _ in 0..<lineCount { addLine(&numbers) }
    }

    var environmentDigest: Digest { Digest(of: Array("environment \(environment)".utf8)) }
    var snapshotDigest: Digest { Digest(of: lines.flatMap { $0.bytes + [10] }) }

    /// Types in the order of their first rule; a type that no rule judges has no ordinal.
    var types: [DeltaType] {
        var names: [String] = []
        for rule in rules where !names.contains(rule.type) { names.append(rule.type) }
        return names.map { name in
            DeltaType(
                name: name,
                pairs: rules.filter { $0.type == name }.flatMap { rule in
                    rule.profiles.map { profile in
                        DeltaPair(
                            identity: PairIdentity(
                                rule: rule.name, version: "v\(rule.version)", profile: profile.name,
                                parameters: "p\(profile.parameter)"),
                            dependencies: rule.dependencies)
                    }
                })
        }
    }

    func order() throws -> VerdictOrder {
        try VerdictOrder(types: types.map { .init(name: $0.name, pairs: $0.pairs.map(\.identity)) })
    }

    /// What a pair says of a line, under all that it depends on.
    func code(_ pair: DeltaPair, _ line: Line, estate: UInt64) -> UInt8 {
        var mixed = UInt64(environment)
        func add(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { mixed = SeededNumbers.mix(mixed ^ UInt64(byte)) }
        }
        let identity = pair.identity
        add(identity.rule.utf8)
        add(identity.version.utf8)
        add(identity.parameters.utf8)
        add(line.bytes)
        if pair.dependencies.contains(.date) { mixed = SeededNumbers.mix(mixed ^ UInt64(date)) }
        if !pair.dependencies.isDisjoint(with: [.relations, .facts]) { mixed = SeededNumbers.mix(mixed ^ estate) }
        return UInt8(mixed % 5) + 1
    }

    /// Stands for all that relations and facts may read.
    var estate: UInt64 {
        lines.reduce(0) { sum, line in
            var mixed: UInt64 = 7
            for byte in line.bytes { mixed = SeededNumbers.mix(mixed ^ UInt64(byte)) }
            return sum &+ mixed
        }
    }

    mutating func addLine(_ numbers: inout SeededNumbers) {
        let place = numbers.below(lines.count + 1)
        if numbers.below(12) == 0 {
            lines.insert(Line(id: -1, type: "coverage", content: numbers.below(3)), at: place)
        } else {
            let name = Self.names[numbers.below(Self.names.count)]
            lines.insert(Line(id: nextID, type: name, content: numbers.below(1000)), at: place)
            nextID += 1
        }
    }

    mutating func addRule(_ numbers: inout SeededNumbers) {
        var profiles = [(name: "default", parameter: numbers.below(3))]
        if numbers.below(3) == 0 { profiles.append((name: "hipaa", parameter: numbers.below(3))) }
        let dependencies = DeltaPair.Dependencies(rawValue: numbers.below(3) == 0 ? UInt8(numbers.below(8)) : 0)
        rules.insert(
            JudgedRule(
                name: "rule-\(nextRule)", version: numbers.below(100), profiles: profiles,
                type: Self.names[numbers.below(Self.names.count)], dependencies: dependencies),
            at: numbers.below(rules.count + 1))
        nextRule += 1
    }

    /// One random edit of the lines, the rules, the date or the environment.
    mutating func edit(_ numbers: inout SeededNumbers) {
        let line = lines.isEmpty ? nil : numbers.below(lines.count)
        let rule = rules.isEmpty ? nil : numbers.below(rules.count)
        switch numbers.below(16) {
        case 0, 1: for _ in 0...numbers.below(4) { addLine(&numbers) }
        case 2: if let line { lines.removeSubrange(line..<min(lines.count, line + 1 + numbers.below(40))) }
        case 3, 4: if let line, lines[line].id >= 0 { lines[line].content += 1 }
        case 5: for index in lines.indices where numbers.below(10) == 0 { lines[index].content += 1 }
        case 6: if numbers.below(3) == 0 { lines.shuffle(using: &numbers) }
        case 7: if let line { lines.swapAt(line, numbers.below(lines.count)) }
        case 8: if let line { lines = Array(lines[line...] + lines[..<line]) }
        case 9: if let line, lines[line].id >= 0 { lines[line].type = Self.names[numbers.below(4)] }
        case 10: if let rule { rules[rule].version += 1 }
        case 11: addRule(&numbers)
        case 12: if let rule { rules.remove(at: rule) }
        case 13: if let rule { rules[rule].profiles[0].parameter += 1 }
        case 14:
            if numbers.below(4) == 0 { environment += 1 }
            date += 1
        default:
            if numbers.below(2) == 0 { rules.shuffle(using: &numbers) }
            guard let rule else { return }
            if rules[rule].profiles.count > 1 {
                rules[rule].profiles.removeLast()
            } else {
                rules[rule].profiles.append((name: "soc2", parameter: 1))
            }
        }
    }
}
