-- Failed sign-ins by account and address, for every process.
CREATE TABLE auth.sign_in_limit (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  -- Milliseconds since 1970.
  expire bigint
);
--> statement-breakpoint
CREATE INDEX sign_in_limit_expire ON auth.sign_in_limit (expire);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.sign_in_limit TO interlock_auth;
