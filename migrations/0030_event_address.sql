-- A file of its own: an index is built before the other statements of its file, and the column must exist.
CREATE INDEX IF NOT EXISTS event_by_address ON event (tenant_id, address, id DESC) WHERE address IS NOT NULL;
