import AssayCore

/// The value that a parameter has before anything is deployed.
///
/// A default is the declared intention and counts as the value; so does what the caller gives. Parameters that read
/// the Systems Manager store, and those without a default, are only known when deployed. A `NoEcho` default stays
/// what it is: text that stands in the file is no secret any more, and finding it is the point.
enum CloudFormationParameter {
    enum Outcome {
        case value(Tree)
        case malformed(String)
    }

    /// - Parameters:
    ///   - declaration: the parameter's object.
    ///   - given: a value that replaces the default.
    static func value(of declaration: Tree, given: Tree?) -> Outcome {
        guard declaration.members != nil else { return .malformed("is not an object") }
        // Left out, a type is an error of the template, but only a string can be meant.
        let type = declaration["Type"] ?? .string("String")
        guard let type = type.stringValue else { return .malformed("has a `Type` that is not a string") }
        if type.hasPrefix("AWS::SSM::Parameter::Value<") { return .value(.unknown(.knownAfterDeployment)) }
        guard let raw = given ?? declaration["Default"] else { return .value(.unknown(.knownAfterDeployment)) }
        if raw.isUnknown { return .value(raw) }
        if type == "CommaDelimitedList" || type.hasPrefix("List<") {
            return list(raw, ofNumbers: type == "List<Number>")
        }
        guard let text = raw.scalarText else { return .malformed("has a value that is not a scalar") }
        guard type == "Number" else { return .value(Tree(.string(text), at: raw.position)) }
        guard let number = number(text, at: raw.position) else { return .malformed("has a value that is not a number") }
        return .value(number)
    }

    private static func list(_ raw: Tree, ofNumbers isNumeric: Bool) -> Outcome {
        var texts: [(String, SourcePosition?)] = []
        if let elements = raw.elements {
            for element in elements {
                guard let text = element.scalarText else { return .malformed("has an element that is not a scalar") }
                texts.append((text, element.position))
            }
        } else if let text = raw.scalarText {
            texts = text.split(separator: ",", omittingEmptySubsequences: false).map { (trimmed($0), raw.position) }
        } else {
            return .malformed("has a value that is neither a list nor comma-separated text")
        }
        var elements: [Tree] = []
        for (text, position) in texts {
            if isNumeric {
                guard let number = number(text, at: position) else {
                    return .malformed("has an element that is not a number")
                }
                elements.append(number)
            } else {
                elements.append(Tree(.string(text), at: position))
            }
        }
        return .value(Tree(.array(elements), at: raw.position))
    }

    /// A number as JSON writes it; text that is a number but not to JSON (`007`) stays text.
    private static func number(_ text: String, at position: SourcePosition?) -> Tree? {
        if let document = try? JSONReader.read(Array(text.utf8)), document.root.kind == .number {
            return Tree(.number(document.root.numberText), at: position)
        }
        return Double(text) == nil ? nil : Tree(.string(text), at: position)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
        while let last = text.last, last == " " || last == "\t" || last == "\n" { text.removeLast() }
        return String(text)
    }
}
