import AssayProgram

/// What a verdict means, and what this report is not.
enum MethodSection {
    private static let words: [(String, String)] = [
        (
            "Verdict",
            "What one rule says of one resource under one profile. It is computed from the resource's configuration as "
                + "it was collected, and the trace shows the values that decided it."
        ),
        ("Fail", "At least one condition of the rule does not hold."),
        (
            "Unknown",
            "No condition is known to be false, and at least one could not be decided: something was not collected, "
                + "was refused, could not be read, or is known only after a deployment. Unknown is never a pass."
        ),
        ("Pass", "All conditions of the rule hold for this resource. It says nothing of other resources or times."),
        ("Not applicable", "The rule's own condition says that it does not concern this resource."),
        ("Exempt", "A failing verdict under an approved, unexpired exemption. The verdict stays a failure."),
        (
            "Full, partial, supporting",
            "How much of a requirement a rule can show. Two partial tests do not add up to a full one."
        ),
        (
            "Complete",
            "Nothing in scope was refused, failed or unreadable as far as the sources can tell. Where no source states "
                + "how many resources there are, the count is only of what was shown."
        ),
    ]

    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        writer.element("dl", ["class": "glossary"]) { writer in
            for (word, meaning) in words {
                writer.element("dt", text: word)
                writer.element("dd", text: meaning)
            }
        }
        writer.element("h3", text: "What this report is not")
        writer.element(
            "p",
            text:
                "It is not an audit opinion, a certificate or legal advice. It describes configuration at one point in "
                + "time; whether a control operated over a period, and whether a requirement is met, is for people to "
                + "conclude. Requirements that ask for people and their records are named as such and are not tested.")
        writer.element(
            "p",
            text:
                "Times are UTC. Rules read the time as of \(context.result.asOf), not the time at which the report was "
                + "made, so the same input gives the same report.")
    }
}
