import type { Issue } from '../../platform/error-codes.ts';
import { isScalar, type JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { knownSecretKind } from '../../platform/redaction/redaction-patterns.ts';
import { parseTemplate, TemplateSyntaxError } from '../template.ts';

/*
 * A definition is stored in clear text and everyone in the organization can read it, so secrets belong to the vault.
 * What looks like one is refused when a definition is saved; stored definitions keep running.
 */

/** Problems of a header's template. */
export function checkHeaderSecrets(name: string, template: string, path: string): Issue[] {
  const literal = literalOf(template);
  if (name.toLowerCase() === 'cookie') return checkCookies(literal, path);
  if (/^\s*(?:bearer|basic|token|apikey|negotiate)\s+[^\s\0]+\s*$/i.test(literal))
    return [issue(path, 'This looks like the value of an Authorization header')];
  const named = isSecretName(name) || isSecretHeader(name);
  return found(path, secretKind(literal, named ? name : null));
}

function checkCookies(literal: string, path: string): Issue[] {
  const pairs = literal.split(';').map((pair) => pair.split('='));
  const kinds = pairs.map(([name = '', ...value]) => {
    const named = isSecretName(name) || /(?:^|[-_.])(?:sid|session|auth)$|sess(?:ion)?id$/i.test(name.trim());
    return secretKind(value.join('='), named ? name.trim() : null);
  });
  return found(path, kinds.find((kind) => kind !== null) ?? null);
}

/** Problems of a JSON template: a query parameter or a body. `name` is the key that it belongs to. */
export function checkJsonSecrets(value: JsonValue, path: string, name: string | null = null): Issue[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => checkJsonSecrets(item, pointer(path, index), name));
  if (!isScalar(value))
    return Object.entries(value).flatMap(([key, item]) => checkJsonSecrets(item, pointer(path, key), key));
  if (value === null || typeof value === 'boolean') return [];
  const named = name !== null && isSecretName(name) ? name : null;
  return found(path, secretKind(literalOf(String(value)), named));
}

/** Problems of a URL, a path or a query that may hold templates; the host does not count. */
export function checkUrlSecrets(url: string, path: string): Issue[] {
  const [, pathname = '', query = ''] =
    /^(?:[a-z]+:\/\/[^/?#]*)?([^?#]*)\??([^#]*)/i.exec(literalOf(url)) ?? [];
  const segments = pathname.split('/').map((segment) => secretKind(decoded(segment), null));
  const parameters = query.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=').map(decoded);
    return secretKind(value.join('='), isSecretName(name) ? name : null);
  });
  return found(path, [...segments, ...parameters].find((kind) => kind !== null) ?? null);
}

function found(path: string, kind: string | null): Issue[] {
  return kind === null ? [] : [issue(path, kind)];
}

function issue(path: string, what: string): Issue {
  return {
    path,
    message: `${what}. Put it under auth. If auth cannot carry it, make it an input`,
    keyword: 'secret',
  };
}

/** Marks an input in a literal. PostgreSQL cannot store it, so no definition has one of its own. */
const input = '\0';

/** The text of a template without its inputs. A template that is not well formed is all literal. */
function literalOf(template: string): string {
  try {
    return parseTemplate(template)
      .map((part) => ('literal' in part ? part.literal : input))
      .join('');
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return template;
  }
}

/** Values that a secret never has, although the name of their field suggests one. */
const harmless = /^(?:|true|false|null|none|no-?check|fetch|required|optional)$/i;

/**
 * What says that a literal is a secret; never its value.
 * @param name of the header or field, when it is a name for secrets
 */
