-- Until then a request of a running attempt may leave, so no other worker takes it over before.
ALTER TABLE execution_attempt ADD COLUMN lease_until timestamptz;
--> statement-breakpoint
-- Attempts that ended with their worker: they are not among those that the tool allows.
ALTER TABLE tool_execution ADD COLUMN lost_attempts int NOT NULL DEFAULT 0;
