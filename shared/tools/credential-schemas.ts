import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { authViewSchema } from './auth/auth-view.ts';
import { httpMethods } from './providers/http/config.ts';

/** The shapes of credentials that tRPC, REST and the typed client share. Times are ISO 8601 in UTC. No value is in any of them. */
const time = z.string();

/**
 * What the last test found. `ok`: accepted. `refused`: the provider does not accept it. `unclear`: the provider responded
 * with something that shows neither. `unreachable`: there was no response.
 */
export const credentialHealthStatuses = ['ok', 'refused', 'unclear', 'unreachable'] as const;
export type CredentialHealthStatus = (typeof credentialHealthStatuses)[number];

/** Its service checks these, so that every issue is reported at once. */
export const credentialFields = {
  name: z.string().trim().min(1).max(128),
  /** `host:port`, `host` (port 443) or a URL without a path. */
  allowedHosts: z.array(z.string().min(1).max(260)).max(50),
  /** Null: every method. */
  methods: z.array(z.enum(httpMethods)).min(1).nullable(),
  /** Null: every path. */
  pathPrefixes: z.array(z.string().min(1).max(512)).min(1).max(50).nullable(),
  expiresAt: isoTimeSchema.nullable(),
  note: z.string().max(1000),
};

/** A text, or what a kind with several parts takes in its place. */
const secretValue = z.union([z.string().min(1).max(65_536), z.record(z.string(), z.unknown())]);
export type SecretValue = z.output<typeof secretValue>;
const authBlock = z.record(z.string(), z.unknown());

export const createCredentialInputSchema = z.object({
  name: credentialFields.name,
  /** The kind with its fields, as in a tool; its secret here or in `value`. */
  auth: authBlock.optional(),
  /** The kind alone, when it has no other fields. */
  type: z.string().optional(),
  value: secretValue.optional(),
  /** The secret is in this variable of the worker's environment instead; only of a global credential. */
  variable: z.string().max(128).optional(),
  scope: z.enum(['tenant', 'global']).default('tenant'),
  allowedHosts: credentialFields.allowedHosts,
  methods: credentialFields.methods.default(null),
  pathPrefixes: credentialFields.pathPrefixes.default(null),
  expiresAt: credentialFields.expiresAt.default(null),
  note: credentialFields.note.default(''),
  idempotencyKey: z.string().min(1).max(255).optional(),
});
export type CreateCredentialInput = z.output<typeof createCredentialInputSchema>;

/** What is left out stays. */
export const updateCredentialInputSchema = z.object({
  name: credentialFields.name.optional(),
  allowedHosts: credentialFields.allowedHosts.optional(),
  /** Required for a new host: the secret is entered again, as a new version. */
  value: secretValue.optional(),
  methods: credentialFields.methods.optional(),
  pathPrefixes: credentialFields.pathPrefixes.optional(),
  expiresAt: credentialFields.expiresAt.optional(),
  note: credentialFields.note.optional(),
});
export type UpdateCredentialInput = z.output<typeof updateCredentialInputSchema>;

const day = 24 * 60 * 60;

export const rotateCredentialInputSchema = z.object({
  value: secretValue,
  /** How long the replaced value is tried when the provider refuses the new one with 401. */
  overlapSeconds: z.coerce
    .number()
    .int()
    .min(0)
    .max(30 * day)
    .default(0),
  /** Of the new value. Left out: it has the old one's, unless that has passed. */
  expiresAt: credentialFields.expiresAt.optional(),
});
export type RotateCredentialInput = z.output<typeof rotateCredentialInputSchema>;

/** Methods that change nothing: a test is only to show whether the credential is accepted. */
export const testMethods = ['GET', 'HEAD'] as const;

export const testCredentialInputSchema = z.object({
  method: z.enum(testMethods).optional(),
  /** Left out: the endpoint of the last test. */
  url: z.string().min(1).max(2048).optional(),
  /** How the request carries it, for a credential that was stored with a tool and does not say so. */
  auth: authBlock.optional(),
});
export type TestCredentialInput = z.output<typeof testCredentialInputSchema>;

export const credentialListInputSchema = z.object({
  scope: z.enum(['tenant', 'global']).default('tenant'),
  type: z.string().max(64).optional(),
  health: z.enum([...credentialHealthStatuses, 'untested']).optional(),
  expiry: z.enum(['soon', 'expired']).optional(),
  q: z.string().max(200).optional(),
  ...pageInput,
});

export const credentialHealthSchema = z.object({
  status: z.enum(credentialHealthStatuses),
  /** In words; holds no secret. */
  message: z.string(),
  httpStatus: z.int().nullable(),
  checkedAt: time,
});

export const credentialSchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(['tenant', 'global']),
  /** The kind of auth. */
  type: z.string(),
  /** How a request carries it; null: only the tools that use it say so. */
  auth: authViewSchema.nullable(),
  allowedHosts: z.array(z.string()),
  methods: z.array(z.string()).nullable(),
  pathPrefixes: z.array(z.string()).nullable(),
  note: z.string(),
  expiresAt: time.nullable(),
  expiry: z.enum(['none', 'valid', 'soon', 'expired']),
  /** Null: never tested. */
  health: credentialHealthSchema.nullable(),
  /** Calls with the current value are refused, with this status, and none was accepted since; null: they are not. */
  refused: z.object({ since: time, httpStatus: z.int().nullable() }).nullable(),
  /** The endpoint of the last test. */
  test: z.object({ method: z.string(), url: z.string() }).nullable(),
  /** The secret is in the environment of the worker; `set`: in that of this process. */
  variable: z.object({ name: z.string(), set: z.boolean() }).nullable(),
  /** False: it was created by files, and calls with it are refused until a value is entered. */
  hasValue: z.boolean(),
  version: z.int(),
  /** While a rotation overlaps: the version that is tried too, and until when. */
  previous: z.object({ version: z.int(), until: time }).nullable(),
  /** Current versions of tools and connectors. */
  usedBy: z.int(),
  lastUsedAt: time.nullable(),
  revision: z.int(),
  createdAt: time,
  createdBy: actorSchema,
  updatedAt: time,
  updatedBy: actorSchema,
});
export type CredentialView = z.output<typeof credentialSchema>;

export const credentialVersionSchema = z.object({
  version: z.int(),
  state: z.enum(['current', 'overlap', 'erased', 'replaced']),
  createdAt: time,
  createdBy: actorSchema.nullable(),
});

export const credentialUsesSchema = z.object({
  tools: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string(),
      /** Those of its versions that use the credential. */
      versions: z.array(z.int()),
      /** Its current version is among them. */
      current: z.boolean(),
    }),
  ),
  connectors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Revisions. */
      versions: z.array(z.int()),
      current: z.boolean(),
    }),
  ),
});
export type CredentialUses = z.output<typeof credentialUsesSchema>;

/** One attempt that opened the credential. */
export const credentialAccessSchema = z.object({
  id: z.string(),
  at: time,
  executionId: z.string(),
  attempt: z.int(),
  /** Of the credential; null on an entry from before versions were noted. */
  version: z.int().nullable(),
  tool: z.object({ id: z.string(), name: z.string(), title: z.string() }).nullable(),
});
