-- Who settled an execution of unknown outcome: {"happened", "note", "by", "at"}.
ALTER TABLE tool_execution
  ADD COLUMN settlement jsonb,
  -- The provider's own words, redacted. Apart from error_message, which Temporal may show.
  ADD COLUMN failure_reason text;
--> statement-breakpoint
-- What was sent and received, redacted and bounded.
ALTER TABLE execution_attempt
  ADD COLUMN request jsonb,
  ADD COLUMN response jsonb,
  ADD COLUMN error_reason text;
