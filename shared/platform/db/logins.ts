import { createHash, createHmac } from 'node:crypto';

/** Each role of the processes has a login of its own, which can work as no other. */
export const databaseRoles = ['app', 'system', 'auth'] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

/** A connection string for each role. */
export type DatabaseUrls = Record<DatabaseRole, string>;
export type DatabasePasswords = Record<DatabaseRole, string>;

/** PostgreSQL cuts names off after 63 bytes. */
const maxDatabaseName = 48;

/** Logins belong to the whole cluster, so their names contain the database: two deployments share none. */
export function loginName(database: string, role: DatabaseRole): string {
  const short = Buffer.byteLength(database) <= maxDatabaseName;
  const base = short
    ? database
    : `interlock_${createHash('sha256').update(database).digest('hex').slice(0, 16)}`;
  return `${base}_${role}_login`;
}

/** The passwords of a deployment that has one secret. None can be found from another, but those of `app`. */
export function passwordsFrom(app: string): DatabasePasswords {
  const derived = (role: DatabaseRole) =>
    createHmac('sha256', app).update(`interlock_${role}`).digest('base64url');
  return { app, system: derived('system'), auth: derived('auth') };
}

/**
 * The connection strings of such a deployment: those of the other logins follow from that of the login
 * `<database>_app_login`.
 */
export function databaseUrlsFrom(appUrl: string): DatabaseUrls {
  const { username, password } = new URL(appUrl);
  const passwords = passwordsFrom(decodeURIComponent(password));
  const urlOf = (role: DatabaseRole) => {
    const url = new URL(appUrl);
    url.username = `${username.replace(/_app_login$/, '')}_${role}_login`;
    url.password = passwords[role];
    return url.href;
  };
  return { app: appUrl, system: urlOf('system'), auth: urlOf('auth') };
}
