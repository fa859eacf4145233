import AssayClouds
import AssayCore
import AssayFormats
import Glibc

/// What a live collection read so far, on disk: resources in the order they came, and which units are whole.
///
/// A unit counts once its line in `units.jsonl` is written; whatever a killed process left behind it is read again.
/// Memory is about 200 bytes a resource, for the order of the snapshot.
actor CollectionSpool: CollectionSink {
    /// A place in the file of resources.
    struct Part: Hashable {
        let offset: Int
        let length: Int
        let count: Int
    }

    private let folder: String
    private let file: Int32
    private let units: Int32
    private let calls: Int32
    private var end: Int
    private var open: [String: [Part]] = [:]
    private var done: [String: (unit: CollectionUnit, parts: [Part])] = [:]
    private var index: [SpoolReading.Entry] = []
    private var failure: FileError?
    /// Units that an interrupted run read whole.
    let resumed: Int
    /// The collection before this one.
    private let previous: EarlierSpool?

    /// Where the finished collection before this one is kept.
    private static func earlier(_ folder: String) -> String { folder + ".last" }

    private static func path(_ folder: String, _ name: String) -> String { "\(folder)/\(name).jsonl" }

    /// Opens a folder, and takes over what an interrupted run left when its purpose is the same.
    ///
    /// - Parameters:
    ///   - purpose: one line that says what is collected; another one starts anew.
    ///   - started: when this run began, RFC 3339.
    init(folder: String, purpose: String, started: String) throws(FileError) {
        try FileText.makeFolder(folder)
        guard unsafe chmod(folder, 0o700) == 0 else { throw FileError(path: folder, errno: errno) }
        previous = EarlierSpool(folder: Self.earlier(folder), purpose: purpose)
        let purposePath = folder + "/purpose"
        let isSame = (try? FileText.read(purposePath)) == Array(purpose.utf8)
        if !isSame {
            for name in ["resources", "units", "calls"] { unsafe unlink(Self.path(folder, name)) }
            try FileText.write(Array(purpose.utf8), to: purposePath, isPrivate: true)
            try FileText.write(Array(started.utf8), to: folder + "/started", isPrivate: true)
        }
        func open(_ name: String) throws(FileError) -> Int32 {
            let path = Self.path(folder, name)
            let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
            return descriptor
        }
        self.folder = folder
        file = try open("resources")
        units = try open("units")
        calls = try open("calls")
        end = Int(lseek(file, 0, SEEK_END))
        lseek(calls, 0, SEEK_END)
        let kept = try Self.readUnits(folder, size: end)
        lseek(units, off_t(kept.length), SEEK_SET)
        ftruncate(units, off_t(kept.length))
        for (unit, parts) in kept.units { done[unit.key] = (unit, parts) }
        resumed = kept.units.count
    }

    deinit {
        close(file)
        close(units)
        close(calls)
    }

    /// The whole lines of `units.jsonl`; the first that is torn or names bytes that are not there ends the reading.
    static func readUnits(
        _ folder: String, size: Int
    ) throws(FileError) -> (units: [(CollectionUnit, [Part])], length: Int) {
        let bytes = try FileText.read(path(folder, "units"), limit: 4 << 30)
        let slice = try FileSlice(path(folder, "resources"))
        func byte(at offset: Int) -> UInt8? { (try? slice.bytes(at: offset, count: 1))?.first }
        var found: [(CollectionUnit, [Part])] = []
        var start = 0
        while let stop = bytes[start...].firstIndex(of: 0x0A) {
            guard let root = try? JSONReader.read(Array(bytes[start..<stop])).root, let key = root["key"]?.string,
                let count = root["count"]?.int, let call = root["call"]?.string, let at = root["at"]?.string
            else { break }
            var parts: [Part] = []
            for part in root["parts"]?.elements ?? Document.empty.root.elements {
                let numbers = part.elements.compactMap { $0.int.map { Int($0) } }
                guard numbers.count == 3, numbers[0] >= 0, numbers[1] > 0, numbers[0] <= size,
                    numbers[1] <= size - numbers[0],
                    // A machine that lost its power leaves the length without the bytes.
                    byte(at: numbers[0]) == 0x7B, byte(at: numbers[0] + numbers[1] - 1) == 0x0A
                else { break }
                parts.append(Part(offset: numbers[0], length: numbers[1], count: numbers[2]))
            }
            guard parts.reduce(0, { $0 + $1.count }) == Int(root["kept"]?.int ?? -1) else { break }
            let unit = CollectionUnit(
                key: key, count: Int(count), pages: root["pages"]?.int.map { Int($0) }, call: call, at: at)
            found.append((unit, parts))
            start = stop + 1
        }
        return (found, start)
    }

    // MARK: CollectionSink

    func finished(_ unit: String) -> CollectionUnit? { done[unit]?.unit }

    func resources(of unit: CollectionUnit, _ take: @Sendable ([Resource]) async throws -> Void) async throws {
        for part in done[unit.key]?.parts ?? [] {
            let resources = try read(part)
            try await take(resources)
        }
    }

    private func read(_ part: Part) throws -> [Resource] {
        let bytes = try FileSlice(Self.path(folder, "resources")).bytes(at: part.offset, count: part.length)
        var offset = part.offset
        var resources: [Resource] = []
        for line in bytes.split(separator: 0x0A) {
            guard case .resource(let resource) = try SnapshotLine(json: try JSONReader.read(Array(line)).root) else {
                continue
            }
            index.append(SpoolReading.Entry(type: resource.type, id: resource.id, offset: offset, length: line.count))
            offset += line.count + 1
            resources.append(resource)
        }
        return resources
    }

    func append(_ resources: [Resource], unit: String) throws {
        guard !resources.isEmpty else { return }
        var bytes: [UInt8] = []
        for resource in resources {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("resource")
            resource.write(to: &writer)
            writer.endObject()
            index.append(
                SpoolReading.Entry(
                    type: resource.type, id: resource.id, offset: end + bytes.count, length: writer.bytes.count))
            bytes += writer.bytes
            bytes.append(0x0A)
        }
        lseek(file, off_t(end), SEEK_SET)
        try FileText.append(bytes, to: file, path: Self.path(folder, "resources"))
        open[unit, default: []].append(Part(offset: end, length: bytes.count, count: resources.count))
        end += bytes.count
    }

    func finish(_ unit: CollectionUnit) throws {
        let parts = open.removeValue(forKey: unit.key) ?? []
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("key", unit.key)
        writer.member("count", unit.count)
        writer.member("pages", unit.pages)
        writer.member("call", unit.call)
        writer.member("at", unit.at)
        writer.member("kept", parts.reduce(0) { $0 + $1.count })
        writer.key("parts")
        writer.beginArray()
        for part in parts {
            writer.beginArray()
            for number in [part.offset, part.length, part.count] { writer.int(number) }
            writer.endArray()
        }
        writer.endArray()
        writer.endObject()
        try FileText.append(writer.bytes + [0x0A], to: units, path: Self.path(folder, "units"))
        done[unit.key] = (unit, parts)
    }

    func add(_ call: CallRecord) {
        var writer = JSONWriter()
        call.write(to: &writer)
        let line = writer.bytes + [0x0A]
        do {
            try FileText.append(line, to: calls, path: Self.path(folder, "calls"))
        } catch {
            failure = failure ?? error
        }
    }

    // MARK: What was read

    /// The records of all requests, those of an interrupted run before this one included.
    ///
    /// - Throws: the first error of writing a record, so that no run claims records that are not there.
    func callRecords() throws(FileError) -> String {
        if let failure { throw failure }
        return Self.path(folder, "calls")
    }

    /// Everything that was read, to be handed over in order.
    func reading() -> SpoolReading {
        SpoolReading(path: Self.path(folder, "resources"), index: index)
    }

    // MARK: The collection before

    func earlierStart() -> String? { previous?.started }

    func earlier(_ unit: String) throws -> EarlierUnit? { try previous?.unit(unit) }

    func isUnchanged(_ resource: Resource) throws -> Bool { try previous?.holds(resource) ?? false }

    // MARK: The end

    /// Removes the folder and its content.
    func remove() { Self.remove(folder) }

    /// Keeps what was read for the next collection to build on, in place of what was kept before.
    func keep() throws(FileError) {
        let last = Self.earlier(folder)
        Self.remove(last)
        guard unsafe rename(folder, last) == 0 else { throw FileError(path: last, errno: errno) }
    }

    private static func remove(_ folder: String) {
        for name in ["resources", "units", "calls"] { unsafe unlink(path(folder, name)) }
        for name in ["purpose", "started"] { unsafe unlink(folder + "/" + name) }
        unsafe rmdir(folder)
    }
}
