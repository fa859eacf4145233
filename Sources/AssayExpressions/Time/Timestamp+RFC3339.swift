extension Timestamp: CustomStringConvertible {
    /// Reads an RFC 3339 §5.6 `date-time`, such as `2009-02-13T23:31:30.5+01:00`.
    ///
    /// Every field has its full width and a valid value, `T` and `Z` may be lower case (§5.6, note), the offset is
    /// required. Digits of the fraction after the ninth are dropped. A leap second (`:60`) has no place on this scale
    /// and is an error.
    ///
    /// - Throws: ``TimeError/invalidTimestamp(text:reason:)``, or ``TimeError/outOfRange(what:)`` for years before 1
    ///   and after 9999 in UTC.
    public init(rfc3339 text: String) throws(TimeError) {
        var reader = TimeTextReader(text)
        do throws(TimeTextReader.Failure) {
            let year = try reader.year()
            try reader.expect("-")
            let month = try reader.number(in: 1...12, "the month")
            try reader.expect("-")
            let day = try reader.number(in: 1...31, "the day")
            guard day <= CivilCalendar.length(ofMonth: month, year: Int64(year)) else {
                throw .malformed("the month has no such day")
            }
            try reader.expect("T", or: "t")
            let hour = try reader.number(in: 0...23, "the hour")
            try reader.expect(":")
            let minute = try reader.number(in: 0...59, "the minute")
            try reader.expect(":")
            let second = try reader.number(in: 0...60, "the second")
            guard second < 60 else { throw .malformed("a leap second cannot be represented") }
            let nanoseconds = try reader.fraction()
            let offset = try reader.offset()
            guard reader.isAtEnd else { throw .malformed("text after the offset") }
            let days = CivilCalendar.dayNumber(year: Int64(year), month: month, day: day)
            let timeOfDay = Int64(hour * 3_600 + minute * 60 + second - offset)
            self = try Timestamp.checked(
                seconds: days * CivilCalendar.secondsPerDay + timeOfDay, nanoseconds: nanoseconds)
        } catch {
            switch error {
            case .malformed(let reason): throw .invalidTimestamp(text: text, reason: reason)
            case .outOfRange: throw .outOfRange(what: "the time stamp")
            }
        }
    }

    private static func checked(seconds: Int64, nanoseconds: Int32) throws(TimeTextReader.Failure) -> Timestamp {
        do throws(TimeError) {
            return try Timestamp(seconds: seconds, nanoseconds: nanoseconds)
        } catch {
            throw .outOfRange
        }
    }

    /// The moment in UTC as RFC 3339, the fraction as long as it needs to be: `2009-02-13T23:31:30.5Z`.
    public var rfc3339: String {
        let civil = civil()
        var text = civil.dateText
        text += "T\(civil.hour.padded(to: 2)):\(civil.minute.padded(to: 2)):\(civil.second.padded(to: 2))"
        text += nanoseconds.fractionText
        return text + "Z"
    }

    /// The same as ``rfc3339``.
    public var description: String { rfc3339 }
}

/// Reads the fixed-width fields of an RFC 3339 time stamp from its bytes.
private struct TimeTextReader {
    enum Failure: Error {
        case malformed(String)
        case outOfRange
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    private mutating func digits(atMost limit: Int) -> (value: Int, count: Int) {
        var value = 0
        let start = position
        while position < bytes.count, position - start < limit, let digit = bytes[position].decimalDigit {
            value = value * 10 + digit
            position += 1
        }
        return (value, position - start)
    }

    mutating func year() throws(Failure) -> Int {
        let (value, count) = digits(atMost: 5)
        // A year of five digits is well meant but beyond what a time stamp can say.
        if count == 5 { throw .outOfRange }
        guard count == 4 else { throw .malformed("the year needs four digits") }
        guard value > 0 else { throw .outOfRange }
        return value
    }

    mutating func number(in range: ClosedRange<Int>, _ what: String) throws(Failure) -> Int {
        let (value, count) = digits(atMost: 2)
        guard count == 2 else { throw .malformed("\(what) needs two digits") }
        guard range.contains(value) else { throw .malformed("\(what) is not valid") }
        return value
    }

    mutating func expect(_ character: Unicode.Scalar, or other: Unicode.Scalar? = nil) throws(Failure) {
        guard position < bytes.count else { throw .malformed("it ends early") }
        let byte = Unicode.Scalar(bytes[position])
        guard byte == character || byte == other else {
            throw .malformed("`\(character)` is missing")
        }
        position += 1
    }

    mutating func fraction() throws(Failure) -> Int32 {
        guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return 0 }
        position += 1
        let (kept, count) = digits(atMost: 9)
        guard count > 0 else { throw .malformed("the fraction needs a digit") }
        var value = kept
        for _ in count..<9 { value *= 10 }
        while position < bytes.count, bytes[position].decimalDigit != nil { position += 1 }
        return Int32(value)
    }

    mutating func offset() throws(Failure) -> Int {
        guard position < bytes.count else { throw .malformed("the offset is missing") }
        let sign = bytes[position]
        position += 1
        switch sign {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            return 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let hours = try number(in: 0...23, "the hour of the offset")
            try expect(":")
            let minutes = try number(in: 0...59, "the minute of the offset")
            let total = hours * 3_600 + minutes * 60
            return sign == UInt8(ascii: "-") ? -total : total
        default:
            throw .malformed("the offset is missing")
        }
    }
}
