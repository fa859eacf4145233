/// How often and how long to wait before a read-only call is sent again.
///
/// Exponential with jitter, so that many callers do not come back at one moment; what the server asks for goes first.
public struct RetryPolicy: Sendable {
    /// Tries of a call that is throttled or told to come back (429, 503).
    public var throttledTries = 20
    /// Tries of a call that fails otherwise (408, 500, 502, 504, no answer).
    public var failedTries = 6
    /// The first pause, doubled each time, in milliseconds.
    public var firstPause: Int64 = 250
    /// The longest pause of ours, in milliseconds.
    public var longestPause: Int64 = 30_000
    /// The longest pause that a server may ask for, in milliseconds; a longer one ends the call.
    public var longestAsked: Int64 = 300_000
    /// All pauses of one call together, in milliseconds.
    public var allPauses: Int64 = 900_000

    /// The policy for a person who waits.
    public init() {}

    /// The pause before the next try; nil when it is time to give up.
    ///
    /// - Parameters:
    ///   - status: of the answer; nil when none came.
    ///   - tries: how many were made.
    ///   - waited: all pauses so far, in milliseconds.
    ///   - asked: what the server asked for, in milliseconds.
    ///   - random: in 0..<1.
    public func pause(status: Int?, tries: Int, waited: Int64, asked: Int64?, random: Double) -> Int64? {
        switch status {
        case 429, 503: guard tries < throttledTries else { return nil }
        case nil, 408, 500, 502, 504: guard tries < failedTries else { return nil }
        default: return nil
        }
        if let asked, asked > longestAsked { return nil }
        let doubled = firstPause << Int64(min(tries - 1, 20))
        let own = Int64(Double(min(doubled, longestPause)) * (0.5 + random / 2))
        // A little more than asked, or all who were sent away at one moment come back at one moment.
        let pause = asked.map { $0 + Int64(random * Double(min(firstPause, max($0, 1)))) } ?? own
        return waited + pause > allPauses ? nil : pause
    }

    /// What an answer asks for, in milliseconds: `Retry-After` as seconds or as a date, or Microsoft's header in
    /// milliseconds.
    public static func asked(by response: HTTPResponse, now: Int64) -> Int64? {
        for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
            if let text = response.header(name), let value = Int64(text.filter { $0 != " " }), value >= 0 {
                return value
            }
        }
        guard let text = response.header("retry-after") else { return nil }
        if let seconds = Int64(text.filter { $0 != " " }), seconds >= 0 { return min(seconds, 1_000_000) * 1000 }
        return HTTPDate.seconds(text).map { max(0, $0 - now) * 1000 }
    }
}

/// Dates of HTTP headers: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, IMF-fixdate).
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970; nil for anything else than the fixed form.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split { $0 == " " || $0 == "," || $0 == ":" }.map(String.init)
        guard parts.count == 8, parts[7] == "GMT", let day = Int64(parts[1]), let year = Int64(parts[3]),
            let month = months.firstIndex(of: parts[2]), let hour = Int64(parts[4]), let minute = Int64(parts[5]),
            let second = Int64(parts[6]), (1...31).contains(day), (1970...9999).contains(year),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return days(year: year, month: Int64(month) + 1, day: day) * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// Days since 1970 of a date of the Gregorian calendar, with years that begin in March.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
