import { cookieValueProblem } from '../http/cookies.ts';
import { headerNameProblem, headerValueProblem } from '../http/headers.ts';
import type { AuthPlacement } from './auth-definition.ts';

type Place = AuthPlacement['in'];

/** Why a key cannot be sent under this name, or null. */
export const keyNameProblems: Record<Place, (name: string) => string | null> = {
  header: headerNameProblem,
  query: () => null,
  cookie: (name) => (/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) ? null : 'Invalid cookie name'),
};

/** Why a key cannot be sent there, or null. */
export const keyValueProblems: Record<Place, (value: string) => string | null> = {
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
