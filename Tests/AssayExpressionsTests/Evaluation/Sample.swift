import AssayCore

@testable import AssayExpressions

/// The resource and the environment that the tests of this room read.
enum Sample {
    static let json = """
        {
          "name": "store",
          "properties": {
            "minimumTlsVersion": "TLS1_2",
            "publicNetworkAccess": true,
            "retention": 30,
            "ratio": 0.5,
            "big": 9223372036854775808,
            "nothing": null,
            "rules": [
              {"name": "a", "port": 22, "tags": []},
              {"name": "b", "port": 443, "tags": ["x", "y"]},
              {"name": "c", "port": 80}
            ],
            "owner.name": "team"
          }
        }
        """

    /// The same shape with evidence missing in several places.
    static let holes = Tree.object([
        ("denied", .unknown(.denied)),
        ("list", .array([.int(1), .unknown(.failed), .int(3)])),
        ("object", .object([("known", .int(1)), ("hidden", .unknown(.notCollected))])),
        (
            "rules",
            .array([
                .object([("port", .int(22)), ("open", .unknown(.unmapped))]),
                .object([("port", .int(443)), ("open", .bool(true))]),
            ])
        ),
        ("yes", .bool(true)),
        ("empty", .array([])),
    ])

    static func environment() -> ExpressionEnvironment {
        var environment = ExpressionEnvironment()
        for name in ["resource", "r", "related", "params", "more"] { environment.declare(name) }
        environment.declare("now", .timestamp)
        environment.defaults = { name in
            ["sample.tls": Value.string("TLS1_0"), "sample.count": .int(7)][name]
        }
        environment.register(
            FunctionDeclaration("ports.contains", [.function(.dyn, .int, gives: .bool)]) { arguments in
                guard case .int(let port) = arguments[0], case .int(let wanted) = arguments[1] else {
                    return .failure(.invalidArgument, "`ports.contains` needs a port")
                }
                return .bool(port == wanted)
            })
        environment.register(
            FunctionDeclaration("isList", [.function(.dyn, gives: .bool)], unknowns: .acceptParts) { arguments in
                .bool(arguments[0].listElements != nil)
            })
        environment.register(
            FunctionDeclaration("isHidden", [.function(.dyn, gives: .bool)], unknowns: .acceptAll) { arguments in
                if case .unknown = arguments[0] { .bool(true) } else { .bool(false) }
            })
        return environment
    }

    static func activation() throws -> Activation {
        var activation = Activation([
            "resource": Value(try JSONReader.read(Array(json.utf8)).root),
            "r": Value(Document(holes).root),
            "params": .map(MapValue(["minimum": .string("TLS1_2"), "days": .int(90)])),
            "more": .list(ListValue([.int(1), .int(2)], openness: UnknownCauses(.notCollected, path: "related.more"))),
            "now": .timestamp(try Timestamp(rfc3339: "2026-01-01T00:00:00Z")),
        ])
        let blob = try JSONReader.read(Array(#"{"properties": {"isVersioningEnabled": false}}"#.utf8))
        activation["related"] = .map(
            MapValue(["blob": .list([.map(MapValue(["resource": Value(blob.root), "meta": .map(MapValue([]))]))])]))
        return activation
    }

    /// A short text for a value: its JSON-like text, or the state with reason or code.
    static func shown(_ value: Value) -> String {
        switch value {
        case .unknown(let causes): "unknown \(causes)"
        case .error(let error): "error \(error.code.rawValue)"
        default: value.rendered()
        }
    }

    static func evaluate(_ expression: String) throws -> String {
        shown(try Condition(expression, in: environment()).evaluate(activation()))
    }
}

extension Condition {
    /// The value that the walk for a trace itself comes to.
    func traced(_ activation: Activation) -> Value {
        var explainer = Explainer(
            program,
            evaluator: Evaluator(program, activation: activation, defaults: defaults, cost: limits.cost * 4),
            elementLimit: 3)
        return explainer.explain(program.root, isNegated: false).value
    }
}
