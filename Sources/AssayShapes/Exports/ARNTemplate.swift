import AssayCore

/// An ARN's pattern, `arn:{partition}:kms:{region}:{account}:key/{id}`: makes ARNs and takes them apart.
struct ARNTemplate {
    let pattern: String

    /// The ARN, or nil when a part that the pattern asks for is not known.
    func make(id: String, account: String?, region: String?) -> String? {
        var text = pattern.replacing("{id}", with: id)
        text = text.replacing("{partition}", with: Self.partition(ofRegion: region))
        if text.contains("{account}") {
            guard let account else { return nil }
            text = text.replacing("{account}", with: account)
        }
        if text.contains("{region}") {
            guard let region else { return nil }
            text = text.replacing("{region}", with: region)
        }
        return text
    }

    /// The identifier inside an ARN of this pattern; nil for another ARN.
    func identifier(in arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let wanted = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, wanted.count == 6, parts[2] == wanted[2],
            let hole = wanted[5].firstRange(of: "{id}")
        else { return nil }
        let before = wanted[5][..<hole.lowerBound]
        let after = wanted[5][hole.upperBound...]
        guard parts[5].hasPrefix(before), parts[5].hasSuffix(after), parts[5].count > before.count + after.count else {
            return nil
        }
        return String(parts[5].dropFirst(before.count).dropLast(after.count))
    }

    /// The account in an ARN; nil for one without, and for policies that AWS owns.
    static func account(in arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        return String(parts[4]).isAccountID ? String(parts[4]) : nil
    }

    /// The Region in an ARN; nil for one without.
    static func region(in arn: String) -> String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", !parts[3].isEmpty else { return nil }
        return String(parts[3])
    }

    private static func partition(ofRegion region: String?) -> String {
        guard let region else { return "aws" }
        return region.hasPrefix("cn-") ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
    }
}

extension String {
    /// True for twelve digits.
    var isAccountID: Bool {
        utf8.count == 12 && utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    /// True for `eu-west-1`, `us-gov-east-1`, `ap-southeast-2`.
    var isRegion: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, let last = parts.last, let first = parts.first else { return false }
        func isLower(_ part: Substring) -> Bool {
            part.utf8.allSatisfy { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
        }
        return first.utf8.count == 2 && isLower(first)
            && parts.dropFirst().dropLast().allSatisfy { $0.utf8.count >= 2 && isLower($0) }
            && !last.isEmpty && last.utf8.count <= 2
            && last.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }
}
