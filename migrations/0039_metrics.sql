-- What the metrics count: executions of unknown outcome that a person has to settle. No entry for any other.
CREATE INDEX IF NOT EXISTS tool_execution_unknown ON tool_execution (id) WHERE failure_code = 'outcome_unknown' AND NOT failure_retryable;
--> statement-breakpoint
-- So that a process can say whether the database has the migrations of its version.
GRANT USAGE ON SCHEMA drizzle TO interlock_system;
--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO interlock_system;
