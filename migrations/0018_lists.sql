-- Indexes for the filters and orders of lists. Those of executions and events cost nothing, or one entry, for a call that
-- succeeds: what is frequent is found by walking the list (decision 0031). CASE, because row-level security keeps coalesce
-- out of index conditions.
CREATE INDEX IF NOT EXISTS tool_execution_failed ON tool_execution (tenant_id, id DESC) WHERE status = 'failed';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS tool_execution_by_failure ON tool_execution (tenant_id, failure_code, id DESC) WHERE failure_code IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS tool_execution_by_actor ON tool_execution (tenant_id, requested_by_actor_id, id DESC) WHERE status IN ('succeeded', 'failed');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS event_by_type ON event (tenant_id, type, id DESC)
  WHERE type NOT IN ('ToolExecutionRequested', 'ToolExecutionStarted', 'ToolExecutionAttempted', 'ToolExecutionCompleted');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS event_by_subject_type ON event (tenant_id, subject_type, id DESC) WHERE subject_type <> 'execution';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS event_by_actor ON event (tenant_id, actor_id, id DESC) WHERE actor_id <> 'worker';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_status ON exception (tenant_id, status, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_severity ON exception (tenant_id, severity, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_domain ON exception (tenant_id, domain, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_assignee ON exception (tenant_id, (CASE WHEN assignee_id IS NULL THEN '' ELSE assignee_id END), id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_by_due ON exception (tenant_id, (CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END), id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_severity ON exception (tenant_id, severity, id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_domain ON exception (tenant_id, domain, id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_assignee ON exception (tenant_id, (CASE WHEN assignee_id IS NULL THEN '' ELSE assignee_id END), (CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END), id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS exception_unresolved_by_due ON exception (tenant_id, (CASE WHEN due_at IS NULL THEN 'infinity' ELSE due_at END), id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_by_status ON playbook_run (tenant_id, status, id DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_open_list ON playbook_run (tenant_id, id DESC) WHERE status IN ('running', 'waiting');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_open_by_playbook ON playbook_run (tenant_id, playbook_id, id DESC) WHERE status IN ('running', 'waiting');
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS playbook_run_cancelling ON playbook_run (cancel_requested_at) WHERE status IN ('running', 'waiting') AND cancel_requested_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS notice_to_user ON notice (tenant_id, to_user, id DESC) WHERE to_user IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS notice_to_role ON notice (tenant_id, to_role, id DESC) WHERE to_role IS NOT NULL;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS webhook_delivery_by_status ON webhook_delivery (tenant_id, endpoint_id, status, id DESC) WHERE status <> 'delivered';
--> statement-breakpoint
-- Whom an open step of an open run waits for: 'actor:' and the id of who has claimed it, otherwise 'user:' or 'role:' of each
-- candidate; and 'all:' with its type, or without if it has failed. Conditions on arrays are not leakproof, so no index serves
-- them under row-level security.
CREATE TABLE step_addressee (
  tenant_id uuid NOT NULL,
  addressee text NOT NULL,
  -- Infinity: it has no due date.
  due_at timestamptz NOT NULL,
  step_run_id uuid NOT NULL,
  -- Empty: it has failed, so it waits for people whatever it is.
  type text NOT NULL,
  PRIMARY KEY (tenant_id, addressee, due_at, step_run_id) INCLUDE (type)
);
--> statement-breakpoint
CREATE INDEX step_addressee_step ON step_addressee (step_run_id);
--> statement-breakpoint
ALTER TABLE step_addressee ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON step_addressee TO interlock_app USING (tenant_id = (SELECT interlock_tenant()));
--> statement-breakpoint
CREATE POLICY every ON step_addressee TO interlock_system USING (true);
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON step_addressee TO interlock_app, interlock_system;
--> statement-breakpoint
-- In the order in which requests lock them, and so that no later statement has to raise its lock.
LOCK TABLE playbook_run, playbook_step_run IN ACCESS EXCLUSIVE MODE;
--> statement-breakpoint
-- Forced row-level security would hide the rows from an owner that is no superuser.
ALTER TABLE playbook_run NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE playbook_step_run NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A trigger, because processes of the version before write steps too. A run ends before its steps do.
CREATE FUNCTION interlock_address_step() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM step_addressee WHERE tenant_id = NEW.tenant_id AND step_run_id = NEW.id;
  IF NEW.status IN ('waiting', 'outcome_unknown') THEN
    INSERT INTO step_addressee
    SELECT NEW.tenant_id, addressee, coalesce(NEW.due_at, 'infinity'), NEW.id, CASE WHEN NEW.failure_code IS NULL THEN NEW.type ELSE '' END
    FROM (
      SELECT 'actor:' || NEW.claimed_by_id AS addressee WHERE NEW.claimed_by_id IS NOT NULL
      UNION SELECT 'user:' || name FROM unnest(NEW.candidate_users) AS name WHERE NEW.claimed_by_id IS NULL
      UNION SELECT 'role:' || name FROM unnest(NEW.candidate_roles) AS name WHERE NEW.claimed_by_id IS NULL
      UNION SELECT 'all:' || CASE WHEN NEW.failure_code IS NULL THEN NEW.type ELSE '' END) AS of
    WHERE EXISTS (SELECT FROM playbook_run WHERE id = NEW.run_id AND tenant_id = NEW.tenant_id AND status IN ('running', 'waiting'));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER address_opened AFTER INSERT ON playbook_step_run FOR EACH ROW
  WHEN (NEW.status IN ('waiting', 'outcome_unknown')) EXECUTE FUNCTION interlock_address_step();
--> statement-breakpoint
CREATE TRIGGER address_changed AFTER UPDATE ON playbook_step_run FOR EACH ROW
  WHEN ((OLD.status IN ('waiting', 'outcome_unknown') OR NEW.status IN ('waiting', 'outcome_unknown'))
    AND (OLD.status, OLD.due_at, OLD.claimed_by_id, OLD.candidate_users, OLD.candidate_roles, OLD.failure_code)
      IS DISTINCT FROM (NEW.status, NEW.due_at, NEW.claimed_by_id, NEW.candidate_users, NEW.candidate_roles, NEW.failure_code))
  EXECUTE FUNCTION interlock_address_step();
--> statement-breakpoint
INSERT INTO step_addressee
SELECT s.tenant_id, of.addressee, coalesce(s.due_at, 'infinity'), s.id, CASE WHEN s.failure_code IS NULL THEN s.type ELSE '' END
FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id, LATERAL (
      SELECT 'actor:' || s.claimed_by_id AS addressee WHERE s.claimed_by_id IS NOT NULL
      UNION SELECT 'user:' || name FROM unnest(s.candidate_users) AS name WHERE s.claimed_by_id IS NULL
      UNION SELECT 'role:' || name FROM unnest(s.candidate_roles) AS name WHERE s.claimed_by_id IS NULL
      UNION SELECT 'all:' || CASE WHEN s.failure_code IS NULL THEN s.type ELSE '' END) AS of
WHERE s.status IN ('waiting', 'outcome_unknown') AND r.status IN ('running', 'waiting');
--> statement-breakpoint
ALTER TABLE playbook_step_run FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE playbook_run FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE step_addressee FORCE ROW LEVEL SECURITY;
