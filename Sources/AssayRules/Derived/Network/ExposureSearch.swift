import AssayCore
import AssayExpressions

/// Finds what the filters in front of a place let in from the internet, exactly: every public source, every source
/// port, every port.
///
/// Sources that no rule tells apart count as one, so the cost is, for each kind of source, the rules that cover it times
/// the pieces that the rules cut the ports into, and for each public interval the rules once.
struct ExposureSearch {
    /// What is let in.
    struct Exposure: Hashable {
        let transport: String
        var ports: PortRange
        /// True when it is not some sources but the internet: more than an IPv4 /8, or a quarter of
        /// the IPv6 addresses in use.
        let isOpen: Bool
        /// The first sources, as `low-high`.
        let sources: [AddressInterval]
        /// `sources` as text, made once for all places that share the search.
        let labels: [String]
        let sourcePort: Int
        let allowedBy: [String]
    }

    /// What was found, and why there may be more.
    struct Outcome: Hashable {
        var exposures: [Exposure] = []
        var gap: UnknownReason?
    }

    static let transports = ["tcp", "udp", "icmp"]
    private static let listedSources = 8
    /// Steps of one search at most; beyond it the outcome is open.
    static let maximumSteps = 20_000_000

    /// A rule that covers the place, or may.
    private struct ActiveRule {
        let rule: PacketRule
        let destination: Certainty
    }

    /// Rules of each filter in order of priority.
    private let filters: [[ActiveRule]]
    private let place: NetworkPlace
    private let family: IPAddress.Family

    init(filters: [PacketFilter], place: NetworkPlace, family: IPAddress.Family) {
        self.place = place
        self.family = family
        self.filters = filters.map { filter in
            filter.rules.compactMap { rule in
                let destination = rule.destinations.reduce(Certainty.no) { $0 || place.matches($1) }
                return destination.isNo ? nil : ActiveRule(rule: rule, destination: destination)
            }
        }
    }

    /// Equal for searches with the same filters and network that must find the same.
    var signature: [String] {
        filters.flatMap { filter in filter.map { "\($0.rule.id) \(Self.digit($0.destination))" } + ["|"] }
    }

    private enum Fate: Hashable {
        case denied
        case allowed(rules: [String])
        case unknown(UnknownReason)
    }

    /// Sources that no rule tells apart.
    private struct SourceClass {
        var intervals: [AddressInterval] = []
        var size: UInt128 = 0
        /// For each filter the places of the rules that cover the source, or may.
        var rules: [[(place: Int, source: Certainty)]] = []
    }

    /// The search over all filters; a packet comes in only if every one of them allows it.
    func run() -> Outcome {
        let classes = sourceClasses()
        let all = filters.flatMap { $0.map(\.rule) }
        let sourcePorts = PortRange.pieces(all.flatMap { $0.sourcePorts ?? [] })
            .sorted { Self.isPreferred($0, to: $1) }
        let ports = PortRange.pieces(all.flatMap { $0.destinationPorts ?? [] })
        let steps = classes.reduce(0) { sum, source in source.rules.reduce(sum) { $0 + $1.count } }
        guard steps * sourcePorts.count * ports.count <= Self.maximumSteps else { return Outcome(gap: .interrupted) }
        var outcome = Outcome()
        for transport in Self.transports {
            for port in transport == "icmp" ? [PortRange(low: 0, high: 0)] : ports {
                add(transport, port, classes, sourcePorts, to: &outcome)
            }
        }
        return outcome
    }

    private func add(
        _ transport: String, _ port: PortRange, _ classes: [SourceClass], _ sourcePorts: [PortRange],
        to outcome: inout Outcome
    ) {
        var size: UInt128 = 0
        var sources: [AddressInterval] = []
        var first: (rules: [String], port: Int, size: UInt128)?
        var doubt: UnknownReason?
        for source in classes {
            // Whoever sends chooses the source port, so one that is let in is enough.
            var isIn = false
            for sourcePort in sourcePorts {
                switch fate(transport, source, sourcePort, port) {
                case .denied: continue
                case .unknown(let reason): doubt = doubt ?? reason
                case .allowed(let rules):
                    isIn = true
                    if first == nil || source.size > (first?.size ?? 0) {
                        first = (rules, Self.sample(of: sourcePort), source.size)
                        sources = Array(source.intervals.prefix(Self.listedSources)) + sources
                    } else {
                        sources += source.intervals.prefix(Self.listedSources)
                    }
                }
                if isIn { break }
            }
            if isIn { size = size.addingReportingOverflow(source.size).overflow ? .max : size + source.size }
        }
        let isOpen = family == .v4 ? size > 1 << 24 : size > 1 << 123
        // What is open already cannot be more so by what is in doubt.
        if let doubt, !isOpen { outcome.gap = outcome.gap ?? doubt }
        guard let first else { return }
        let listed = Array(sources.prefix(Self.listedSources))
        let exposure = Exposure(
            transport: transport, ports: port, isOpen: isOpen, sources: listed, labels: listed.map(\.text),
            sourcePort: first.port, allowedBy: first.rules)
        if var last = outcome.exposures.last, last.transport == transport, last.ports.high + 1 == port.low,
            last.isOpen == isOpen, last.allowedBy == exposure.allowedBy, last.sources == exposure.sources
        {
            last.ports = PortRange(low: last.ports.low, high: port.high)
            outcome.exposures[outcome.exposures.count - 1] = last
        } else {
            outcome.exposures.append(exposure)
        }
    }

