/** Only variables with this prefix hold secrets of tools: no credential can point to another one. */
const pattern = /^INTERLOCK_SECRET_[A-Z0-9_]{1,64}$/;

export const isSecretVariable = (name: string): boolean => pattern.test(name);

/** The secret in the environment of this process; null: it is not set, or is empty. */
export function secretVariable(name: string): string | null {
  return (isSecretVariable(name) && process.env[name]) || null;
}
