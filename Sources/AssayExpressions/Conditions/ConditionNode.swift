/// Index of a node in a `Program`.
typealias NodeID = Int32

/// One operation of the condition IR.
///
/// What `a` to `d` hold is said at each operation: node indices unless named otherwise; *start* and *count* are a
/// range of the program's operand pool.
struct ConditionNode: Sendable {
    enum Operation: UInt8, Sendable {
        /// a: constant.
        case constant
        /// a: variable.
        case variable
        /// a: slot.
        case local
        /// a, b: name; flag: gives an optional.
        case select
        /// a, b: name.
        case has
        /// a, b; flag: gives an optional.
        case index
        /// a: start, b: count; an element written `?x` is stored as its complement.
        case list
        /// a: start, b: count of pairs key, value; an entry written `?k: v` has the complement of its value.
        case map
        /// a: start, b: count.
        case and
        /// a: start, b: count.
        case or
        case not
        case negate
        case conditional
        case equal
        case notEqual
        case less
        case lessOrEqual
        case greater
        case greaterOrEqual
        case contained
        case add
        case subtract
        case multiply
        case divide
        case remainder
        /// a: function, b: start, c: count.
        case call
        /// a, b: pattern.
        case matches
        /// a: range, b: slot, c: condition or -1, d: result or -1; flag: two variables in b and b + 1.
        case all
        case exists
        case existsOne
        case filter
        case mapList
        case mapEntries
        case mergeEntries
        /// a: slot, b: value, c: body.
        case bind
        /// a: first slot, b: start, c: count, d: body.
        case block
        /// a, b: slot, c: body; flag: the body itself gives an optional.
        case optionalMap
        case optionalOr
        case optionalOrValue
        /// a, b: constant that names the default table.
        case defaulted
    }

    let operation: Operation
    var flag = false
    var a: Int32 = -1
    var b: Int32 = -1
    var c: Int32 = -1
    var d: Int32 = -1
}
