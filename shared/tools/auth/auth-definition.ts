import { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';

/** Where a request carries its credential. */
export interface AuthPlacement {
  in: 'header' | 'query' | 'cookie';
  name: string;
  /** Comes before the credential, such as `Bearer `. */
  prefix?: string;
}

/** The pure half of an auth kind. */
export interface AuthDefinition<Schema extends z.ZodObject = z.ZodObject> {
  label: string;
  /** As written by a caller: a secret in it goes to the vault and is replaced by `credentialId`. */
  schema: Schema;
  /** The property that holds the secret; a credential has one. Null for a kind without a secret. */
  secretField: (keyof z.output<Schema> & string) | null;
  /** Its credential may be without a secret. */
  optionalSecret?: true;
  /** Every text in a stored secret that must never be shown; by default the secret itself. */
  secretTexts?(secret: string): string[];
  /** A redirect cannot be followed: what the request carries is for this request alone. */
  refusesRedirects?: true;
  /** A tool with it takes the auth of its connector. */
  inherits?: true;
  /** Null: the request carries nothing. */
  placement(auth: z.output<Schema>): AuthPlacement | null;
  /** For a kind with more than one credential: where the others are. */
  furtherPlacements?(auth: z.output<Schema>): AuthPlacement[];
  /** The text at that place; by default the secret itself, or the token fetched with it. */
  encode?(auth: z.output<Schema>, secret: string, placement: AuthPlacement): string;
  /** URLs that get the secret besides the target of the tool. */
  secretUrls?(auth: z.output<Schema>): string[];
  /** Problems beyond the shape, each at its place below `basePath`. */
  check(auth: z.output<Schema>, basePath: string): Issue[];
}

/** For a kind with a secret: where the secret is written, and what replaces it once it is stored. */
export const secretSchema = z.string().min(1).max(8192).optional();
export const credentialIdSchema = z.uuid().toLowerCase().optional();

export function authIssue(path: string, message: string): Issue {
  return { path, message, keyword: 'auth' };
}
