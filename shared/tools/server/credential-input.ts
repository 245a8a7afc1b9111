import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { parseHostPort } from '../../platform/host-port.ts';
import {
  type AnyAuth,
  authDefinitionOf,
  authHosts,
  authSchema,
  checkAuth,
  everyAuthDefinition,
  secretOf,
} from '../auth/registry.ts';
import { readPathPrefix } from '../credential-limits.ts';
import type { SecretValue } from '../credential-schemas.ts';
import { hostPortOf } from '../http/url.ts';
import { checkSecret } from './secret-rules.ts';
import { isSecretVariable } from './secret-variables.ts';

/** Collects every problem of what was sent, each at its place. */
export class CredentialProblems {
  readonly issues: Issue[] = [];

  add(path: string, message: string, keyword = 'credential'): void {
    this.issues.push({ path, message, keyword });
  }

  /** @throws InterlockError `invalid_input` */
  refuse(): void {
    if (this.issues.length === 0) return;
    throw new InterlockError('invalid_input', 'Invalid credential.', { issues: this.issues });
  }
}

export interface SentAuth {
  auth?: Record<string, unknown> | undefined;
  type?: string | undefined;
  value?: SecretValue | undefined;
  variable?: string | undefined;
}

/**
 * The auth of a credential that is created: a kind with a secret, which is in the block, in `value` or in the environment.
 * @returns null when it is not valid
 */
export function readAuth(sent: SentAuth, problems: CredentialProblems): AnyAuth | null {
  const { auth = { type: sent.type }, value, variable } = sent;
  const type = String(auth.type);
  const known = everyAuthDefinition().filter(([, { secretField }]) => secretField !== null);
  const kind = known.find(([each]) => each === type)?.[1];
  if (!kind) {
    const kinds = known.map(([each]) => each).join(', ');
    problems.add('/auth/type', `Choose the kind of the credential: ${kinds}`, 'enum');
    return null;
  }
  const field = kind.secretField!;
  const given = [auth[field], value, variable].filter((each) => each !== undefined);
  const isMissing = given.length === 0 && kind.optionalSecret !== true;
  if (isMissing || given.length > 1)
    problems.add(
      '/value',
      given.length === 0
        ? 'The secret is required'
        : 'Send the secret once: in auth, in value or as variable',
      'required',
    );
  if (variable !== undefined && !isSecretVariable(variable))
    problems.add('/variable', 'The variable must begin with INTERLOCK_SECRET_ (A-Z, 0-9 and _)');
  return parseAuth(value === undefined ? auth : { ...auth, [field]: value }, problems);
}

/** An auth block of any kind, in which the secret may be missing. @returns null when it is not valid */
export function parseAuth(block: Record<string, unknown>, problems: CredentialProblems): AnyAuth | null {
  const parsed = authSchema.safeParse(block);
  if (!parsed.success) {
    for (const { path, message, code } of parsed.error.issues)
      problems.add(['/auth', ...path].join('/'), message, code);
    return null;
  }
  const auth: AnyAuth = parsed.data;
  if (secretOf(auth).credentialId !== undefined)
    problems.add('/auth/credentialId', 'A credential cannot point to another one');
  problems.issues.push(...checkAuth(auth, { secretRequired: false }), ...checkSecret(auth));
  return auth;
}

/** A new secret of a credential that exists, as it is sealed. Its problems are at `/value`. */
export function readValue(
  { type, settings }: { type: string; settings: Record<string, unknown> | null },
  value: SecretValue,
  problems: CredentialProblems,
): string {
  const field = authDefinitionOf({ type }).secretField!;
  const found = new CredentialProblems();
  const auth = { ...settings, type, [field]: value };
  // A credential from before has no settings: then only what concerns the secret is known.
  parseAuth(auth, found);
  const at = `/auth/${field}`;
  for (const { path, message, keyword } of found.issues)
    if (path === at || path.startsWith(`${at}/`))
      problems.add(`/value${path.slice(at.length)}`, message, keyword);
  const { secret } = secretOf(auth);
  if (secret === undefined) problems.add('/value', 'The secret of this kind has another form', 'type');
  return secret ?? '';
}

/** `host:port` of every host; that of a token URL is always among them. */
export function readHosts(
  sent: readonly string[],
  auth: AnyAuth | null,
  problems: CredentialProblems,
): string[] {
  const hosts = sent.flatMap((entry, index) => {
    const host = readHost(entry);
    if (host === null)
      problems.add(
        `/allowedHosts/${index}`,
        `${entry} is not a host, such as pay.example or pay.example:8443`,
      );
    return host ?? [];
  });
  if (sent.length === 0)
    problems.add('/allowedHosts', 'Name at least one host that it may be sent to', 'minItems');
  return auth ? authHosts(auth, hosts) : [...new Set(hosts)];
}

function readHost(entry: string): string | null {
  const text = entry.trim();
  if (/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(text)) return URL.canParse(text) ? hostPortOf(text) : null;
  return parseHostPort(/:\d+$/.test(text) ? text : `${text}:443`)?.hostPort ?? null;
}

export function readPathPrefixes(
  sent: readonly string[] | null,
  problems: CredentialProblems,
): string[] | null {
  if (sent === null) return null;
  return sent.flatMap((entry, index) => {
    const prefix = readPathPrefix(entry.trim());
    if (prefix === null)
      problems.add(`/pathPrefixes/${index}`, `${entry} is not a path, such as /v1/refunds`);
    return prefix ?? [];
  });
}
