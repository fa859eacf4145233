extension IPAddress {
    /// Reads an address strictly: four decimal fields without leading zeros, or RFC 4291 §2.2 for IPv6.
    ///
    /// - Throws: ``NetworkError``; for zones and for IPv4-mapped addresses with a dotted end with a kind of their own.
    public init(_ text: String) throws(NetworkError) {
        let bytes = Array(text.utf8)
        let zoneStart = bytes.firstIndex(of: UInt8(ascii: "%"))
        let parsed = IPAddress.parse(bytes[..<(zoneStart ?? bytes.count)])
        guard let parsed, zoneStart == nil || parsed.address.family == .v6 && zoneStart != bytes.count - 1 else {
            throw NetworkError(
                kind: .malformedAddress,
                message: "IP Address '\(text)' parse error during conversion from string")
        }
        guard zoneStart == nil else {
            throw NetworkError(
                kind: .zoneNotAllowed, message: "IP Address with zone value is not allowed: `\(text)`")
        }
        guard !parsed.isDottedMapped else {
            throw NetworkError(
                kind: .mappedNotAllowed, message: "IPv4-mapped IPv6 address is not allowed: `\(text)`")
        }
        self = parsed.address
    }

    /// Whether an address is written exactly as ``text`` would write it.
    ///
    /// - Throws: ``NetworkError`` when `text` is not an address.
    public static func isCanonical(_ text: String) throws(NetworkError) -> Bool {
        // Bytes, not strings: canonically equivalent strings would compare as equal.
        try IPAddress(text).text.utf8.elementsEqual(text.utf8)
    }

    struct Parsed {
        var address: IPAddress
        /// Whether the text was an IPv4-mapped IPv6 address that ends in dotted decimal.
        var isDottedMapped: Bool
    }

    static func parse(_ bytes: ArraySlice<UInt8>) -> Parsed? {
        guard bytes.contains(UInt8(ascii: ":")) else {
            return dottedDecimal(bytes).map { bits in
                Parsed(address: IPAddress(.v4, UInt128(bits)), isDottedMapped: false)
            }
        }
        guard let (bits, isDotted) = hexadecimalGroups(bytes) else { return nil }
        let isMapped = bits >> 32 == 0xFFFF
        let address = isMapped ? IPAddress(.v4, bits & UInt128(UInt32.max)) : IPAddress(.v6, bits)
        return Parsed(address: address, isDottedMapped: isMapped && isDotted)
    }

    private static func dottedDecimal(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let fields = bytes.split(separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 4 else { return nil }
        var bits: UInt32 = 0
        for field in fields {
            guard (1...3).contains(field.count), field.count == 1 || field.first != UInt8(ascii: "0") else {
                return nil
            }
            var value: UInt32 = 0
            for byte in field {
                guard let digit = byte.decimalDigit else { return nil }
                value = value * 10 + UInt32(digit)
            }
            guard value <= 255 else { return nil }
            bits = bits << 8 | value
        }
        return bits
    }

    private static func hexadecimalGroups(_ bytes: ArraySlice<UInt8>) -> (bits: UInt128, isDotted: Bool)? {
        var groups: [UInt16] = []
        var gap: Int?
        var isDotted = false
        var rest = bytes
        let colon = UInt8(ascii: ":")
        if rest.starts(with: [colon, colon]) {
            gap = 0
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            guard groups.count < 8 else { return nil }
            let field = rest.prefix { byte in byte != colon }
            rest = rest[field.endIndex...]
            if field.contains(UInt8(ascii: ".")) {
                guard rest.isEmpty, groups.count <= 6, let value = dottedDecimal(field) else { return nil }
                groups.append(UInt16(value >> 16))
                groups.append(UInt16(value & 0xFFFF))
                isDotted = true
                break
            }
            guard let value = hexadecimalGroup(field) else { return nil }
            groups.append(value)
            if rest.isEmpty { break }
            rest = rest.dropFirst()
            if rest.first == colon {
                guard gap == nil else { return nil }
                gap = groups.count
                rest = rest.dropFirst()
            } else if rest.isEmpty {
                return nil
            }
        }
        if let gap {
            // The gap stands for one group of zeros at least.
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: Array(repeating: 0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return (groups.reduce(0) { bits, group in bits << 16 | UInt128(group) }, isDotted)
    }

    private static func hexadecimalGroup(_ field: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(field.count) else { return nil }
        var value: UInt16 = 0
        for byte in field {
            guard let digit = byte.hexadecimalDigit else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
