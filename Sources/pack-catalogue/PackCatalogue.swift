import AssayCore
import AssayFormats

/// Writes the catalogue as one Swift literal: `path⇥compact JSON⏎` a file, rule cases left out.
@main struct PackCatalogue {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            throw PackError(message: "usage: pack-catalogue CATALOGUE-FOLDER OUTPUT.swift")
        }
        var literal = Array("let packed: StaticString = \"".utf8)
        for path in try FileText.paths(below: arguments[1], suffix: ".yaml") {
            let tree: Tree
            do {
                tree = try YAMLReader.read(FileText.read(arguments[1] + "/" + path))
            } catch let error as DocumentError {
                throw PackError(message: "\(path):\(error)")
            }
            var document = tree
            document["cases"] = nil
            var writer = JSONWriter()
            writer.value(document)
            append(Array(path.utf8) + [0x09] + writer.bytes + [0x0A], to: &literal)
        }
        literal += "\"\n".utf8
        try FileText.write(literal, to: arguments[2])
    }

    private static func append(_ bytes: [UInt8], to literal: inout [UInt8]) {
        for byte in bytes {
            switch byte {
            case 0x0A: literal += "\\n".utf8
            case 0x09: literal += "\\t".utf8
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): literal += [UInt8(ascii: "\\"), byte]
            case 0..<0x20, 0x7F: literal += "\\u{\(String(byte, radix: 16))}".utf8
            default: literal.append(byte)
            }
        }
    }
}

struct PackError: Error, CustomStringConvertible {
    let message: String
    var description: String { message }
}
