import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { cookieValueProblem } from '../../http/cookies.ts';
import { headerNameProblem, headerValueProblem } from '../../http/headers.ts';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';

const schema = z.strictObject({
  type: z.literal('api_key'),
  in: z.enum(['header', 'query', 'cookie']),
  name: z.string().min(1).max(128),
  value: secretSchema,
  credentialId: credentialIdSchema,
});

/** A key in a header, a query parameter or a cookie. */
export const apiKeyAuth = {
  label: 'API key',
  schema,
  secretField: 'value',
  placement: (auth) => ({ in: auth.in, name: auth.name }),
  check: (auth, basePath) => [
    ...problemAt(`${basePath}/name`, nameProblems[auth.in](auth.name)),
    ...problemAt(`${basePath}/value`, auth.value === undefined ? null : valueProblems[auth.in](auth.value)),
  ],
} satisfies AuthDefinition<typeof schema>;

type Place = z.output<typeof schema>['in'];

const nameProblems: Record<Place, (name: string) => string | null> = {
  header: headerNameProblem,
  query: () => null,
  cookie: (name) => (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) ? null : 'Invalid cookie name'),
};

const valueProblems: Record<Place, (value: string) => string | null> = {
  header: (value) => {
    const problem = headerValueProblem(value);
    return problem && `The value ${problem}`;
  },
  query: () => null,
  cookie: (value) => {
    const problem = value === '' ? 'must not be empty' : cookieValueProblem(value);
    return problem && `A cookie ${problem}`;
  },
};

function problemAt(path: string, problem: string | null): Issue[] {
  return problem ? [authIssue(path, problem)] : [];
}
