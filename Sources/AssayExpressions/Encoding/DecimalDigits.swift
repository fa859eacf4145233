/// A finite number in decimal: a sign, and the digits 0.d₁d₂d₃… times 10 to the power of `pointPosition`.
struct DecimalDigits {
    private var isNegative: Bool
    /// Digit values 0…9; empty for zero, otherwise the first one is not 0.
    private var digits: [UInt8]
    private var pointPosition: Int

    /// The power of ten that the first digit stands for; 0 for zero.
    var exponent: Int { digits.isEmpty ? 0 : pointPosition - 1 }

    /// The fewest digits that read back as the same number, the closest to it among these.
    init(shortest value: Double) {
        isNegative = value.sign == .minus
        digits = []
        pointPosition = 0
        var hasPoint = false
        var rest = value.magnitude.description.utf8[...]
        while let byte = rest.first, byte != UInt8(ascii: "e") {
            rest.removeFirst()
            guard let digit = byte.decimalDigit else {
                hasPoint = true
                continue
            }
            digits.append(UInt8(digit))
            if !hasPoint { pointPosition += 1 }
        }
        pointPosition += Int(String(decoding: rest.dropFirst(), as: UTF8.self)) ?? 0
        normalize()
    }

    /// All digits of the number, up to some 770.
    init(exact value: Double) {
        isNegative = value.sign == .minus
        let isSubnormal = value.exponentBitPattern == 0
        let significand = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
        let exponent = max(1, Int(value.exponentBitPattern)) - 1_075
        // m × 2^-k = m × 5^k ÷ 10^k, so an integer times a power of ten in both cases.
        digits = DecimalDigits.product(significand, base: exponent < 0 ? 5 : 2, power: abs(exponent))
        pointPosition = digits.count + min(0, exponent)
        normalize()
    }

    /// The digits of `factor × base^power`.
    private static func product(_ factor: UInt64, base: UInt64, power: Int) -> [UInt8] {
        let limbBase: UInt64 = 1_000_000_000
        var limbs = [factor % limbBase, factor / limbBase % limbBase]
        var rest = power
        while rest > 0 {
            // 5^9 and 2^9 keep a limb's product and the carry below 2^64.
            let step = min(rest, 9)
            let multiplier = (0..<step).reduce(UInt64(1)) { product, _ in product * base }
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = limbs[index] * multiplier + carry
                limbs[index] = product % limbBase
                carry = product / limbBase
            }
            if carry > 0 { limbs.append(carry) }
            rest -= step
        }
        return limbs.reversed().flatMap { limb in
            limb.padded(to: 9).utf8.map { byte in byte - UInt8(ascii: "0") }
        }
    }

    private mutating func normalize() {
        let zeros = digits.prefix { digit in digit == 0 }.count
        digits.removeFirst(zeros)
        pointPosition -= zeros
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { pointPosition = 0 }
    }

    /// Drops the digits after so many decimals (a negative number drops digits before the point), halves to even.
    mutating func round(toDecimals decimals: Int) {
        let kept = pointPosition + decimals
        guard kept < digits.count, !digits.isEmpty else { return }
        guard kept >= 0 else {
            digits = []
            pointPosition = 0
            return
        }
        let isOdd = kept > 0 && digits[kept - 1] % 2 == 1
        let isAboveHalf = digits[kept] > 5 || digits[kept] == 5 && kept + 1 < digits.count
        let roundsUp = isAboveHalf || digits[kept] == 5 && isOdd
        digits.removeSubrange(kept...)
        if roundsUp {
            var index = kept - 1
            while index >= 0, digits[index] == 9 {
                digits[index] = 0
                index -= 1
            }
            if index >= 0 {
                digits[index] += 1
            } else {
                digits.insert(1, at: 0)
                pointPosition += 1
            }
        }
        normalize()
    }

    var plainText: String { plainText(decimals: max(0, digits.count - pointPosition)) }

    func plainText(decimals: Int) -> String {
        var output = sign
        let whole = max(0, pointPosition)
        if whole == 0 { output.append(UInt8(ascii: "0")) }
        for position in 0..<whole { output.append(character(at: position)) }
        if decimals > 0 {
            output.append(UInt8(ascii: "."))
            for decimal in 0..<decimals { output.append(character(at: pointPosition + decimal)) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    var scientificText: String { scientificText(decimals: max(0, digits.count - 1)) }

    func scientificText(decimals: Int) -> String {
        var output = sign
        output.append(character(at: 0))
        if decimals > 0 {
            output.append(UInt8(ascii: "."))
            for decimal in 1...decimals { output.append(character(at: decimal)) }
        }
        let text = String(decoding: output, as: UTF8.self)
        return "\(text)e\(exponent < 0 ? "-" : "+")\(exponent.magnitude.padded(to: 2))"
    }

    private var sign: [UInt8] { isNegative ? [UInt8(ascii: "-")] : [] }

    private func character(at position: Int) -> UInt8 {
        UInt8(ascii: "0") + (digits.indices.contains(position) ? digits[position] : 0)
    }
}
