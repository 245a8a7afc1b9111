-- The people whom a comment names, as ids (decision 0081).
CREATE TABLE comment_mention (
  comment_id uuid NOT NULL REFERENCES comment (id),
  tenant_id uuid NOT NULL,
  exception_id uuid NOT NULL,
  user_id text NOT NULL,
  -- Their name at that time: shown when they are no member any more.
  user_name text NOT NULL,
  PRIMARY KEY (comment_id, user_id)
);
--> statement-breakpoint
CREATE INDEX comment_mention_exception ON comment_mention (exception_id);
--> statement-breakpoint
-- Who has what open now, for some seconds. Not logged: nothing of it is worth keeping.
CREATE UNLOGGED TABLE presence (
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  -- Of the browser.
  tab uuid NOT NULL,
  -- 'exception' or 'run'.
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  -- Of a run; empty: the run itself, or an exception.
  step_id text NOT NULL,
  user_name text NOT NULL,
  doing text NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id, tab, subject_type, subject_id, step_id)
);
--> statement-breakpoint
CREATE INDEX presence_subject ON presence (tenant_id, subject_id);
--> statement-breakpoint
-- People whom others do not see.
CREATE TABLE presence_hidden (
  tenant_id uuid NOT NULL,
  user_id text NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['comment_mention', 'presence', 'presence_hidden'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT ON comment_mention TO interlock_app;
--> statement-breakpoint
GRANT SELECT, UPDATE (user_name) ON comment_mention TO interlock_system;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON presence TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON presence_hidden TO interlock_app;
--> statement-breakpoint
GRANT SELECT, DELETE ON presence, presence_hidden TO interlock_system;