    private static func sample(of range: PortRange) -> Int { range.contains(50_000) ? 50_000 : range.low }

    private static func isPreferred(_ first: PortRange, to second: PortRange) -> Bool {
        if first.contains(50_000) != second.contains(50_000) { return first.contains(50_000) }
        return first.low < second.low
    }

    // MARK: Sources

    private func sourceClasses() -> [SourceClass] {
        var order: [[UInt8]: Int] = [:]
        var classes: [SourceClass] = []
        for interval in publicIntervals() {
            // Two intervals that every rule treats alike have the same signature.
            var signature: [UInt8] = []
            var matched: [[(place: Int, source: Certainty)]] = []
            for filter in filters {
                var here: [(place: Int, source: Certainty)] = []
                for (place, active) in filter.enumerated() {
                    let source = active.rule.sources.reduce(Certainty.no) {
                        $0 || self.place.matchesSource($1, interval)
                    }
                    signature.append(Self.digit(source))
                    if !source.isNo { here.append((place, source)) }
                }
                matched.append(here)
            }
            let index = order[signature, default: classes.count]
            if index == classes.count {
                order[signature] = index
                classes.append(SourceClass(rules: matched))
            }
            classes[index].intervals.append(interval)
            let sum = classes[index].size.addingReportingOverflow(interval.size)
            classes[index].size = sum.overflow ? .max : sum.partialValue
        }
        return classes
    }

    private static func digit(_ certainty: Certainty) -> UInt8 {
        switch certainty {
        case .no: 0
        case .yes: 1
        case .unknown(let reason): UInt8(2 + (UnknownReason.allCases.firstIndex(of: reason) ?? 0))
        }
    }

    /// Public addresses outside the network, cut where a rule begins or ends.
    private func publicIntervals() -> [AddressInterval] {
        let whole = AddressInterval(all: family)
        var starts: Set<UInt128> = [0]
        func cut(_ interval: AddressInterval) {
            guard interval.family == family else { return }
            starts.insert(interval.low)
            if interval.high < whole.high { starts.insert(interval.high + 1) }
        }
        for interval in AddressInterval.special + AddressInterval.publicIPv6 + place.network + place.routed {
            cut(interval)
        }
        for active in filters.flatMap(\.self) {
            for case .block(let block) in active.rule.sources { cut(block) }
        }
        let sorted = starts.sorted()
        return sorted.indices.compactMap { index in
            let high = index + 1 < sorted.count ? sorted[index + 1] - 1 : whole.high
            let interval = AddressInterval(family, sorted[index], high)
            guard AddressInterval.isPublic(interval), !place.network.contains(where: { $0.contains(interval) }) else {
                return nil
            }
            return interval
        }
    }

    // MARK: One packet

    private func fate(
        _ transport: String, _ source: SourceClass, _ sourcePort: PortRange, _ port: PortRange
    ) -> Fate {
        var rules: [String] = []
        var doubt: UnknownReason?
        for (filter, matched) in zip(filters, source.rules) {
            let active = matched.lazy.map { (filter[$0.place], $0.source) }
            switch Self.fate(of: active, transport, sourcePort, port) {
            case .denied: return .denied
            case .allowed(let found): rules += found
            case .unknown(let reason): doubt = doubt ?? reason
            }
        }
        return doubt.map { .unknown($0) } ?? .allowed(rules: rules)
    }

    /// The first rule that matches decides; one that may match leaves the outcome open unless a later one agrees.
    private static func fate(
        of rules: some Sequence<(ActiveRule, Certainty)>, _ transport: String, _ sourcePort: PortRange,
        _ port: PortRange
    ) -> Fate {
        var mayAllow: UnknownReason?
        var mayDeny: UnknownReason?
        for (active, source) in rules {
            let rule = active.rule
            switch matches(active, source, transport, sourcePort, port) {
            case .no: continue
            case .unknown(let reason):
                if rule.isAllow != false { mayAllow = mayAllow ?? reason }
                if rule.isAllow != true { mayDeny = mayDeny ?? reason }
            case .yes:
                switch rule.isAllow {
                case true?: return mayDeny.map { .unknown($0) } ?? .allowed(rules: [rule.id])
                case false?: return mayAllow.map { .unknown($0) } ?? .denied
                case nil: return .unknown(rule.hidden ?? .missingPath)
                }
            }
        }
        return mayAllow.map { .unknown($0) } ?? .denied
    }

    private static func matches(
        _ active: ActiveRule, _ source: Certainty, _ transport: String, _ sourcePort: PortRange, _ port: PortRange
    ) -> Certainty {
        let rule = active.rule
        if let wanted = rule.transport, wanted != transport { return .no }
        var certainty = source && active.destination
        // A packet without ports matches whatever a rule says of them.
        if transport != "icmp" {
            certainty = certainty && covers(rule.sourcePorts, sourcePort, rule.hidden)
            certainty = certainty && covers(rule.destinationPorts, port, rule.hidden)
        }
        guard certainty == .yes else { return certainty }
        if rule.isContested { return .unknown(.unsupported) }
        if rule.isAllow != nil, let hidden = rule.hidden { return .unknown(hidden) }
        return .yes
    }

    private static func covers(_ ranges: [PortRange]?, _ range: PortRange, _ hidden: UnknownReason?) -> Certainty {
        guard let ranges else { return .unknown(hidden ?? .missingPath) }
        return Certainty(ranges.contains { $0.contains(range) })
    }
}
