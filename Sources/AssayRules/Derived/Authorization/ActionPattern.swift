/// An action of Azure's role definitions, in which `*` stands for any text, without regard to case.
struct ActionPattern: Hashable {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.lowercased().utf8) }

    /// True when it stands for every action.
    var isEverything: Bool { bytes == [UInt8(ascii: "*")] }

    /// Whether the pattern covers a concrete action, given in lower case.
    func matches(_ action: [UInt8]) -> Bool {
        var place = 0
        var next = 0
        // Where the last star stands, and how much of the action it had taken.
        var star: (pattern: Int, action: Int)?
        while next < action.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                star = (place, next)
                place += 1
            } else if place < bytes.count, bytes[place] == action[next] {
                place += 1
                next += 1
            } else if let taken = star {
                star = (taken.pattern, taken.action + 1)
                place = taken.pattern + 1
                next = taken.action + 1
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
