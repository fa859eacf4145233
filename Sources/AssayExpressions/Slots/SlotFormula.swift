/// A condition taken apart: what can be read off single values, and how their truths combine.
///
/// Every part is true, false or undecided. `and`, `or`, `not`, `all` and `exists` combine them as the language does:
/// a false part decides `and`, a true one `or`, whatever the others are. What stays undecided is for the general
/// reader, which says why.
public indirect enum SlotFormula: Sendable {
    case constant(Bool)
    case atom(SlotAtom)
    case not(SlotFormula)
    case and([SlotFormula])
    case or([SlotFormula])
    case fold(SlotFold)
    /// A list relation: only whoever joins can say.
    case relation(SlotRelation)
    /// Nothing but the general reader can tell; the text says why.
    case undecided(String)
}

/// `all` or `exists` over the elements of a list at a path.
public struct SlotFold: Sendable {
    /// Where the list stands.
    public let range: SlotPath
    /// True for `all`, false for `exists`.
    public let isAll: Bool
    /// What is asked of one element; its paths start from `SlotPath.Root.element` or are constants.
    public let body: SlotFormula
    /// The same question to the whole list: for lists that are absent or no lists at all.
    public let whole: SlotAtom
}

/// `all` or `exists` over related resources.
public struct SlotRelation: Sendable {
    /// The relation's name in the rule.
    public let name: String
    /// True for `all`, false for `exists`.
    public let isAll: Bool
    /// Equal for relations that ask the same.
    public let key: String
    /// What is asked of one related resource: paths start from the variables `resource` and `meta` of that resource.
    public let body: SlotFormula
}

extension SlotFormula {
    /// Calls the closure with every atom, folds' bodies excluded.
    public func forEachAtom(_ body: (SlotAtom) -> Void) {
        switch self {
        case .constant, .fold, .relation, .undecided: break
        case .atom(let atom): body(atom)
        case .not(let operand): operand.forEachAtom(body)
        case .and(let operands), .or(let operands): for operand in operands { operand.forEachAtom(body) }
        }
    }
}
