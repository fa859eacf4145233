import AssayExpressions

/// Addresses from one to another of one family, both included.
struct AddressInterval: Hashable {
    let family: IPAddress.Family
    let low: UInt128
    let high: UInt128

    init(_ family: IPAddress.Family, _ low: UInt128, _ high: UInt128) {
        self.family = family
        self.low = low
        self.high = high
    }

    /// All addresses of a family.
    init(all family: IPAddress.Family) {
        self.init(family, 0, family == .v4 ? UInt128(UInt32.max) : .max)
    }

    /// Reads `10.0.0.0/8`, a single address, or `10.0.0.1-10.0.0.9`; nil for anything else.
    init?(_ text: String) {
        if let block = try? CIDRBlock(text) {
            let low = block.masked.address.bits
            let hostBits = UInt128(block.address.bitWidth - block.prefixLength)
            // A shift by the whole width gives zero, and the wrap to the greatest number is what is meant.
            let size = hostBits == 128 ? UInt128.max : (UInt128(1) << hostBits) - 1
            self.init(block.address.family, low, low + size)
            return
        }
        if let address = try? IPAddress(text) {
            self.init(address.family, address.bits, address.bits)
            return
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { String($0).trimmingSpaces }
        guard ends.count == 2, let low = try? IPAddress(ends[0]), let high = try? IPAddress(ends[1]),
            low.family == high.family, low.bits <= high.bits
        else { return nil }
        self.init(low.family, low.bits, high.bits)
    }

    /// How many addresses it holds; the greatest number where all of IPv6 is meant.
    var size: UInt128 { high - low == .max ? .max : high - low + 1 }

    func contains(_ other: AddressInterval) -> Bool {
        family == other.family && low <= other.low && other.high <= high
    }

    func overlaps(_ other: AddressInterval) -> Bool {
        family == other.family && low <= other.high && other.low <= high
    }

    /// An address in it as text, the second where there is one.
    var sample: String {
        IPAddress(family: family, bits: low == high ? low : low + 1)?.text ?? ""
    }

    /// The ends as text, or the only address.
    var text: String {
        let first = IPAddress(family: family, bits: low)?.text ?? ""
        return low == high ? first : first + "-" + (IPAddress(family: family, bits: high)?.text ?? "")
    }

    /// Addresses that no sender on the internet has: RFC 6890 and its registries, and the address from which Azure
    /// probes and serves its own hosts.
    static let special: [AddressInterval] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/3",
    ].compactMap { AddressInterval($0) }

    /// What is assigned for IPv6 on the internet (RFC 4291 §2.4: 2000::/3), less documentation (RFC 3849).
    static let publicIPv6: [AddressInterval] = [
        AddressInterval("2000::-2001:db7:ffff:ffff:ffff:ffff:ffff:ffff"),
        AddressInterval("2001:db9::-3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ].compactMap(\.self)

    /// Senders on the internet.
    static func isPublic(_ interval: AddressInterval) -> Bool {
        switch interval.family {
        case .v4: !special.contains { $0.overlaps(interval) }
        case .v6: publicIPv6.contains { $0.contains(interval) }
        }
    }
}
