import AssayExpressions

/// What a resource holds and whose it is, by the scope file or its tags.
public struct Classification: Sendable, Hashable {
    /// True when it holds protected health information; false also when nobody says or it is in doubt.
    public var phi: Bool
    /// True when it holds financial or cardholder data; false also when nobody says or it is in doubt.
    public var financial: Bool
    /// Empty when nobody says.
    public var environment: String
    /// Empty when nobody says.
    public var owner: String
    /// True when the scope file or a tag says anything about the data it holds.
    public var isStated: Bool
    /// What an entry of the scope file would say if its condition were true, and why that cannot be decided.
    private(set) var doubts: [Claim: UnknownCauses] = [:]

    /// One thing that is said of a resource, by its name in rules.
    enum Claim: String, Sendable, CaseIterable {
        case phi
        case financial
        case environment
        case owner
    }

    /// A classification; without arguments, that of a resource of which nothing is said.
    public init(
        phi: Bool = false, financial: Bool = false, environment: String = "", owner: String = "",
        isStated: Bool = false
    ) {
        self.phi = phi
        self.financial = financial
        self.environment = environment
        self.owner = owner
        self.isStated = isStated
    }

    /// Takes what an entry that selects says; a claim that it makes is no longer in doubt.
    mutating func apply(_ entry: Classifier.Entry) {
        if let phi = entry.phi { self.phi = phi }
        if let financial = entry.financial { self.financial = financial }
        if let environment = entry.environment { self.environment = environment }
        if let owner = entry.owner { self.owner = owner }
        isStated = isStated || entry.phi != nil || entry.financial != nil
        for claim in Claim.allCases where entry.makes(claim) { doubts[claim] = nil }
    }

    /// Puts in doubt what an entry would change if its condition, which cannot be decided, were true.
    ///
    /// What is certain to be held stays so: a rule that is asked too often hides nothing.
    mutating func doubt(_ entry: Classifier.Entry, _ causes: UnknownCauses) {
        if entry.phi == true, !phi { doubt(.phi, causes) }
        if entry.financial == true, !financial { doubt(.financial, causes) }
        if let stated = entry.environment, stated != environment { doubt(.environment, causes) }
        if let stated = entry.owner, stated != owner { doubt(.owner, causes) }
    }

    private mutating func doubt(_ claim: Claim, _ causes: UnknownCauses) {
        doubts[claim] = doubts[claim]?.merging(causes) ?? causes
    }

    /// Takes from the resource that holds this one what this one does not state, doubts included.
    mutating func inherit(_ above: Classification) {
        if !isStated {
            for claim in [Claim.phi, .financial] { inheritDoubt(claim, above) }
            if above.isStated {
                phi = above.phi
                financial = above.financial
                isStated = true
            }
        }
        if environment.isEmpty {
            inheritDoubt(.environment, above)
            environment = above.environment
        }
        if owner.isEmpty {
            inheritDoubt(.owner, above)
            owner = above.owner
        }
    }

    private mutating func inheritDoubt(_ claim: Claim, _ above: Classification) {
        if let causes = above.doubts[claim] { doubt(claim, causes) }
    }

    /// `classification` as rules read it; what is in doubt is unknown.
    var value: Value {
        func flag(_ claim: Claim, _ isCertain: Bool) -> (String, Value) {
            (claim.rawValue, isCertain ? .bool(true) : doubts[claim].map { .unknown($0) } ?? .bool(false))
        }
        func text(_ claim: Claim, _ stated: String) -> (String, Value) {
            (claim.rawValue, doubts[claim].map { .unknown($0) } ?? .string(stated))
        }
        let members = [
            flag(.phi, phi), flag(.financial, financial), text(.environment, environment), text(.owner, owner),
        ]
        return .map(MapValue(members))
    }
}

extension Classifier.Entry {
    fileprivate func makes(_ claim: Classification.Claim) -> Bool {
        switch claim {
        case .phi: phi != nil
        case .financial: financial != nil
        case .environment: environment != nil
        case .owner: owner != nil
        }
    }
}
