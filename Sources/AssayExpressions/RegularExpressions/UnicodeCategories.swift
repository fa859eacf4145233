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

    /// Computed at the first use of a property: one pass over the scalars, some tens of milliseconds.
    private static let sets: [String: ScalarSet] = {
        var ranges: [String: [ClosedRange<UInt32>]] = ["Cs": [0xD800...0xDFFF]]
        var start: UInt32 = 0
        var current = Unicode.Scalar(0x00).properties.generalCategory
        func close(at end: UInt32) {
            if let name = name(of: current), start < end { ranges[name, default: []].append(start...end - 1) }
        }
        var value: UInt32 = 1
        while value <= ScalarSet.maximum + 1 {
            let category = Unicode.Scalar(value)?.properties.generalCategory
            if category != current {
                close(at: value)
                start = value
                // The surrogates are no scalars: the run continues behind them as a new one.
                if category == nil {
                    value = value == 0xD800 ? 0xE000 : value + 1
                    start = value
                    current = Unicode.Scalar(value)?.properties.generalCategory ?? .unassigned
                } else if let category {
                    current = category
                }
            }
            value += 1
        }
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
