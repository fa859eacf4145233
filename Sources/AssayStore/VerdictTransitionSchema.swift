import GRDB

/// The tables of transitions between verdicts of one scan and the next.
enum VerdictTransitionSchema {
    /// Makes the tables, as one step of the store's migrations.
    ///
    /// Rules, profiles and resources are numbers, each with its text once; a resource is found by `ResourceHash`, since
    /// an index over ids would be as large as the table and slow to fill. A verdict is written as its code
    /// (`VerdictState.code`), zero standing for *not there*. Rows of a scan count only when `isComplete` is 1: they are
    /// written in batches, and a scan that was killed leaves some that the next writer removes. A scan's rows stand at
    /// and behind `firstTransition`, so that no index has to be kept while they are written.
    static func createVerdictTransitions(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE verdictScan (
                    id INTEGER NOT NULL PRIMARY KEY,
                    scan TEXT NOT NULL UNIQUE,
                    firstTransition INTEGER NOT NULL,
                    transitions INTEGER NOT NULL DEFAULT 0 CHECK (transitions >= 0),
                    isComplete INTEGER NOT NULL DEFAULT 0 CHECK (isComplete IN (0, 1))
                ) STRICT;
                CREATE TABLE verdictPair (
                    id INTEGER NOT NULL PRIMARY KEY,
                    rule TEXT NOT NULL,
                    profile TEXT NOT NULL,
                    UNIQUE (rule, profile)
                ) STRICT;
                CREATE TABLE verdictResource (
                    id INTEGER NOT NULL PRIMARY KEY,
                    hash INTEGER NOT NULL,
                    resource TEXT NOT NULL
                ) STRICT;
                CREATE INDEX verdictResourceByHash ON verdictResource (hash);
                CREATE TABLE verdictTransition (
                    id INTEGER NOT NULL PRIMARY KEY,
                    scan INTEGER NOT NULL,
                    pair INTEGER NOT NULL,
                    resource INTEGER NOT NULL,
                    old INTEGER NOT NULL CHECK (old BETWEEN 0 AND 5),
                    new INTEGER NOT NULL CHECK (new BETWEEN 0 AND 5 AND new <> old)
                ) STRICT;
                CREATE TABLE verdictTrace (
                    transition INTEGER NOT NULL PRIMARY KEY REFERENCES verdictTransition (id) ON DELETE CASCADE,
                    trace TEXT NOT NULL
                ) STRICT;
                """)
    }
}
