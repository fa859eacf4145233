import AssayCore
import AssayFormats
import AssayProgram

/// Full and delta scans of a `DeltaWorld`, on real files.
struct DeltaScan {
    let folder: ScratchFolder
    let hasher: LineHasher

    struct Kept {
        var index: SnapshotIndex
        var vector: VerdictVector
    }

    struct Outcome {
        var kept: Kept
        var transitions: [VerdictTransition]
        var former: FormerLines
        var judgedPairs: Int
    }

    private func ordinals(_ world: DeltaWorld) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: world.types.enumerated().map { ($1.name, $0) })
    }

    func index(_ world: DeltaWorld, _ name: String) throws -> SnapshotIndex {
        let ordinals = ordinals(world)
        var writer = try SnapshotIndexWriter(path: folder.file(name), order: world.order().digest, hasher: hasher)
        var offset = 0
        for line in world.lines {
            let bytes = line.bytes
            try writer.append(
                SnapshotIndexRecord(
                    offset: offset, length: bytes.count, type: ordinals[line.type] ?? -1, hash: hasher.hash(bytes)))
            offset += bytes.count + 1
        }
        try writer.finish(snapshot: world.snapshotDigest, isSynced: false)
        return try SnapshotIndex(path: folder.file(name), hasher: hasher)
    }

    func full(_ world: DeltaWorld, _ name: String) throws -> Kept {
        let types = world.types
        let ordinals = ordinals(world)
        let estate = world.estate
        let path = folder.file(name + ".verdicts")
        var writer = try VerdictVectorWriter(
            path: path, order: world.order(), environment: world.environmentDigest)
        for line in world.lines {
            let type = ordinals[line.type] ?? -1
            let codes = type < 0 ? [] : types[type].pairs.map { world.code($0, line, estate: estate) }
            try writer.append(type: type, codes: codes.span)
        }
        try writer.finish(resources: world.snapshotDigest, isSynced: false)
        return Kept(index: try index(world, name + ".index"), vector: try VerdictVector(path: path))
    }

    func delta(
        from previous: Kept, _ before: DeltaWorld, to world: DeltaWorld, _ name: String, tableAfter: Int?
    ) throws -> Outcome {
        let types = world.types
        let ordinals = ordinals(world)
        let estate = world.estate
        let new = try index(world, name + ".index")
        let plan = try DeltaPlan(
            previous: previous.vector, index: previous.index, types: types, environment: world.environmentDigest)
        let match = try LineMatcher.match(previous: previous.index, new: new, tableAfter: tableAfter)
        let former = FormerLines(
            match, hasher: hasher,
            previousID: { before.lines[$0].id < 0 ? nil : Array("\(before.lines[$0].id)".utf8) },
            newID: { world.lines[$0].id < 0 ? nil : Array("\(world.lines[$0].id)".utf8) })
        let path = folder.file(name + ".verdicts")
        let writer = try VerdictVectorWriter(path: path, order: plan.order, environment: world.environmentDigest)
        var transitions: [VerdictTransition] = []
        var judged = 0
        var merge = DeltaMerge(
            plan, previous: previous.vector, formerLines: former, writer: writer
        ) { transitions.append($0) }
        for run in match.runs {
            for offset in 0..<run.count {
                let line = world.lines[run.line + offset]
                let type = ordinals[line.type] ?? -1
                let decision = plan.decision(type: type, previous: run.previous < 0 ? nil : run.previous + offset)
                var codes: [UInt8] = []
                if type >= 0 {
                    switch decision {
                    case .keep: break
                    case .partly:
                        // A pair that is carried over is not judged at all: 0 would be refused if it were read.
                        for (place, pair) in types[type].pairs.enumerated() {
                            let isJudged = plan.mappings[type].mustEvaluate(place)
                            judged += isJudged ? 1 : 0
                            codes.append(isJudged ? world.code(pair, line, estate: estate) : 0)
                        }
                    case .evaluate:
                        codes = types[type].pairs.map { world.code($0, line, estate: estate) }
                        judged += codes.count
                    }
                }
                try merge.append(type: type, decision: decision, codes: codes.span)
            }
        }
        try merge.finish(resources: world.snapshotDigest, isSynced: false)
        return Outcome(
            kept: Kept(index: new, vector: try VerdictVector(path: path)), transitions: transitions, former: former,
            judgedPairs: judged)
    }
}