function secretKind(literal: string, name: string | null): string | null {
  if (name !== null && !literal.includes(input) && !harmless.test(literal.trim()))
    return `${name} holds a secret in clear text`;
  const kind = knownSecretKind(literal);
  if (kind !== null) return `This looks like ${kind}`;
  if (/:\/\/[^\s/?#@:\0]{0,256}:[^\s/?#@\0]{1,256}@/.test(literal))
    return 'This looks like a URL with a password';
  const field = assignedSecret(literal);
  if (field !== null) return `${field} holds a secret in clear text`;
  return hasRandomText(literal) ? 'This looks like a random key or token' : null;
}

/** `password=…`, `"password": "…"` and `<password>…<` in a text; a colon in prose does not count. */
const assignments = [
  /(?<![\w.-])([\w.-]{1,64})\\?["']?(?:\s{0,4}:\s{0,4}\\?["']|=\\?["']?)([^\s"'\\&;,<>\0]+)(\0?)/g,
  /<(?:[\w-]{1,64}:)?([\w.-]{1,64})(?:\s[^<>]{0,256})?>([^<>\0]{1,256})(\0?)/g,
];

function assignedSecret(text: string): string | null {
  for (const pattern of assignments) {
    for (const [, name = '', value = '', more] of text.matchAll(pattern)) {
      if (more === '' && isSecretName(name) && !harmless.test(value.trim())) return name;
    }
  }
  return null;
}

const secretName =
  /(?:password|passwd|passphrase|secret|(?:^|-)(?:pwd|token|jwt|credentials?|api-?key|session-?id|(?:access|secret|private|auth|subscription|functions|rapidapi|app|application|master|license|encryption|signing|webhook|shared)-key))\d*$/;
/** Tokens that are no secrets: positions in a list, words of a language model, guards against forged requests. */
const publicToken =
  /(?:^|-)(?:page|next|previous|continuation|sync|cursor|csrf|xsrf|atlassian|stop|start|end|pad|eos|bos|unk|mask|sep|cls)-token$/;

/** Whether a field of this name usually holds a secret: `apiKey`, `client_secret`. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return secretName.test(words) && !publicToken.test(words);
}

/** Headers such as x-functions-key, PRIVATE-KEY, x-auth. */
function isSecretHeader(name: string): boolean {
  const words = wordsOf(name);
  if (/^(?:x-)?auth(?:entication|orization)?$/.test(words)) return true;
  return (
    /-key$/.test(words) && !/(?:cache|sort|partition|surrogate|routing|public|group|row)-key$/.test(words)
  );
}

/** `apiKey`, `API_KEY` and `Api.Key` are `api-key`. */
function wordsOf(name: string): string {
  return name
    .trim()
    .slice(0, 256)
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, (_, lower = '', upper = '', last = '') =>
      lower ? `${lower}-${upper}` : `${last}-`,
    )
    .replace(/[_.\s]/g, '-')
    .toLowerCase();
}

/** Longer runs are files rather than keys. */
const longestKey = 512;

/** Whether a text has a run of 24 characters or more that no person wrote: random letters and digits. */
export function hasRandomText(text: string): boolean {
  // In paths a slash separates, in base64 it is a letter.
  const runs = /:\/\/|^\//.test(text) ? /[\w+=-]{24}[\w+=-]*/g : /[\w+/=-]{24}[\w+/=-]*/g;
  for (const match of text.matchAll(runs)) {
    const [run] = match;
    if (run.length <= longestKey && !text.slice(0, match.index).endsWith('base64,') && isRandom(run))
      return true;
  }
  return false;
}

/** UUIDs, hashes and trace ids; ULIDs. */
const wellKnownIds = [/^[\da-f]+$/i, /^[0-7][\dA-HJKMNP-TV-Z]{25}$/];

/**
 * Random text has many different characters and changes often between letters, digits and cases, where a person writes
 * words and numbers. Measured: of random texts of 24 characters 98% are found, 92% of those in one case; of 40
 * characters 99% and 96%.
 */
function isRandom(run: string): boolean {
  const bare = run.replace(/[-_+/=]/g, '');
  if (bare.length < 20 || !/\d/.test(bare) || !/[A-Za-z]/.test(bare)) return false;
  if (wellKnownIds.some((id) => id.test(bare))) return false;
  const changes = run.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])/g)?.length ?? 0;
  return changes >= bare.length * 0.24 && entropy(bare) >= 3.5;
}

/** Bits per character (Shannon). */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
