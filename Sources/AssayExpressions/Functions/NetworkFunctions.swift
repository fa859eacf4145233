/// The network extension: IP addresses and CIDR ranges.
enum NetworkFunctions {
    static let all: [FunctionDeclaration] = [
        FunctionDeclaration("ip", [.function(.string, gives: .ip), .method(.cidr, gives: .ip)]) { arguments in
            switch arguments[0] {
            case .string(let text): parsed { () throws(NetworkError) in .ip(try IPAddress(text)) }
            case .cidr(let block): .ip(block.address)
            default: FunctionLibrary.noSuchOverload("ip", arguments)
            }
        },
        text("isIP", gives: .bool) { text in .bool((try? IPAddress(text)) != nil) },
        text("ip.isCanonical", gives: .bool) { text in
            parsed { () throws(NetworkError) in .bool(try IPAddress.isCanonical(text)) }
        },
        text("cidr", gives: .cidr) { text in parsed { () throws(NetworkError) in .cidr(try CIDRBlock(text)) } },
        text("isCIDR", gives: .bool) { text in .bool((try? CIDRBlock(text)) != nil) },
        address("family", gives: .int) { .int(Int64($0.family.rawValue)) },
        address("isUnspecified", gives: .bool) { .bool($0.isUnspecified) },
        address("isLoopback", gives: .bool) { .bool($0.isLoopback) },
        address("isGlobalUnicast", gives: .bool) { .bool($0.isGlobalUnicast) },
        address("isLinkLocalUnicast", gives: .bool) { .bool($0.isLinkLocalUnicast) },
        address("isLinkLocalMulticast", gives: .bool) { .bool($0.isLinkLocalMulticast) },
        block("prefixLength", gives: .int) { .int(Int64($0.prefixLength)) },
        block("masked", gives: .cidr) { .cidr($0.masked) },
        FunctionDeclaration(
            "containsIP", [.method(.cidr, .ip, gives: .bool), .method(.cidr, .string, gives: .bool)]
        ) { arguments in
            switch (arguments[0], arguments[1]) {
            case (.cidr(let block), .ip(let address)): .bool(block.contains(address))
            case (.cidr(let block), .string(let text)):
                parsed { () throws(NetworkError) in .bool(block.contains(try IPAddress(text))) }
            default: FunctionLibrary.noSuchOverload("containsIP", arguments)
            }
        },
        FunctionDeclaration(
            "containsCIDR", [.method(.cidr, .cidr, gives: .bool), .method(.cidr, .string, gives: .bool)]
        ) { arguments in
            switch (arguments[0], arguments[1]) {
            case (.cidr(let block), .cidr(let other)): .bool(block.contains(other))
            case (.cidr(let block), .string(let text)):
                parsed { () throws(NetworkError) in .bool(block.contains(try CIDRBlock(text))) }
            default: FunctionLibrary.noSuchOverload("containsCIDR", arguments)
            }
        },
    ]

    private static func parsed(_ body: () throws(NetworkError) -> Value) -> Value {
        do {
            return try body()
        } catch {
            return .failure(.invalidArgument, error.message)
        }
    }

    private static func text(
        _ name: String, gives result: CELType, _ body: @escaping @Sendable (String) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, [.function(.string, gives: result)]) { arguments in
            guard case .string(let text) = arguments[0] else {
                return FunctionLibrary.noSuchOverload(name, arguments)
            }
            return body(text)
        }
    }

    private static func address(
        _ name: String, gives result: CELType, _ body: @escaping @Sendable (IPAddress) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, [.method(.ip, gives: result)]) { arguments in
            guard case .ip(let address) = arguments[0] else {
                return FunctionLibrary.noSuchOverload(name, arguments)
            }
            return body(address)
        }
    }

    private static func block(
        _ name: String, gives result: CELType, _ body: @escaping @Sendable (CIDRBlock) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, [.method(.cidr, gives: result)]) { arguments in
            guard case .cidr(let block) = arguments[0] else {
                return FunctionLibrary.noSuchOverload(name, arguments)
            }
            return body(block)
        }
    }
}
