/// `timestamp`, `duration` and their getters; a getter's zone is an IANA name or an offset such as `+01:30`.
enum TimeFunctions {
    private static let zones = ZoneDatabase.system()

    static let all: [FunctionDeclaration] = [
        FunctionDeclaration(
            "timestamp",
            [
                .function(.timestamp, gives: .timestamp), .function(.string, gives: .timestamp),
                .function(.int, gives: .timestamp),
            ]
        ) { arguments in
            switch arguments[0] {
            case .timestamp: arguments[0]
            case .string(let text): timed { () throws(TimeError) in .timestamp(try Timestamp(rfc3339: text)) }
            case .int(let seconds): timed { () throws(TimeError) in .timestamp(try Timestamp(seconds: seconds)) }
            default: FunctionLibrary.noSuchOverload("timestamp", arguments)
            }
        },
        FunctionDeclaration(
            "duration", [.function(.duration, gives: .duration), .function(.string, gives: .duration)]
        ) { arguments in
            switch arguments[0] {
            case .duration: arguments[0]
            case .string(let text): timed { () throws(TimeError) in .duration(try SignedDuration(text)) }
            default: FunctionLibrary.noSuchOverload("duration", arguments)
            }
        },
        getter("getFullYear") { Int64($0.year) },
        getter("getMonth") { Int64($0.monthIndex) },
        getter("getDayOfYear") { Int64($0.dayOfYear) },
        getter("getDayOfMonth") { Int64($0.dayIndex) },
        getter("getDate") { Int64($0.day) },
        getter("getDayOfWeek") { Int64($0.dayOfWeek) },
        getter("getHours", duration: \.wholeHours) { Int64($0.hour) },
        getter("getMinutes", duration: \.wholeMinutes) { Int64($0.minute) },
        getter("getSeconds", duration: \.wholeSeconds) { Int64($0.second) },
        getter("getMilliseconds", duration: \.millisecondsPart) { Int64($0.millisecond) },
    ]

    private static func timed(_ body: () throws(TimeError) -> Value) -> Value {
        do {
            return try body()
        } catch {
            return .failure(.invalidArgument, error.message)
        }
    }

    private static func getter(
        _ name: String, duration: (@Sendable (SignedDuration) -> Int64)? = nil,
        _ part: @escaping @Sendable (CivilTime) -> Int64
    ) -> FunctionDeclaration {
        var overloads: [FunctionOverload] = [
            .method(.timestamp, gives: .int), .method(.timestamp, .string, gives: .int),
        ]
        if duration != nil { overloads.append(.method(.duration, gives: .int)) }
        return FunctionDeclaration(name, overloads) { arguments in
            switch (arguments[0], arguments.dropFirst().first) {
            case (.timestamp(let time), nil): .int(part(time.civil()))
            case (.timestamp(let time), .string(let zone)?):
                timed { () throws(TimeError) in .int(part(time.civil(in: try zones.zone(zone)))) }
            case (.duration(let span), nil):
                duration.map { .int($0(span)) } ?? FunctionLibrary.noSuchOverload(name, arguments)
            default: FunctionLibrary.noSuchOverload(name, arguments)
            }
        }
    }
}
