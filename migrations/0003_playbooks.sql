-- Cases: what went wrong, and what people say and do about it.
CREATE TABLE exception (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  -- Counted in the tenant: "EX-42".
  number int NOT NULL,
  title text NOT NULL,
  description text NOT NULL DEFAULT '',
  domain text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_progress', 'resolved')),
  assignee_id text,
  assignee_name text,
  due_at timestamptz,
  -- Redacted by the domain's schema.
  attributes jsonb NOT NULL DEFAULT '{}',
  source text,
  resolution_code text,
  resolution_note text,
  resolved_at timestamptz,
  revision int NOT NULL DEFAULT 1,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, number),
  CHECK ((status = 'resolved') = (resolved_at IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX exception_list ON exception (tenant_id, id DESC);
--> statement-breakpoint
CREATE INDEX exception_unresolved ON exception (tenant_id, id DESC) WHERE status <> 'resolved';
--> statement-breakpoint
CREATE TABLE exception_counter (
  tenant_id uuid PRIMARY KEY,
  last_number int NOT NULL
);
--> statement-breakpoint
CREATE TABLE comment (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  exception_id uuid NOT NULL REFERENCES exception (id),
  body text NOT NULL,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX comment_by_exception ON comment (exception_id, id);
--> statement-breakpoint
-- To another exception of the tenant, or to a page elsewhere.
CREATE TABLE exception_link (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  exception_id uuid NOT NULL REFERENCES exception (id),
  kind text NOT NULL CHECK (kind IN ('related', 'duplicate_of', 'caused_by', 'url')),
  target_id uuid REFERENCES exception (id),
  url text,
  title text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((kind = 'url') = (url IS NOT NULL)),
  CHECK ((kind = 'url') = (target_id IS NULL)),
  UNIQUE NULLS NOT DISTINCT (exception_id, kind, target_id, url)
);
--> statement-breakpoint
CREATE INDEX exception_link_target ON exception_link (target_id) WHERE target_id IS NOT NULL;
--> statement-breakpoint
-- The attributes that exceptions of a domain have.
CREATE TABLE exception_domain (
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  title text NOT NULL,
  attribute_schema json NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, name)
);
--> statement-breakpoint
-- A person's saved views of the list.
CREATE TABLE exception_view (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  owner_id text NOT NULL,
  name text NOT NULL,
  filter jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, owner_id, name)
);
--> statement-breakpoint
-- What a request with an Idempotency-Key made (executions have a table of their own, in their hot path).
CREATE TABLE request_key (
  tenant_id uuid NOT NULL,
  subject_type text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  subject_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, subject_type, key)
);
--> statement-breakpoint

