import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { fewestCharacters } from './traces.ts';

/** The shapes of searches for a person's data that tRPC, REST and the pages share. Times are ISO 8601 in UTC. */

/** Where personal data is, as a person is told. The data map describes each. */
export const placeNames = [
  'executions',
  'attempts',
  'approvals',
  'votes',
  'runs',
  'steps',
  'completions',
  'exceptions',
  'comments',
  'links',
  'editors',
  'views',
  'notices',
  'batches',
  'undos',
  'schedules',
  'deliveries',
  'definitions',
  'credentials',
  'settings',
  /** What people wrote into definitions and settings: it is found, and stays. */
  'written',
  'events',
] as const;
export type PlaceName = (typeof placeNames)[number];

export const newPersonSearchSchema = z
  .strictObject({
    accountId: z.string().max(128).optional().describe('Of a member, or of a former member'),
    values: z
      .array(storableText.trim().min(fewestCharacters).max(200))
      .max(10)
      .default([])
      .describe('Exact values such as an email address, a phone number or a full name'),
  })
  .refine(({ accountId, values }) => accountId !== undefined || values.length > 0, {
    path: ['values'],
    message: 'needs a value, or name an account',
  });
export type NewPersonSearch = z.output<typeof newPersonSearchSchema>;

const counts = z.partialRecord(z.enum(placeNames), z.int());
export type Counts = z.output<typeof counts>;

export const personSearchSchema = z.object({
  id: z.string(),
  /** What takes the person's place: it says nothing about them. */
  pseudonym: z.string(),
  status: z.enum(['searching', 'found', 'erasing', 'erased', 'expired']),
  /** Null once it is erased. */
  about: z
    .object({
      account: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }).nullable(),
      values: z.array(z.string()),
    })
    .nullable(),
  found: counts.describe('Records that hold something, by place'),
  erased: counts.describe('Records in which something was erased'),
  remaining: counts.describe('Records that the last pass had to leave: what is open, or under a legal hold'),
  holds: z
    .array(z.object({ id: z.string(), reason: z.string() }))
    .describe('The legal holds that cover some of it'),
  /** What happened to the account; null: nothing, or none was named. */
  account: z.enum(['deleted', 'kept']).nullable(),
  createdBy: actorSchema,
  createdAt: z.string(),
  erasedAt: z.string().nullable(),
});
export type PersonSearch = z.output<typeof personSearchSchema>;

export const personSearchListInput = z.object(pageInput);

export const erasePersonSchema = z.strictObject({
  id: z.string(),
  confirm: z.string().max(200).describe('The pseudonym of the search, typed by a person'),
});

export const knownPersonSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  member: z.boolean().describe('False: removed from the organization'),
});
export type KnownPerson = z.output<typeof knownPersonSchema>;
