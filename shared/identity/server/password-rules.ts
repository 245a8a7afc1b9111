import { dictionary } from '@zxcvbn-ts/language-common';
import { demoPassword } from '../demo-password.ts';

export const minPasswordLength = 10;
export const maxPasswordLength = 128;

// In lower case, the most common first, as published leaks have them.
const common = new Set<string>(dictionary['passwords-common']);
const veryCommon = new Set<string>(dictionary['passwords-common'].slice(0, 2_000));

/** Why a password cannot be used; null when it can. Its length and the list count, not the kinds of its characters. */
export function passwordProblem(password: string): string | null {
  if (password.length < minPasswordLength)
    return `The password needs ${minPasswordLength} characters or more.`;
  if (password.length > maxPasswordLength)
    return `The password can have ${maxPasswordLength} characters at most.`;
  const lower = password.toLowerCase();
  // "password123!" is as easy to guess as "password".
  const word = lower.replace(/[\d\W_]+$/, '');
  if (common.has(lower) || veryCommon.has(word) || new Set(lower).size < 3)
    return 'This password is on the list of common passwords. Choose another one.';
  return null;
}

/** The same for a password that a person chooses: everyone knows that of the demo. */
export function chosenPasswordProblem(password: string): string | null {
  return password.toLowerCase() === demoPassword
    ? 'This is the password of the demo. Choose another one.'
    : passwordProblem(password);
}
