import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, bytea, createdBy, json, jsonb, time } from '../../platform/db/columns.ts';
import type { CredentialHealthStatus } from '../credential-schemas.ts';
import type { ToolType } from '../tool-definition.ts';
import type { ToolTrial } from '../tool-trial.ts';

/** `tenant_id` is null for a credential of a global tool, which only the worker opens. */
export const credential = pgTable('credential', {
  id: uuid().primaryKey(),
  tenant_id: uuid(),
  name: text().notNull(),
  auth_type: text().notNull(),
  /** The auth without its secret; null on a row from before. */
  settings: json().$type<Record<string, unknown>>(),
  note: text().notNull().default(''),
  /** Hosts (`host:port`) this credential may be sent to. */
  allowed_hosts: text().array().notNull().default([]),
  /** Null: every method, every path. */
  methods: text().array(),
  path_prefixes: text().array(),
  expires_at: time(),
  /** When the next reminder of the expiry is due. */
  remind_at: time(),
  /** The secret is in this variable of the environment; the sealed one is empty. */
  variable: text(),
  current_version: integer().notNull().default(1),
  /** Tried until then when the provider refuses the current one; erased afterwards. */
  previous_version: integer(),
  previous_until: time(),
  revision: integer().notNull().default(1),
  health: text().$type<CredentialHealthStatus>(),
  health_message: text(),
  health_http_status: integer(),
  health_at: time(),
  /** Since when calls with the current value are refused, and with which status; null: they are not. */
  refused_since: time(),
  refused_http_status: integer(),
  test_method: text(),
  test_url: text(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  /** Null: nothing has changed since it was created by this version of the code. */
  updated_by_type: actorType(),
  updated_by_id: text(),
  updated_by_name: text(),
  updated_at: time().notNull().defaultNow(),
  archived_at: time(),
});

/** Immutable, except that it is sealed under another key, and erased when it is no longer used. */
export const credentialVersion = pgTable(
  'credential_version',
  {
    credential_id: uuid().notNull(),
    tenant_id: uuid(),
    version: integer().notNull(),
    /** Empty: erased, or in the environment. */
    sealed: bytea().notNull(),
    /** Null on a row from before. */
    created_by_type: actorType(),
    created_by_id: text(),
    created_by_name: text(),
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.credential_id, table.version] })],
);

/** An access token that processes share. `tenant_id` is null for the sign-in of a global credential. */
export const oauthToken = pgTable('oauth_token', {
  key: text().primaryKey(),
  tenant_id: uuid(),
  sealed: bytea(),
  /** Whether there is a refresh token. */
  renewable: boolean().notNull().default(false),
  usable_until: time(),
  generation: integer().notNull().default(0),
  claim: uuid(),
  claimed_until: time(),
  lost_at: time(),
  settings: text(),
  connected_by_type: actorType(),
  connected_by_id: text(),
  connected_by_name: text(),
  connected_at: time(),
  failure: text(),
  failed_at: time(),
  updated_at: time().notNull().defaultNow(),
});

/** A sign-in that someone has begun at a provider. */
export const oauthSignIn = pgTable('oauth_sign_in', {
  state_digest: text().primaryKey(),
  tenant_id: uuid().notNull(),
  credential_id: uuid().notNull(),
  session_digest: text().notNull(),
  sealed: bytea().notNull(),
  expires_at: time().notNull(),
});

/** `tenant_id` is null for a global connector. */
export const connector = pgTable('connector', {
  id: uuid().primaryKey(),
  tenant_id: uuid(),
  name: text().notNull(),
  definition: json().$type<Record<string, unknown>>().notNull(),
  format_version: integer().notNull(),
  revision: integer().notNull().default(1),
  archived_at: time(),
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
});

/** Immutable. A connector's row is at its current revision; the definition holds no secret. */
export const connectorRevision = pgTable(
  'connector_revision',
  {
    connector_id: uuid().notNull(),
    tenant_id: uuid(),
    revision: integer().notNull(),
    format_version: integer().notNull(),
    definition: json().$type<Record<string, unknown>>().notNull(),
    note: text(),
    ...createdBy,
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.connector_id, table.revision] })],
);

/** `tenant_id` is null for a global tool. The row copies what lists show; `toolVersion` holds the definition. */
export const tool = pgTable('tool', {
  id: uuid().primaryKey(),
  tenant_id: uuid(),
  name: text().notNull(),
  title: text().notNull(),
  description: text().notNull().default(''),
  type: text().$type<ToolType>().notNull(),
  category: text().notNull(),
  tags: text().array().notNull().default([]),
  current_version: integer().notNull().default(1),
  /** Which two versions share its calls; null: none do. */
  trial: jsonb().$type<ToolTrial>(),
  /** The version that is tested before it is published; null: none is. `current_version` is 0 before the first one is. */
  draft_version: integer(),
  archived_at: time(),
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
});

/** Immutable but for `draft`; `definition` is read through `upgradeDefinition`. */
export const toolVersion = pgTable(
  'tool_version',
  {
    tool_id: uuid().notNull(),
    tenant_id: uuid(),
    version: integer().notNull(),
    format_version: integer().notNull(),
    definition: json().$type<Record<string, unknown>>().notNull(),
    connector_id: uuid(),
    note: text(),
    /** It was never published: only tests may name it. */
    draft: boolean().notNull().default(false),
    ...createdBy,
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tool_id, table.version] })],
);

/** What a tenant has decided about a tool, global ones included. Without a row the tool is enabled. */
export const toolPolicy = pgTable(
  'tool_policy',
  {
    tenant_id: uuid().notNull(),
    tool_id: uuid().notNull(),
    enabled: boolean().notNull().default(true),
    updated_by_id: text().notNull(),
    updated_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.tool_id] })],
);

/** When the rate limit of a tool allows its next execution, for each tenant. */
export const toolRate = pgTable(
  'tool_rate',
  {
    tenant_id: uuid().notNull(),
    /** What is limited: a tool, a connector, or the tenant by its own id. */
    tool_id: uuid().notNull(),
    due_at: time().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.tool_id] })],
);
