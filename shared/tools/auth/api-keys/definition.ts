import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { type AuthDefinition, authIssue, credentialIdSchema } from '../auth-definition.ts';
import { keyNameProblems, keyValueProblems } from '../key-place.ts';

/** The keys by the names of their places, stored as JSON: they belong together, and are replaced together. */
const keysSchema = z.record(z.string().min(1).max(128), z.string().min(1).max(8192));

const schema = z.strictObject({
  type: z.literal('api_keys'),
  places: z
    .array(z.strictObject({ in: z.enum(['header', 'query']), name: z.string().min(1).max(128) }))
    .min(2)
    .max(4),
  keys: keysSchema.optional(),
  credentialId: credentialIdSchema,
});
type ApiKeys = z.output<typeof schema>;

/** Several keys in one request, such as a key and a token: one credential. */
export const apiKeysAuth = {
  label: 'Several API keys',
  schema,
  secretField: 'keys',
  secretTexts: (secret) => Object.values(readApiKeys(secret)),
  placement: ({ places: [first] }) => first ?? null,
  furtherPlacements: ({ places }) => places.slice(1),
  encode: (_auth, secret, { name }) => readApiKeys(secret)[name] ?? '',
  check: (auth, basePath) => [...placeProblems(auth, basePath), ...keyProblems(auth, basePath)],
} satisfies AuthDefinition<typeof schema>;

/** A stored secret of this kind. */
export function readApiKeys(secret: string): z.output<typeof keysSchema> {
  return keysSchema.parse(JSON.parse(secret));
}

function placeProblems({ places }: ApiKeys, basePath: string): Issue[] {
  const seen = new Set<string>();
  return places.flatMap(({ in: place, name }, index) => {
    const lower = name.toLowerCase();
    const problem = seen.has(lower) ? `${name} is there twice` : keyNameProblems[place](name);
    seen.add(lower);
    return problem === null ? [] : [authIssue(`${basePath}/places/${index}/name`, problem)];
  });
}

function keyProblems({ places, keys }: ApiKeys, basePath: string): Issue[] {
  if (keys === undefined) return [];
  const at = (name: string) => pointer(`${basePath}/keys`, name);
  const unknown = Object.keys(keys).filter((key) => !places.some(({ name }) => name === key));
  return [
    ...unknown.map((name) => authIssue(at(name), `No place is called ${name}`)),
    ...places.flatMap(({ in: place, name }) => {
      const value = Object.hasOwn(keys, name) ? keys[name] : undefined;
      const problem = value === undefined ? `The key ${name} is required` : keyValueProblems[place](value);
      return problem === null ? [] : [authIssue(at(name), problem)];
    }),
  ];
}
