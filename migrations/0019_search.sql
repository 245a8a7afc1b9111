-- What search finds: a text for each execution, exception and run, written by the indexer (decision 0027).
-- A block is a range of ids of one tenant and type, about 16,000 long: search reads blocks newest first and stops early.
CREATE TABLE search_block (
  tenant_id uuid NOT NULL,
  subject_type text NOT NULL CHECK (subject_type IN ('execution', 'exception', 'run')),
  -- Its lowest id.
  block_id uuid NOT NULL,
  -- What every key of the block is mixed with, so that a lookup reads the entries of one block of one tenant. No request
  -- can read it: who knew two of them could search for words whose keys are those of another tenant.
  seed int NOT NULL DEFAULT hashtext(gen_random_uuid()::text),
  PRIMARY KEY (tenant_id, subject_type, block_id)
);
--> statement-breakpoint
CREATE TABLE search_document (
  tenant_id uuid NOT NULL,
  subject_type text NOT NULL CHECK (subject_type IN ('execution', 'exception', 'run')),
  subject_id uuid NOT NULL,
  block_id uuid NOT NULL,
  -- Words in lower case.
  body text NOT NULL,
  -- A number for every three characters of a word, mixed with the seed of its block.
  keys int[] NOT NULL,
  PRIMARY KEY (tenant_id, subject_type, subject_id)
);
--> statement-breakpoint
-- How far the event log has been indexed.
CREATE TABLE search_position (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  xid text NOT NULL,
  event_id text NOT NULL,
  -- Whether it has reached the end of the log once: until then search would miss what is older than this table.
  complete boolean NOT NULL
);
--> statement-breakpoint
-- A new database has nothing to index.
INSERT INTO search_position (xid, event_id, complete)
SELECT '0', '0', NOT EXISTS (SELECT FROM event);
--> statement-breakpoint
-- The pending list is short, because every search reads it.
CREATE INDEX search_document_keys ON search_document USING gin (keys) WITH (gin_pending_list_limit = 256);
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['search_block', 'search_document'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON %I TO interlock_app USING (tenant_id = (SELECT interlock_tenant()))', t);
    EXECUTE format('CREATE POLICY every ON %I TO interlock_system USING (true)', t);
    -- The function below reads as the owner, and names the tenant itself.
    EXECUTE format('CREATE POLICY search ON %I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT ON search_document TO interlock_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON search_document TO interlock_system;
--> statement-breakpoint
GRANT SELECT, INSERT ON search_block TO interlock_system;
--> statement-breakpoint
GRANT SELECT, UPDATE ON search_position TO interlock_system;
--> statement-breakpoint
-- Whether anything has happened at all.
GRANT SELECT ON SEQUENCE event_id_seq TO interlock_system;
--> statement-breakpoint
-- The newest `wanted` subjects of this connection's tenant whose text contains every part, before an id, newest first.
-- It runs as the owner, because row-level security keeps an index from serving conditions that are not leakproof. What
-- it reads of others it cannot show: its conditions are fixed, cannot fail for a row, and only own ids are returned.
CREATE FUNCTION interlock_search(kind text, parts text[], grams int[], before uuid, wanted int)
  RETURNS SETOF uuid
-- A plan for every tenant, which must not depend on how many rows this one has.
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  tenant constant uuid := public.interlock_tenant();
  patterns constant text[] := ARRAY(
    SELECT '%' || regexp_replace(part, '([\\%_])', '\\\1', 'g') || '%' FROM unnest(parts) part);
  edge uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  left_over int := wanted;
  rare int[];
  deadline constant timestamptz := clock_timestamp() + interval '2 s';
  block record;
  document record;
BEGIN
  -- Frequent words: the newest texts have enough of them. For words of one or two characters there is nothing else.
  FOR document IN
    SELECT d.subject_id, d.body FROM public.search_document d
    WHERE d.tenant_id = tenant AND d.subject_type = kind AND d.subject_id < edge
    ORDER BY d.subject_id DESC LIMIT CASE WHEN grams = '{}' THEN 5000 ELSE greatest(1000, wanted) END
  LOOP
    edge := document.subject_id;
    IF document.body LIKE ALL (patterns) THEN
      RETURN NEXT document.subject_id;
      left_over := left_over - 1;
      EXIT WHEN left_over <= 0;
    END IF;
  END LOOP;
  IF left_over <= 0 THEN RETURN; END IF;
  -- What few of some texts contain tells most; long lists of entries cost time.
  WITH sample AS MATERIALIZED (
    SELECT newest.keys, b.seed FROM (
      SELECT d.block_id, d.keys FROM public.search_document d
      WHERE d.tenant_id = tenant AND d.subject_type = kind ORDER BY d.subject_id DESC LIMIT 32) newest
    JOIN public.search_block b ON b.tenant_id = tenant AND b.subject_type = kind AND b.block_id = newest.block_id)
  SELECT array_agg(gram) FILTER (WHERE place <= 2 OR seen < 8 AND place <= 4) INTO rare FROM (
    SELECT gram, seen, row_number() OVER (ORDER BY seen) AS place FROM (
      SELECT gram, count(*) FILTER (WHERE sample.keys @> ARRAY[gram # sample.seed]) AS seen
      FROM unnest(grams) gram CROSS JOIN sample GROUP BY gram) counted) ranked;
  IF rare IS NULL THEN RETURN; END IF;
  FOR block IN
    SELECT b.seed FROM public.search_block b
    WHERE b.tenant_id = tenant AND b.subject_type = kind AND b.block_id < edge ORDER BY b.block_id DESC
  LOOP
    EXIT WHEN left_over <= 0;
    IF clock_timestamp() > deadline THEN
      RAISE EXCEPTION USING ERRCODE = 'query_canceled', MESSAGE = 'the search took longer than 2 s';
    END IF;
    -- The tenant is compared so that only the index of keys can serve: that of the tenant would read all of its rows.
    FOR document IN
      SELECT d.subject_id FROM public.search_document d
      WHERE d.keys @> ARRAY(SELECT gram # block.seed FROM unnest(rare) gram)
        AND d.tenant_id IS NOT DISTINCT FROM tenant AND d.subject_type IS NOT DISTINCT FROM kind
        AND d.subject_id < edge AND d.body LIKE ALL (patterns)
      ORDER BY d.subject_id DESC LIMIT left_over
    LOOP
      RETURN NEXT document.subject_id;
      left_over := left_over - 1;
    END LOOP;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION interlock_search(text, text[], int[], uuid, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION interlock_search(text, text[], int[], uuid, int) TO interlock_app;
