import { z } from 'zod';
import { actorSchema } from '../../../identity/identity-schemas.ts';

/** The sign-in behind a credential of kind `oauth2_authorization_code`. */
export const connectionSchema = z.object({
  status: z.enum(['not_connected', 'connected', 'reconnect']),
  /** The same for people. */
  words: z.string(),
  /** Who signed in last. */
  connectedBy: actorSchema.nullable(),
  connectedAt: z.iso.datetime().nullable(),
  /** When the present access token ends. */
  expiresAt: z.iso.datetime().nullable(),
  /** Whether there is a refresh token, so that no one has to sign in when the access token ends. */
  renewable: z.boolean(),
});
export type Connection = z.infer<typeof connectionSchema>;

export interface SignIn {
  connectedBy: z.infer<typeof actorSchema>;
  connectedAt: Date;
  usableUntil: Date | null;
  renewable: boolean;
  failure: string | null;
}

/** What a sign-in is worth at a time. @param signIn null when no one has signed in */
export function connectionOf(signIn: SignIn | null, now: Date): Connection {
  if (!signIn) {
    return {
      status: 'not_connected',
      words: 'Not connected. No one has signed in at the provider yet.',
      connectedBy: null,
      connectedAt: null,
      expiresAt: null,
      renewable: false,
    };
  }
  const { connectedBy, connectedAt, usableUntil, renewable, failure } = signIn;
  const facts = {
    connectedBy,
    connectedAt: connectedAt.toISOString(),
    expiresAt: usableUntil?.toISOString() ?? null,
    renewable,
  };
  const ended = !renewable && (usableUntil === null || usableUntil <= now);
  const why = failure ?? (ended ? 'The access has ended, and the provider gave no refresh token.' : null);
  if (why !== null) return { ...facts, status: 'reconnect', words: reconnectWords(connectedBy.name, why) };
  return { ...facts, status: 'connected', words: `Connected by ${connectedBy.name}.` };
}

/** "Reconnect: Ada has to sign in again. The access was revoked." */
export const reconnectWords = (name: string, why: string): string =>
  `Reconnect: ${name} has to sign in again. ${why}`;
