import AssayClouds
import AssayCore
import AssayFormats

/// What the finished collection before this one read, for what need not be asked again.
///
/// Memory is about 200 bytes a resource.
struct EarlierSpool {
    /// When it began, RFC 3339.
    let started: String
    private let slice: FileSlice
    private var units: [String: (unit: CollectionUnit, parts: [CollectionSpool.Part])] = [:]
    /// Where each resource stands, by type and id.
    private var places: [String: (offset: Int, length: Int)] = [:]

    /// Opens a kept collection; nil when there is none for this purpose, or it cannot be read whole: then everything is
    /// asked anew.
    init?(folder: String, purpose: String) {
        guard (try? FileText.read(folder + "/purpose")) == Array(purpose.utf8),
            let started = try? FileText.read(folder + "/started"),
            let slice = try? FileSlice(folder + "/resources.jsonl"),
            let kept = try? CollectionSpool.readUnits(folder, size: slice.size)
        else { return nil }
        self.started = String(decoding: started, as: UTF8.self)
        self.slice = slice
        for (unit, parts) in kept.units {
            units[unit.key] = (unit, parts)
            for part in parts {
                guard let bytes = try? slice.bytes(at: part.offset, count: part.length) else { return nil }
                var offset = part.offset
                for line in bytes.split(separator: 0x0A) {
                    guard let resource = Self.resource(Array(line)) else { return nil }
                    places["\(resource.type)|\(resource.id)"] = (offset, line.count)
                    offset += line.count + 1
                }
            }
        }
    }

    private static func resource(_ line: [UInt8]) -> Resource? {
        guard let document = try? JSONReader.read(line),
            case .resource(let resource)? = try? SnapshotLine(json: document.root)
        else { return nil }
        return resource
    }

    /// A unit with its resources.
    func unit(_ key: String) throws -> EarlierUnit? {
        guard let (unit, parts) = units[key] else { return nil }
        var resources: [Resource] = []
        for part in parts {
            for line in try slice.bytes(at: part.offset, count: part.length).split(separator: 0x0A) {
                guard let resource = Self.resource(Array(line)) else { return nil }
                resources.append(resource)
            }
        }
        return EarlierUnit(unit: unit, resources: resources)
    }

    /// True when it holds the same document of the resource; when and how it was read does not count.
    func holds(_ resource: Resource) throws -> Bool {
        guard let place = places["\(resource.type)|\(resource.id)"],
            let earlier = Self.resource(try slice.bytes(at: place.offset, count: place.length))
        else { return false }
        func sealed(_ node: DocumentNode) -> [UInt8] {
            var writer = JSONWriter()
            writer.value(node)
            return writer.bytes
        }
        return earlier.scope == resource.scope && sealed(earlier.body) == sealed(resource.body)
    }
}
