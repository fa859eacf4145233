/// The JSON Canonicalization Scheme (RFC 8785), for entries that this program authors.
///
/// Members are sorted by UTF-16 code units, numbers are written as ECMAScript does. Integers beyond ±2^53 do not
/// survive that and must be strings; `encode` refuses them instead of rounding.
public enum CanonicalJSON {
    /// Why a value has no canonical form.
    public enum Failure: Error, Sendable, Hashable {
        /// The number is not a finite double, or an integer beyond ±2^53.
        case number(String)
        /// The value is unknown; only known values are authored.
        case unknown(path: String)
    }

    /// The canonical bytes of a tree.
    public static func encode(_ tree: Tree) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        try append(tree, path: DocumentPath(), to: &bytes)
        return bytes
    }

    private static func append(_ tree: Tree, path: DocumentPath, to bytes: inout [UInt8]) throws(Failure) {
        switch tree.content {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .number(let text): bytes += try number(text).utf8
        case .string(let text): JSONWriter.append(text.utf8, to: &bytes)
        case .unknown: throw .unknown(path: path.description)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try append(element, path: path.appending(.index(index)), to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONWriter.append(member.key.utf8, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                try append(member.value, path: path.appending(.key(member.key)), to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// A number as ECMAScript's `Number.prototype.toString` writes it.
    static func number(_ text: String) throws(Failure) -> String {
        if let integer = Int64(text) {
            guard integer.magnitude <= 1 << 53 else { throw .number(text) }
            return String(integer)
        }
        guard let value = Double(text), value.isFinite else { throw .number(text) }
        if value == 0 { return "0" }
        // Swift's shortest digits, laid out by ECMA-262 Number::toString.
        let shortest = value.magnitude.description.lowercased()
        let parts = shortest.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var digits = String(mantissa[0])
        var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + digits.count
        if mantissa.count > 1, mantissa[1] != "0" || parts.count > 1 { digits += mantissa[1] }
        while digits.hasPrefix("0") {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.hasSuffix("0") { digits.removeLast() }
        let sign = value < 0 ? "-" : ""
        let count = digits.count
        if count <= exponent, exponent <= 21 { return sign + digits + String(repeating: "0", count: exponent - count) }
        if exponent > 0, exponent <= 21 { return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent) }
        if exponent > -6, exponent <= 0 { return sign + "0." + String(repeating: "0", count: -exponent) + digits }
        let power = exponent - 1
        let tail = (power < 0 ? "e-" : "e+") + String(power.magnitude)
        return sign + digits.prefix(1) + (count > 1 ? "." + digits.dropFirst() : "") + tail
    }
}
