/// The arguments of a subcommand: files in their order, numbers by name.
struct Options {
    /// What is wrong with the arguments.
    struct Misuse: Error, CustomStringConvertible {
        let description: String
    }

    private let files: [String]
    private var numbers: [String: Int] = [:]

    /// - Parameter usage: words before the first option are files, those in brackets may be left out; `--name N` is a
    ///   number.
    init(_ arguments: [String], usage: String) throws {
        let words = usage.split(separator: " ").map { String($0.filter { $0 != "[" && $0 != "]" }) }
        let names = words.filter { $0.hasPrefix("--") }
        var files: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                files.append(argument)
                continue
            }
            guard names.contains(argument) else { throw Misuse(description: "`\(argument)` is no option") }
            guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else {
                throw Misuse(description: "`\(argument)` needs a number above zero")
            }
            numbers[argument] = number
        }
        let most = words.prefix { !$0.hasPrefix("--") }.count
        let least = most - usage.split(separator: " ").count { $0.hasPrefix("[") && !$0.hasPrefix("[--") }
        guard files.count >= least, files.count <= most else {
            throw Misuse(description: "\(files.count) files are given, \(least) are needed")
        }
        self.files = files
    }

    subscript(file index: Int) -> String { files[index] }

    /// A file that may be left out.
    func file(_ index: Int) -> String? { files.indices.contains(index) ? files[index] : nil }

    var rounds: Int { numbers["--rounds"] ?? 7 }
    var threads: Int? { numbers["--threads"] }
    var rows: Int? { numbers["--rows"] }
}
