/// An IPv4 or IPv6 address without a zone.
///
/// Two addresses are equal if they are of one family and have the same bits. An IPv4-mapped IPv6 address written in
/// hexadecimal (`::ffff:c0a8:1`) is read as the IPv4 address that it stands for, so no value of this type is mapped.
public struct IPAddress: Hashable, Sendable {
    /// The version of the Internet Protocol.
    public enum Family: Int, Hashable, Sendable {
        /// IPv4, 32 bits.
        case v4 = 4
        /// IPv6, 128 bits.
        case v6 = 6
    }

    /// The version of the Internet Protocol.
    public let family: Family
    /// The address as a number; an IPv4 address fills the lowest 32 bits.
    public let bits: UInt128

    /// Creates an address from its number; nil if it does not fit the family.
    public init?(family: Family, bits: UInt128) {
        guard family == .v6 || bits <= UInt128(UInt32.max) else { return nil }
        self.init(family, bits)
    }

    // INVARIANT: an IPv4 address has no bits above the lowest 32.
    init(_ family: Family, _ bits: UInt128) {
        self.family = family
        self.bits = bits
    }

    /// The number of bits of an address of this family.
    public var bitWidth: Int { family == .v4 ? 32 : 128 }

    /// Whether this is `0.0.0.0` or `::`.
    public var isUnspecified: Bool { bits == 0 }

    /// Whether this is in `127.0.0.0/8` or `::1`.
    public var isLoopback: Bool {
        family == .v4 ? bits >> 24 == 127 : bits == 1
    }

    /// Whether this is in `224.0.0.0/4` or `ff00::/8`.
    public var isMulticast: Bool {
        family == .v4 ? bits >> 28 == 0xE : bits >> 120 == 0xFF
    }

    /// Whether this is in `169.254.0.0/16` or `fe80::/10`.
    public var isLinkLocalUnicast: Bool {
        family == .v4 ? bits >> 16 == 0xA9FE : bits >> 118 == 0xFE80 >> 6
    }

    /// Whether this is in `224.0.0.0/24`, or multicast of scope 2 (`ff02::/16` with any flags).
    public var isLinkLocalMulticast: Bool {
        family == .v4 ? bits >> 8 == 0xE00000 : bits >> 120 == 0xFF && bits >> 112 & 0xF == 2
    }

    /// Whether the address is neither unspecified, loopback, multicast nor link-local unicast, nor the IPv4 broadcast
    /// address; private and documentation addresses count as global here.
    public var isGlobalUnicast: Bool {
        if family == .v4 && bits == UInt128(UInt32.max) { return false }
        return !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
    }
}

extension IPAddress: CustomStringConvertible {
    /// The canonical text: dotted decimal, or RFC 5952 for IPv6.
    public var text: String {
        switch family {
        case .v4:
            return stride(from: 24, through: 0, by: -8).map { shift in String(bits >> UInt128(shift) & 0xFF) }
                .joined(separator: ".")
        case .v6:
            let groups = (0..<8).map { index in UInt16(truncatingIfNeeded: bits >> UInt128((7 - index) * 16)) }
            let zeros = IPAddress.longestZeroRun(groups)
            let parts = groups.map { group in String(group, radix: 16) }
            guard zeros.count > 1 else { return parts.joined(separator: ":") }
            return parts[..<zeros.lowerBound].joined(separator: ":") + "::"
                + parts[zeros.upperBound...].joined(separator: ":")
        }
    }

    /// The same as ``text``.
    public var description: String { text }

    /// The first of the longest runs of groups that are zero.
    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > best.count {
                best = start..<index + 1
            }
        }
        return best
    }
}
