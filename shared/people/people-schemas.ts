import { z } from 'zod';
import { actorSchema, memberSchema } from '../identity/identity-schemas.ts';
import { keyDoors, memberRoles } from '../identity/roles.ts';
import { storableText } from '../platform/storable-text.ts';
import { languageSchema } from '../words/languages.ts';

export const personName = storableText.trim().min(1).max(100);
const role = z.enum(memberRoles);
/** In the order of their rights, each once. */
export const givenRoles = z
  .array(role)
  .min(1, 'needs one role or more')
  .max(memberRoles.length)
  .transform((given) => memberRoles.filter((each) => given.includes(each)));
export const mailLanguage = languageSchema.optional().describe('Of the mail; left out: English');
export const emailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email('is not an email address'));

/** What ends with a membership. */
export const heldSchema = z.object({
  /** Names of the API keys that this member is accountable for. */
  apiKeys: z.array(z.string()),
  /** Email addresses of the pending invitations that this member has made. */
  invitations: z.array(z.string()),
  claimedSteps: z.int(),
  /** They stay assigned to this member, and tenant admins can reassign them. */
  assignedSteps: z.int(),
});
export const memberDetailSchema = memberSchema.extend({ holds: heldSchema });

const named = z.object({ id: z.string(), name: z.string() });

export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  status: z.enum(['pending', 'expired']),
  invitedBy: actorSchema,
  createdAt: z.string(),
  expiresAt: z.string(),
});
export const newInvitationSchema = invitationSchema.extend({
  /** Works once. It is shown only here. */
  link: z.string(),
  /** Whether it was also sent by mail. */
  mail: z.enum(['sent', 'failed', 'not_configured']),
});

/** What the holder of a link learns. */
export const offerSchema = z.object({
  organization: z.string(),
  slug: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  invitedBy: z.string(),
  expiresAt: z.string(),
  /** An account with this address exists: its person signs in to accept. */
  hasAccount: z.boolean(),
});

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** How the key begins. */
  start: z.string(),
  /** `stopped`: no member is accountable for it any more. */
  status: z.enum(['active', 'expired', 'stopped', 'revoked']),
  roles: z.array(z.string()),
  /** Null: every tool. A tool that is gone has no name. */
  tools: z.array(named.extend({ name: z.string().nullable() })).nullable(),
  doors: z.array(z.enum(keyDoors)).nullable(),
  addresses: z.array(z.string()).nullable(),
  /** The key counts as this person, and does no more than they may. */
  accountable: named.nullable(),
  createdBy: actorSchema.nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(),
  lastAddress: z.string().nullable(),
  /** After a rotation: the key before works until then. */
  previousUntil: z.string().nullable(),
  revision: z.int(),
});
/** `key` is shown only here. */
export const newApiKeySchema = apiKeySchema.extend({ key: z.string() });

/** A list that limits a key; without it, the key is not limited. */
const limit = <T extends z.ZodType>(item: T) =>
  z.array(item).min(1, 'needs one entry or more; leave it out for no limit').max(50).optional();

export const createApiKeyInputSchema = z.object({
  name: personName,
  roles: givenRoles,
  /** Ids or names. A key that is limited to tools changes nothing else. */
  tools: limit(z.string().max(128)),
  doors: limit(z.enum(keyDoors)),
  /** Ranges such as `10.0.0.0/8`, or single addresses. */
  addresses: limit(z.string().max(64)),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** A member; the caller's person when it is left out. */
  accountableUserId: z.string().max(128).optional(),
});

export const sessionSchema = z.object({
  id: z.string(),
  /** "Chrome on Windows". */
  device: z.string(),
  address: z.string().nullable(),
  /** To the minute. */
  lastSeenAt: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** The one that asks. */
  current: z.boolean(),
});

export type Invitation = z.output<typeof invitationSchema>;
export type NewInvitation = z.output<typeof newInvitationSchema>;
export type Offer = z.output<typeof offerSchema>;
export type ApiKeyView = z.output<typeof apiKeySchema>;
export type AccountSession = z.output<typeof sessionSchema>;
