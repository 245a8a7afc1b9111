import { z } from 'zod';

const first = Date.parse('0001-01-02T00:00:00Z');
const last = Date.parse('9999-12-30T00:00:00Z');

/** A time as ISO 8601 with its offset, in the years that PostgreSQL knows: it has no year 0000. */
export const isoTimeSchema = z.iso
  .datetime({ offset: true, abort: true })
  .refine(
    (text) => Date.parse(text) >= first && Date.parse(text) <= last,
    'is not between the years 1 and 9999',
  );
