/// Why a file of slot records cannot be used.
public enum SlotRecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file ends too early, or its end was never written.
    case truncated(size: Int)
    /// The bytes of a part are not those that were written; the position is where the part starts.
    case damaged(part: String, position: Int)
    /// Written by a later version.
    case newer(version: Int)
    /// Recorded from lines of another layout than the program reads.
    case otherLayout

    /// What is wrong and where, lower case.
    public var description: String {
        switch self {
        case .truncated(let size): "the slot records end at byte \(size) before their end mark"
        case .damaged(let part, let position): "the slot records are damaged: \(part) at byte \(position)"
        case .newer(let version): "the slot records have version \(version), which is later than 1"
        case .otherLayout: "the slot records were made of lines of another layout"
        }
    }
}

/// A path of a program that was not recorded: what reads it needs the snapshot itself.
public struct SlotRecordGap: Hashable, Sendable, CustomStringConvertible {
    /// What the record lacks.
    public enum Lack: String, Hashable, Sendable {
        /// No rule asked about the type.
        case type
        /// No condition read the path.
        case value
        /// Of the lists and objects at the path only that they are there was kept.
        case container
        /// The elements of the list at the path were not walked.
        case elements
    }

    /// The resource type.
    public let type: String
    /// The keys from the outermost object of interest down, `[]` for the elements of a list; empty for the type.
    public let path: [String]
    /// What of it the record lacks.
    public let lack: Lack

    /// `Microsoft.Storage/storageAccounts: body.properties.networkAcls (container)`.
    public var description: String { "\(type): \(path.joined(separator: ".")) (\(lack.rawValue))" }
}
