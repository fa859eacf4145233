import AssayExpressions

/// The source of a network rule: a block, a service tag, or everything.
struct AddressPrefix {
    private enum Kind {
        case everything
        case block(CIDRBlock)
        case tag(String)
    }

    private let kind: Kind

    init(_ text: String) {
        let trimmed = text.trimmingSpaces
        switch trimmed.lowercased() {
        case "*", "any", "internet": kind = .everything
        default:
            if let block = try? CIDRBlock(trimmed) {
                kind = .block(block)
            } else if let address = try? IPAddress(trimmed),
                let block = try? CIDRBlock("\(trimmed)/\(address.family == .v4 ? 32 : 128)")
            {
                kind = .block(block)
            } else {
                kind = .tag(trimmed.lowercased())
            }
        }
    }

    /// Address families of the internet that the source lets in: all of it, or a part of it larger than an IPv4 /8 or
    /// as large as the IPv6 global unicast block 2000::/3 (RFC 4291); fc00::/7 is private (RFC 4193).
    var internetFamilies: Set<Int> {
        switch kind {
        case .everything: [4, 6]
        case .block(let block):
            switch block.address.family {
            case .v4: block.prefixLength < 8 ? [4] : []
            case .v6: block.prefixLength <= 3 ? [6] : []
            }
        case .tag: []
        }
    }

    var isInternet: Bool { !internetFamilies.isEmpty }

    /// True when everything of this family that the other lets in is also in this one.
    func covers(_ other: AddressPrefix, family: Int) -> Bool {
        switch (kind, other.kind) {
        case (.everything, _): true
        case (.block(let block), .block(let inner)):
            block.contains(inner)
        case (.block(let block), .everything):
            block.prefixLength == 0 && (block.address.family == .v4 ? 4 : 6) == family
        case (.tag(let tag), .tag(let inner)): tag == inner
        case (.tag, _), (.block, .tag): false
        }
    }
}
