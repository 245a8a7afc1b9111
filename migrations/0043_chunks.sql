-- What a call has shown while it runs. It decides nothing and lives for a day: a crash of PostgreSQL may empty it.
CREATE UNLOGGED TABLE execution_chunk (
  execution_id uuid NOT NULL,
  attempt int NOT NULL,
  number int NOT NULL,
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  value json,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (execution_id, attempt, number)
);
--> statement-breakpoint
CREATE INDEX execution_chunk_age ON execution_chunk (created_at);
--> statement-breakpoint
ALTER TABLE execution_chunk ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE execution_chunk FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON execution_chunk TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON execution_chunk TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON execution_chunk TO interlock_app;
--> statement-breakpoint
GRANT SELECT, DELETE ON execution_chunk TO interlock_system;
