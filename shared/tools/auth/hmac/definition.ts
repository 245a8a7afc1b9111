import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { headerNameProblem, headerValueProblem } from '../../http/headers.ts';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';

/** What a template of a signature may name. */
const facts = [
  'method',
  'host',
  'path',
  'query',
  'target',
  'timestamp',
  'nonce',
  'keyId',
  'body',
  'bodyDigest',
] as const;
/** What a header may say besides: the body is sent anyway. */
const headerFacts = [...facts.filter((fact) => fact !== 'body'), 'signature'] as const;
export type HmacFact = (typeof facts)[number];

const schema = z.strictObject({
  type: z.literal('hmac'),
  algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
  /** What is signed, such as `{timestamp}.{body}`. */
  signs: z.string().min(1).max(1024).default('{body}'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  /** The header with the signature. */
  header: z.string().min(1).max(128),
  /** What that header says, such as `sha256={signature}`. */
  format: z.string().min(1).max(512).default('{signature}'),
  /** Further headers, such as `{"X-Timestamp": "{timestamp}"}`. */
  headers: z.record(z.string(), z.string().max(512)).optional(),
  timestamp: z.enum(['seconds', 'milliseconds', 'iso']).default('seconds'),
  keyId: z.string().min(1).max(512).optional(),
  /** How the secret is written; the key is its bytes. */
  secretEncoding: z.enum(['text', 'base64', 'hex']).default('text'),
  secret: secretSchema,
  credentialId: credentialIdSchema,
});
type Hmac = z.output<typeof schema>;

/** Requests signed with an HMAC of what a template names. */
export const hmacAuth = {
  label: 'Signed requests (HMAC)',
  schema,
  secretField: 'secret',
  refusesRedirects: true,
  placement: ({ header, format }) => ({
    in: 'header',
    name: header,
    prefix: format.slice(0, Math.max(0, format.indexOf('{signature}'))),
  }),
  check: (auth, basePath) => [
    ...checkTemplate(auth.signs, facts, `${basePath}/signs`),
    ...checkHeader(auth.header, auth.format, `${basePath}/header`, `${basePath}/format`),
    ...(auth.format.includes('{signature}')
      ? []
      : [authIssue(`${basePath}/format`, 'Write {signature} where the signature comes')]),
    ...Object.entries(auth.headers ?? {}).flatMap(([name, value]) => {
      const path = pointer(`${basePath}/headers`, name);
      return checkHeader(name, value, path, path);
    }),
    ...checkSent(auth, basePath),
    ...checkKey(auth, basePath),
  ],
} satisfies AuthDefinition<typeof schema>;

/** The names between braces; everything else is literal. */
export const hmacTemplate = /\{(\w+)\}/g;

function checkTemplate(template: string, known: readonly string[], path: string): Issue[] {
  return [...template.matchAll(hmacTemplate)]
    .filter(([, name = '']) => !known.includes(name))
    .map(([, name]) => authIssue(path, `{${name}} is not known here (${known.join(', ')})`));
}

function checkHeader(name: string, value: string, namePath: string, valuePath: string): Issue[] {
  const problems = checkTemplate(value, headerFacts, valuePath);
  const nameProblem = headerNameProblem(name);
  if (nameProblem) problems.push(authIssue(namePath, nameProblem));
  const valueProblem = headerValueProblem(value);
  if (valueProblem) problems.push(authIssue(valuePath, `The value ${valueProblem}`));
  return problems;
}

/** The provider cannot compute the signature without what only Interlock knows. */
function checkSent({ signs, format, headers = {}, keyId }: Hmac, basePath: string): Issue[] {
  const sent = [format, ...Object.values(headers)].join(' ');
  const all = `${signs} ${sent}`;
  const issues = (['timestamp', 'nonce'] as const)
    .filter((fact) => signs.includes(`{${fact}}`) && !sent.includes(`{${fact}}`))
    .map((fact) => authIssue(`${basePath}/headers`, `{${fact}} is signed, so a header has to send it`));
  if (all.includes('{keyId}') && keyId === undefined)
    issues.push(authIssue(`${basePath}/keyId`, '{keyId} is used, so it is required'));
  const keyProblem = keyId === undefined ? null : headerValueProblem(keyId);
  if (keyProblem) issues.push(authIssue(`${basePath}/keyId`, `The value ${keyProblem}`));
  return issues;
}

function checkKey({ secret, secretEncoding }: Hmac, basePath: string): Issue[] {
  if (secret === undefined || secretEncoding === 'text') return [];
  const isValid =
    secretEncoding === 'hex'
      ? /^(?:[0-9a-f]{2})+$/i.test(secret)
      : /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(secret);
  return isValid ? [] : [authIssue(`${basePath}/secret`, `This is not ${secretEncoding}`)];
}
