import { said } from '../words/said.ts';
import { t } from '../words/words.ts';
/** The calls for signing in and out; better-auth serves them. */

export class SignInError extends Error {}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === 'object' && body !== null) {
    if ('message' in body && typeof body.message === 'string') return said(body.message);
    if ('error' in body && typeof body.error === 'object' && body.error !== null && 'message' in body.error) {
      return said(String(body.error.message));
    }
  }
  return t`The server responded with HTTP ${response.status}.`;
}

const post = (path: string, body: unknown) =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Sends one account request. @throws SignInError with a message for the person */
async function send(path: string, body: unknown, refused = ''): Promise<unknown> {
  let response: Response;
  try {
    response = await post(`/api/auth/${path}`, body);
  } catch {
    throw new SignInError(t('The server is unreachable. Nothing was changed.'));
  }
  if (response.ok) return response.json().catch(() => null);
  if (refused && response.status === 401) throw new SignInError(refused);
  throw new SignInError(await messageOf(response));
}

async function read(path: string): Promise<unknown> {
  const response = await fetch(`/api/auth/${path}`);
  if (!response.ok) throw new SignInError(await messageOf(response));
  return response.json();
}

const hasText = <K extends string>(value: unknown, key: K): value is Record<K, string> =>
  typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[key] === 'string';

/** @returns whether a code of a second factor is needed too */
export async function signIn(email: string, password: string): Promise<{ needsCode: boolean }> {
  const answer = await send('sign-in/email', { email, password }, t('Email and password do not match.'));
  const needsCode = typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
  return { needsCode };
}

/** The second half of a sign-in: six digits of an authenticator app, or else a backup code. */
export async function sendCode(code: string): Promise<void> {
  const digits = code.replace(/\s/g, '');
  const isBackup = !/^\d{6}$/.test(digits);
  await send(
    isBackup ? 'two-factor/verify-backup-code' : 'two-factor/verify-totp',
    { code: isBackup ? code.trim() : digits },
    isBackup
      ? t('This backup code is wrong or was used before.')
      : t('This code is wrong or has expired. If you tried several times, sign in again from the start.'),
  );
}

/** Browsers know no passkeys for a bare address. */
export const passkeysWork = (): boolean =>
  'PublicKeyCredential' in window && /[a-z]/i.test(location.hostname) && !location.hostname.includes(':');

/** @throws SignInError; an Error named NotAllowedError when the person has cancelled */
export async function signInWithPasskey(): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const options = await read('passkey/generate-authenticate-options');
  const optionsJSON = options as Parameters<typeof startAuthentication>[0]['optionsJSON'];
  const response = await startAuthentication({ optionsJSON });
  await send('passkey/verify-authentication', { response }, t('This passkey is not known here.'));
}

/** Adds a passkey of this device to the account. */
export async function addPasskey(name: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const options = await read('passkey/generate-register-options');
  const optionsJSON = options as Parameters<typeof startRegistration>[0]['optionsJSON'];
  const response = await startRegistration({ optionsJSON });
  await send('passkey/verify-registration', { response, name });
}

export interface Passkey {
  id: string;
  name: string | null;
  createdAt: string | null;
}

export async function listPasskeys(): Promise<Passkey[]> {
  return (await read('passkey/list-user-passkeys')) as Passkey[];
}

export const removePasskey = (id: string) => send('passkey/delete-passkey', { id });

/** Whether a second factor is needed to sign in. */
export async function hasSecondFactor(): Promise<boolean> {
  const session = (await read('get-session')) as { user?: { twoFactorEnabled?: boolean } } | null;
  return session?.user?.twoFactorEnabled === true;
}

export interface NewSecondFactor {
  /** An `otpauth:` address for the authenticator app. */
  uri: string;
  backupCodes: string[];
}

/** Begins: the app counts once `sendCode` has confirmed it. */
export async function beginSecondFactor(password: string): Promise<NewSecondFactor> {
  const answer = await send('two-factor/enable', { password });
  if (!hasText(answer, 'totpURI')) throw new SignInError('The server has returned no secret.');
  return { uri: answer.totpURI, backupCodes: (answer as { backupCodes?: string[] }).backupCodes ?? [] };
}

export const removeSecondFactor = (password: string) => send('two-factor/disable', { password });

export async function renewBackupCodes(password: string): Promise<string[]> {
  const answer = await send('two-factor/generate-backup-codes', { password });
  return (answer as { backupCodes?: string[] }).backupCodes ?? [];
}

/** Single sign-on, where it is configured. */
export async function singleSignOn(): Promise<{ name: string } | null> {
  const methods = (await read('methods').catch(() => null)) as { singleSignOn?: { name: string } } | null;
  return methods?.singleSignOn ?? null;
}

/** Leaves for the sign-in page of the provider, which leads back to `to`. */
export async function beginSingleSignOn(to: string): Promise<void> {
  const answer = await send('single-sign-on', { to });
  if (!hasText(answer, 'url')) throw new SignInError('The server has returned no address.');
  location.assign(answer.url);
}

/** Every other session of the account ends. @throws Error with a message for the person */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  const response = await post('/api/auth/change-password', { currentPassword, newPassword });
  if (!response.ok) throw new Error(await messageOf(response));
}

export async function signOut(): Promise<void> {
  const response = await post('/api/auth/sign-out', {});
  if (!response.ok && response.status !== 401) throw new Error(await messageOf(response));
  // The server sends nothing to this browser any more.
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const subscription = await registration?.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
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
