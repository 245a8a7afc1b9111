/** The calls for signing in and out; better-auth serves them. */

export class SignInError extends Error {}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null) {
    if ('message' in body && typeof body.message === 'string') return body.message;
    if ('error' in body && typeof body.error === 'object' && body.error !== null && 'message' in body.error) {
      return String(body.error.message);
    }
  }
  return `The server responded with HTTP ${response.status}.`;
}

const post = (path: string, body: unknown) =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** @throws SignInError with a message for the person. */
export async function signIn(email: string, password: string): Promise<void> {
  let response: Response;
  try {
    response = await post('/api/auth/sign-in/email', { email, password });
  } catch {
    throw new SignInError('The server is unreachable. You are not signed in.');
  }
  if (response.ok) return;
  if (response.status === 401) throw new SignInError('Email and password do not match.');
  throw new SignInError(await messageOf(response));
}

/** Every other session of the account ends. @throws Error with a message for the person */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const response = await post('/api/auth/change-password', { currentPassword, newPassword });
  if (!response.ok) throw new Error(await messageOf(response));
}

export async function signOut(): Promise<void> {
  const response = await post('/api/auth/sign-out', {});
  if (!response.ok && response.status !== 401) throw new Error(await messageOf(response));
}

export interface DemoAccount {
  email: string;
  password: string;
  tenant: string;
  roles: string[];
  name?: string;
}

const isDemoAccount = (value: unknown): value is DemoAccount =>
  typeof value === 'object' && value !== null && 'email' in value && 'password' in value;

/** The accounts of the demo; outside the demo the endpoint does not exist and the list is empty. */
export async function demoAccounts(): Promise<DemoAccount[]> {
  const response = await fetch('/api/demo-accounts').catch(() => null);
  if (!response?.ok) return [];
  const body: unknown = await response.json().catch(() => null);
  const list: unknown = Array.isArray(body)
    ? body
    : typeof body === 'object' && body !== null && 'accounts' in body
      ? body.accounts
      : [];
  return Array.isArray(list) ? list.filter(isDemoAccount) : [];
}
