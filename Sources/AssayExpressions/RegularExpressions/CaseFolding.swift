/// Which scalars count as equal when case does not matter: simple case folding, never one scalar for several.
enum CaseFolding {
    /// The set with every scalar that counts as equal to one of its own.
    static func closure(of set: ScalarSet) -> ScalarSet {
        var ranges = set.ranges
        for pair in pairs {
            let upper = (pair.first + pair.distance)...(pair.last + pair.distance)
            for part in set.intersection(with: pair.first...pair.last) {
                append(part, of: pair, below: pair.first, shiftedBy: Int64(pair.distance), to: &ranges)
            }
            for part in set.intersection(with: upper) {
                append(part, of: pair, below: upper.lowerBound, shiftedBy: -Int64(pair.distance), to: &ranges)
            }
        }
        for scalars in largerClasses where scalars.contains(where: set.contains) {
            ranges += scalars.map { scalar in scalar...scalar }
        }
        return ScalarSet(ranges)
    }

    private static func append(
        _ part: ClosedRange<UInt32>, of pair: (first: UInt32, last: UInt32, stride: UInt32, distance: UInt32),
        below start: UInt32, shiftedBy distance: Int64, to ranges: inout [ClosedRange<UInt32>]
    ) {
        func shifted(_ scalar: UInt32) -> UInt32 { UInt32(Int64(scalar) + distance) }
        guard pair.stride > 1 else {
            ranges.append(shifted(part.lowerBound)...shifted(part.upperBound))
            return
        }
        for scalar in part where (scalar - start) % pair.stride == 0 {
            ranges.append(shifted(scalar)...shifted(scalar))
        }
    }
}
