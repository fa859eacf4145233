/// The scalars of each Unicode general category, as the standard library of Swift knows them.
enum UnicodeCategories {
    /// The set of a category such as `Lu`, of a group such as `L`, or of `Any`.
    ///
    /// Unassigned code points (`Cn`) belong to no set, as in RE2; surrogates (`Cs`) are never in a text.
    static func set(named name: String) -> ScalarSet? {
        if name == "Any" { return .all }
        if let set = sets[name] { return set }
        guard name.utf8.count == 1 else { return nil }
        let members = sets.filter { category, _ in category.hasPrefix(name) }
        guard !members.isEmpty else { return nil }
        return ScalarSet(members.values.flatMap(\.ranges))
    }

    /// Blocks whose scalars are all of one category: ideographs, Hangul syllables, private use and empty planes.
    ///
    /// The pass looks at their ends only; a test compares the result with every scalar.
    private static let uniformBlocks: [ClosedRange<UInt32>] = [
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x2A6DF, 0x34000...0x3FFFF, 0x40000...0xDFFFF,
        0xE1000...0xEFFFF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD,
    ]

    /// Computed at the first use of a property: one pass over the scalars, some tens of milliseconds.
    private static let sets: [String: ScalarSet] = {
        var ranges: [String: [ClosedRange<UInt32>]] = [:]
        var blocks = uniformBlocks[...]
        var value: UInt32 = 0
        var start: UInt32 = 0
        var current = Unicode.GeneralCategory.control
        while value <= ScalarSet.maximum {
            let category = Unicode.Scalar(value)?.properties.generalCategory ?? .surrogate
            if category != current {
                if let name = name(of: current) { ranges[name, default: []].append(start...value - 1) }
                (start, current) = (value, category)
            }
            if let block = blocks.first, value == block.lowerBound {
                blocks.removeFirst()
                value = block.upperBound
            } else {
                value += 1
            }
        }
        if let name = name(of: current) { ranges[name, default: []].append(start...ScalarSet.maximum) }
        return ranges.mapValues { ranges in ScalarSet(ranges) }
    }()

    private static func name(of category: Unicode.GeneralCategory) -> String? {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: nil
        @unknown default: nil
        }
    }
}
