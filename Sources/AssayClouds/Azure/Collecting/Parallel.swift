/// Runs the body over all items, so many at a time, and gives the results in the items' order.
///
/// The first error ends what has not begun and is thrown when what has begun has ended.
func inParallel<Item: Sendable, Output: Sendable>(
    _ items: [Item], width: Int, _ body: @escaping @Sendable (Item) async throws -> Output
) async throws -> [Output] {
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
        var results: [Output?] = Array(repeating: nil, count: items.count)
        var next = 0
        func start() {
            let index = next
            let item = items[index]
            group.addTask { (index, try await body(item)) }
            next += 1
        }
        while next < min(max(1, width), items.count) { start() }
        while let (index, output) = try await group.next() {
            results[index] = output
            if next < items.count { start() }
        }
        return results.compactMap(\.self)
    }
}

extension Array {
    /// The results of all elements, one after the other.
    func asyncFlatMap<Output>(_ body: (Element) async throws -> [Output]) async rethrows -> [Output] {
        var results: [Output] = []
        for element in self { results += try await body(element) }
        return results
    }
}
