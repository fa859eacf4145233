import GRDB

/// The schema, as steps that are never edited once released.
enum StoreMigrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 scans and findings") { database in
            try database.execute(
                sql: """
                    CREATE TABLE scan (
                        id TEXT NOT NULL PRIMARY KEY,
                        collectedAt TEXT NOT NULL,
                        asOf TEXT NOT NULL,
                        snapshot TEXT NOT NULL,
                        verdicts TEXT NOT NULL,
                        complete INTEGER NOT NULL CHECK (complete IN (0, 1))
                    ) STRICT;
                    CREATE TABLE finding (
                        rule TEXT NOT NULL,
                        resource TEXT NOT NULL,
                        profile TEXT NOT NULL,
                        resourceType TEXT NOT NULL,
                        resourceName TEXT NOT NULL,
                        state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'exempt', 'resolved', 'closed')),
                        firstSeen TEXT NOT NULL,
                        lastSeen TEXT NOT NULL,
                        resolvedAt TEXT,
                        resolution TEXT CHECK (resolution IN ('fixed', 'removed', 'notApplicable')),
                        reopened INTEGER NOT NULL DEFAULT 0 CHECK (reopened >= 0),
                        PRIMARY KEY (resource, rule, profile),
                        CHECK ((state IN ('resolved', 'closed')) = (resolvedAt IS NOT NULL))
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE transition (
                        scan TEXT NOT NULL REFERENCES scan (id),
                        kind TEXT NOT NULL CHECK (kind IN ('opened', 'reopened', 'resolved', 'moved')),
                        rule TEXT NOT NULL,
                        resource TEXT NOT NULL,
                        profile TEXT NOT NULL,
                        formerResource TEXT,
                        resolution TEXT
                    ) STRICT;
                    CREATE INDEX transitionByScan ON transition (scan);
                    """)
        }
        migrator.registerMigration("2 verdict transitions", migrate: VerdictTransitionSchema.createVerdictTransitions)
        return migrator
    }
}
