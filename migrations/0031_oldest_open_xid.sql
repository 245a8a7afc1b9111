-- What reads the log in the order of commits waits for the oldest transaction that may still write an event. The oldest
-- of the whole server is not it: a transaction in another database never does, however long it takes (decision 0043).
CREATE FUNCTION interlock_oldest_open_xid() RETURNS xid8 LANGUAGE plpgsql STABLE AS $$
DECLARE
  now pg_snapshot := pg_current_snapshot();
BEGIN
  IF pg_snapshot_xmin(now) = pg_snapshot_xmax(now) THEN
    RETURN pg_snapshot_xmax(now);
  END IF;
  RETURN coalesce((
    WITH lock AS MATERIALIZED (
      SELECT locktype, database, transactionid, virtualtransaction FROM pg_locks
      WHERE locktype = 'relation' OR locktype = 'transactionid' AND mode = 'ExclusiveLock'
    ), elsewhere AS (
      -- A backend stays in one database, so one lock in another says where its transaction is. Shared tables have 0.
      SELECT held.transactionid FROM lock held WHERE held.locktype = 'transactionid' AND EXISTS (
        SELECT FROM lock other WHERE other.virtualtransaction = held.virtualtransaction AND other.locktype = 'relation'
          AND other.database NOT IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())))
    )
    SELECT xid FROM (
      SELECT pg_snapshot_xip(now) UNION ALL SELECT pg_current_xact_id_if_assigned()
    ) open(xid)
    WHERE xid IS NOT NULL AND xid::xid NOT IN (SELECT transactionid FROM elsewhere)
    ORDER BY xid LIMIT 1
  ), pg_snapshot_xmax(now));
END
$$;
