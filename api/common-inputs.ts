import { z } from 'zod';
import { readIfMatch } from '../shared/platform/if-match.ts';
import type { JsonValue } from '../shared/platform/json.ts';

export const byId = z.object({ id: z.string() });

/** A definition or document. Its service checks it whole, so that every issue is reported at once and at its place. */
export const anyObject = z.record(z.string(), z.unknown());

/** `If-Match`: the change is made only if this is still the state. @throws InterlockError `bad_request` when it is malformed */
export const ifMatch = z.string().transform(readIfMatch).optional();

/** A flag in a query string or a body. */
export const flag = z.union([z.boolean(), z.stringbool()]).default(false);

/** The version of a tool or a playbook: an `integer` of PostgreSQL. */
export const versionNumber = z.coerce.number().int().min(1).max(2_147_483_647);

/** The response of a list that is short enough to be sent whole. */
export const wholeList = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.null() });

/** An input that zod knows as `unknown`; it was parsed from JSON. */
export const optionalJson = (value: unknown) => value as JsonValue | undefined;

/** A request body without a payload is one without inputs. */
export const payloadOf = (value: unknown): JsonValue => optionalJson(value) ?? {};
