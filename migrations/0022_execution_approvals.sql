-- Executions that wait until people approve them. `approval_status`: waiting, approved, rejected, expired or, when the
-- execution ended before a decision, cancelled; null for all others.
ALTER TABLE tool_execution ADD COLUMN approval_status text, ADD COLUMN approval_expires_at timestamptz;
--> statement-breakpoint
-- Nothing begins without its approval, whichever version of a process tries; only a person says that it happened all the same,
-- in a database that is older than the approval. NOT VALID, because no older row has one.
ALTER TABLE tool_execution ADD CONSTRAINT tool_execution_approved
  CHECK (approval_status IS NULL OR approval_status = 'approved' OR status IN ('requested', 'failed') OR settlement IS NOT NULL)
  NOT VALID;
--> statement-breakpoint
CREATE TABLE execution_approval (
  execution_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  required integer NOT NULL,
  roles text[] NOT NULL,
  four_eyes boolean NOT NULL,
  policy_name text,
  reason text NOT NULL,
  -- The mailbox of who asked; null when it is unknown.
  requester_person text,
  -- The current version of the tool at that time: once it is another one, no one has seen what would be sent.
  current_version integer NOT NULL,
  -- The exact request, redacted.
  request jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  -- It no longer waits: kept by a trigger.
  ended_at timestamptz,
  -- Its workflow knows that.
  told_at timestamptz
);
--> statement-breakpoint
CREATE INDEX execution_approval_waiting ON execution_approval (tenant_id) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX execution_approval_due ON execution_approval (expires_at) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX execution_approval_untold ON execution_approval (ended_at) WHERE ended_at IS NOT NULL AND told_at IS NULL;
--> statement-breakpoint
-- One vote of a person.
CREATE TABLE execution_vote (
  execution_id uuid NOT NULL,
  person text NOT NULL,
  tenant_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('approved', 'rejected')),
  reason text,
  actor_type text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (execution_id, person)
);
--> statement-breakpoint
ALTER TABLE execution_approval ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE execution_approval FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON execution_approval TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON execution_approval TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON execution_approval TO interlock_app, interlock_system;
--> statement-breakpoint
ALTER TABLE execution_vote ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE execution_vote FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON execution_vote TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON execution_vote TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON execution_vote TO interlock_app, interlock_system;
--> statement-breakpoint
-- The inbox lists a waiting execution beside the steps: its id instead of that of a step, of type 'execution'. Processes of
-- the version before do not ask for that type.
CREATE FUNCTION interlock_address_execution() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO step_addressee
  SELECT NEW.tenant_id, addressee, NEW.expires_at, NEW.execution_id, 'execution'
  FROM (SELECT 'role:' || name AS addressee FROM unnest(NEW.roles) AS name UNION SELECT 'all:execution') AS of;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER address_asked AFTER INSERT ON execution_approval FOR EACH ROW EXECUTE FUNCTION interlock_address_execution();
--> statement-breakpoint
-- However it stops waiting, by a decision or by its end, no one is asked any more. A trigger, because processes of the version
-- before end executions too.
CREATE FUNCTION interlock_end_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.approval_status = 'waiting' THEN
    NEW.approval_status := 'cancelled';
  END IF;
  DELETE FROM step_addressee WHERE tenant_id = NEW.tenant_id AND step_run_id = NEW.id;
  UPDATE execution_approval SET ended_at = now() WHERE tenant_id = NEW.tenant_id AND execution_id = NEW.id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER approval_ended BEFORE UPDATE ON tool_execution FOR EACH ROW
  WHEN (OLD.approval_status = 'waiting' AND (NEW.approval_status IS DISTINCT FROM 'waiting' OR NEW.status = 'failed'))
  EXECUTE FUNCTION interlock_end_approval();