CREATE TABLE playbook (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  title text NOT NULL,
  description text NOT NULL DEFAULT '',
  -- Null: never published.
  published_version int,
  -- Null: the published version is all there is.
  draft json,
  -- Counts the changes of the draft, so that two editors do not overwrite each other unawares.
  draft_revision int NOT NULL DEFAULT 1,
  archived_at timestamptz,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE UNIQUE INDEX playbook_name ON playbook (tenant_id, name) WHERE archived_at IS NULL;
--> statement-breakpoint
CREATE TABLE playbook_version (
  playbook_id uuid NOT NULL REFERENCES playbook (id),
  tenant_id uuid NOT NULL,
  version int NOT NULL,
  format_version int NOT NULL,
  document json NOT NULL,
  note text,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (playbook_id, version)
);
--> statement-breakpoint

CREATE TABLE playbook_run (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  playbook_id uuid NOT NULL,
  playbook_version int NOT NULL,
  playbook_name text NOT NULL,
  playbook_title text NOT NULL,
  exception_id uuid REFERENCES exception (id),
  -- The run and the step whose sub-playbook this is.
  parent_run_id uuid,
  parent_step_run_id uuid,
  status text NOT NULL CHECK (status IN ('running', 'waiting', 'completed', 'failed', 'cancelled')),
  input jsonb NOT NULL DEFAULT '{}',
  -- What the run came to, in words: why it failed or was cancelled.
  reason text,
  paused_at timestamptz,
  paused_by text,
  pause_reason text,
  cancel_requested_at timestamptz,
  started_by_type text NOT NULL,
  started_by_id text NOT NULL,
  started_by_name text NOT NULL,
  -- The person behind the actor, as far as it is known: no one approves what they asked for.
  started_by_person text,
  -- Set once Temporal has taken the workflow.
  workflow_started_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((status IN ('completed', 'failed', 'cancelled')) = (completed_at IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX playbook_run_list ON playbook_run (tenant_id, id DESC);
--> statement-breakpoint
CREATE INDEX playbook_run_by_playbook ON playbook_run (tenant_id, playbook_id, id DESC);
--> statement-breakpoint
CREATE INDEX playbook_run_by_exception ON playbook_run (tenant_id, exception_id, id DESC) WHERE exception_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX playbook_run_by_parent ON playbook_run (parent_run_id) WHERE parent_run_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX playbook_run_not_started ON playbook_run (id) WHERE workflow_started_at IS NULL AND status IN ('running', 'waiting');
--> statement-breakpoint
-- A step of a run from the moment it opens. What is not here has not been reached.
CREATE TABLE playbook_step_run (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  run_id uuid NOT NULL REFERENCES playbook_run (id),
  step_id text NOT NULL,
  type text NOT NULL,
  title text NOT NULL,
  status text NOT NULL CHECK (status IN ('waiting', 'running', 'completed', 'failed', 'skipped', 'outcome_unknown')),
  assignee_role text,
  -- E-mail address, in lower case.
  assignee_user text,
  assignee_name text,
  -- Everybody who may complete it: the assignee and, of approval, the approvers.
  candidate_roles text[] NOT NULL DEFAULT '{}',
  candidate_users text[] NOT NULL DEFAULT '{}',
  claimed_by_id text,
  claimed_by_name text,
  claimed_at timestamptz,
  due_at timestamptz,
  -- When the next reminder and escalation are due, and how many there were.
  remind_at timestamptz,
  reminded int NOT NULL DEFAULT 0,
  escalate_at timestamptz,
  escalated int NOT NULL DEFAULT 0,
  -- Of call_tool: the resolved input, redacted, and sealed where redaction changed it.
  input jsonb,
  input_sealed bytea,
  -- What is wrong with the resolved input, if anything.
  issues jsonb,
  -- Of wait: until when; of notify: the text; of approval: how many.
  detail jsonb NOT NULL DEFAULT '{}',
  outcome text,
  -- Redacted.
  output jsonb,
  reason text,
  failure_code text,
  failure_message text,
  execution_ids uuid[] NOT NULL DEFAULT '{}',
  child_run_id uuid,
  completed_by_type text,
  completed_by_id text,
  completed_by_name text,
  completed_by_person text,
  opened_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (run_id, step_id),
  CHECK ((status IN ('completed', 'failed', 'skipped')) = (completed_at IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX playbook_step_run_inbox ON playbook_step_run (tenant_id, due_at, id) WHERE status IN ('waiting', 'outcome_unknown');
--> statement-breakpoint
-- Every completion that somebody sent for a step: votes, attempts, refusals. `request_id` makes it one.
CREATE TABLE step_completion (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  run_id uuid NOT NULL,
  step_run_id uuid NOT NULL REFERENCES playbook_step_run (id),
  request_id text NOT NULL,
  fingerprint text NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'refused', 'withdrawn')),
  outcome text NOT NULL,
  -- Redacted; the clear one is sealed until it is decided.
  input jsonb,
  input_sealed bytea,
  reason text,
  preview_digest text,
  -- The run of the tool that this completion asks for.
  execution_id uuid,
  refusal_code text,
  refusal_message text,
  actor_type text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  actor_roles text[] NOT NULL,
  person text,
  created_at timestamptz NOT NULL DEFAULT now(),
  decided_at timestamptz,
  UNIQUE (step_run_id, request_id)
);
--> statement-breakpoint
CREATE INDEX step_completion_by_run ON step_completion (run_id, id);
--> statement-breakpoint
-- Told to people: by notify steps, reminders and escalations.
CREATE TABLE notice (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('notify', 'reminder', 'escalation')),
  to_role text,
  to_user text,
  text text NOT NULL,
  exception_id uuid,
  run_id uuid,
  step_run_id uuid,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX notice_list ON notice (tenant_id, id DESC);
--> statement-breakpoint
CREATE TABLE notice_read (
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  -- Everything up to this notice has been read.
  notice_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);
--> statement-breakpoint

CREATE TABLE webhook_endpoint (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  -- Empty: every type.
  event_types text[] NOT NULL DEFAULT '{}',
  secret_sealed bytea NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  disabled_reason text,
  archived_at timestamptz,
  created_by_type text NOT NULL,
  created_by_id text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE webhook_delivery (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  endpoint_id uuid NOT NULL REFERENCES webhook_endpoint (id),
  event_id bigint NOT NULL,
  event_type text NOT NULL,
  payload jsonb NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts jsonb NOT NULL DEFAULT '[]',
  next_attempt_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  UNIQUE (endpoint_id, event_id)
);
--> statement-breakpoint
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_attempt_at) WHERE status = 'pending';
--> statement-breakpoint
CREATE INDEX webhook_delivery_list ON webhook_delivery (tenant_id, endpoint_id, id DESC);
--> statement-breakpoint
-- How far the log has been turned into deliveries: a position of the live tail.
CREATE TABLE webhook_position (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid text NOT NULL,
  event_id text NOT NULL
);
--> statement-breakpoint

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['exception', 'exception_counter', 'comment', 'exception_link', 'exception_domain', 'exception_view',
      'request_key', 'playbook', 'playbook_version', 'playbook_run', 'playbook_step_run', 'step_completion', 'notice',
      'notice_read', 'webhook_endpoint', 'webhook_delivery'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON exception, exception_counter, exception_domain, playbook, playbook_run, playbook_step_run,
  step_completion, notice_read, webhook_endpoint, webhook_delivery TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON exception_link, exception_view TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT SELECT, INSERT ON comment, request_key, playbook_version, notice TO interlock_app, interlock_system;
--> statement-breakpoint
GRANT DELETE ON request_key TO interlock_system;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON webhook_position TO interlock_system;
--> statement-breakpoint
CREATE INDEX tool_execution_by_step ON tool_execution (tenant_id, playbook_step_run_id, id DESC) WHERE playbook_step_run_id IS NOT NULL;
