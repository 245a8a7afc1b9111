/** "any operator": someone with this role. */
export const anyOf = (role: string): string => `any ${wordOf(role)}`;

/** "operators": the people with this role. */
export const peopleWith = (role: string): string => `${wordOf(role)}s`;

const wordOf = (role: string): string => role.replaceAll('_', ' ');

/** "any operator" as it begins a sentence; names stay as they are. */
export const atBeginning = (who: string): string => who.replace(/^any /, 'Any ');
