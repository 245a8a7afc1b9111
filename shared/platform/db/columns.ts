import { customType, text, timestamp } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A point in time, read and written as `Date`. */
export const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const createdBy = {
  createdByType: text('created_by_type').$type<'user' | 'api_key' | 'system'>().notNull(),
  createdById: text('created_by_id').notNull(),
  createdByName: text('created_by_name').notNull(),
};
