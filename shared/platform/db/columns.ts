import { customType, text, timestamp } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Numbers as texts. */
export const bigints = customType<{ data: string[] }>({ dataType: () => 'bigint[]' });

/** A transaction id, as text. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

// Drizzle's own json types parse what the driver has parsed already: the JSON string "12" would become the number 12.
const written = { toDriver: (value: unknown) => JSON.stringify(value) };
/** Keeps the order of properties. `null` is SQL's NULL. */
export const json = customType<{ data: unknown }>({ dataType: () => 'json', ...written });
/** `null` is SQL's NULL. */
export const jsonb = customType<{ data: unknown }>({ dataType: () => 'jsonb', ...written });

/** A point in time, read and written as `Date`. */
export const time = () => timestamp({ withTimezone: true, mode: 'date' });

const actorTypes = ['user', 'api_key', 'system'] as const;
export const actorType = () => text({ enum: actorTypes });

export const createdBy = {
  created_by_type: actorType().notNull(),
  created_by_id: text().notNull(),
  created_by_name: text().notNull(),
};

interface Creator {
  type: (typeof actorTypes)[number];
  id: string;
  name: string;
}

/** The values of `createdBy`. */
export const createdByOf = (actor: Creator) => ({
  created_by_type: actor.type,
  created_by_id: actor.id,
  created_by_name: actor.name,
});

/** Who created a row. */
export const creatorOf = (row: ReturnType<typeof createdByOf>): Creator => ({
  type: row.created_by_type,
  id: row.created_by_id,
  name: row.created_by_name,
});
