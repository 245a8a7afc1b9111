import { z } from 'zod';
import { appScopes } from '../identity/app-scopes.ts';

const scopes = z.array(z.enum(appScopes));

/** An app that acts for a person in one organization. */
export const connectedAppSchema = z.object({
  id: z.string(),
  /** What the app calls itself, which no one has verified. */
  name: z.string().nullable(),
  /** Where it was let in: the host that its browser went back to. */
  host: z.string(),
  scopes,
  /** For whom it acts. */
  person: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.string(),
  /** Moves on with each use of the app, to half a year after the consent at most. */
  expiresAt: z.string(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(),
  lastAddress: z.string().nullable(),
});
export type ConnectedAppView = z.output<typeof connectedAppSchema>;

/** What an app asks for, as its page shows it. */
export const appRequestSchema = z.object({
  app: z.object({ name: z.string().nullable(), host: z.string() }),
  scopes,
  /** Whoever is signed in; null: no one. */
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  /** Theirs, with what they may allow there. */
  organizations: z.array(z.object({ slug: z.string(), name: z.string(), scopes })),
});
export type AppRequest = z.output<typeof appRequestSchema>;

/** `person`: whom the page showed, so that no one answers for someone else. */
export const appAnswerSchema = z.discriminatedUnion('allow', [
  z.strictObject({ allow: z.literal(false) }),
  z.strictObject({
    allow: z.literal(true),
    person: z.string().max(128),
    tenant: z.string().max(200),
    scopes: scopes.min(1, 'needs one or more'),
  }),
]);
export type AppAnswer = z.output<typeof appAnswerSchema>;
