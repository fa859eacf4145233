import AssayCore
import AssayProgram

/// The order of every list in every report: UTF-8 bytes, key after key.
///
/// Swift compares strings by canonical equivalence, so two programs in other languages would sort differently.
enum BytewiseOrder {
    /// True when the first list of keys stands before the second.
    static func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (one, other) in zip(left, right) where !one.utf8.elementsEqual(other.utf8) {
            return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
        return left.count < right.count
    }

    /// The elements in the order of their keys; equal keys keep their place.
    static func sorted<Element>(_ elements: [Element], by keys: (Element) -> [String]) -> [Element] {
        let keyed = elements.enumerated().map { (keys: keys($0.element), place: $0.offset) }
        // Lists mostly come in order already; telling so is cheaper than sorting.
        if !zip(keyed, keyed.dropFirst()).contains(where: { precedes($1.keys, $0.keys) }) { return elements }
        let order = keyed.sorted { left, right in
            if precedes(left.keys, right.keys) { return true }
            return precedes(right.keys, left.keys) ? false : left.place < right.place
        }
        return order.map { elements[$0.place] }
    }
}

extension Verdict {
    var orderKeys: [String] { [resource.type, resource.id, rule, profile] }
}

extension Finding {
    var orderKeys: [String] { verdict.orderKeys + [key] }

    /// True while it asks for work or stands under an exemption.
    var isLive: Bool {
        switch state {
        case .open, .acknowledged, .exempt: true
        case .resolved, .closed: false
        }
    }
}

extension ResourceReference {
    var orderKeys: [String] { [type, id] }
}

extension ScanResult {
    /// Findings by (type, id, rule, profile).
    var sortedFindings: [Finding] { BytewiseOrder.sorted(findings, by: \.orderKeys) }

    /// The verdicts that a format lists: failing and unknown, or all when the user asked for all.
    var listedVerdicts: [Verdict] {
        let listed = listsAllVerdicts ? verdicts : verdicts.filter { $0.state == .fail || $0.state == .unknown }
        return BytewiseOrder.sorted(listed, by: \.orderKeys)
    }
}
