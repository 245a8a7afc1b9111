import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { Database } from '../../../platform/db/database.ts';
import { type Vault, VaultError } from '../../../platform/server/vault.ts';
import type { SealedStore } from '../../../platform/server/vault-keys.ts';
import { insertKey, type PushKeyRow, readKey, readNewestKeys } from '../../db/push-keys.ts';
import { newKeys } from './encrypt-push.ts';

/** With it, the deployment says at push services who it is (VAPID, RFC 8292). */
export interface PushKey {
  /** Its point on P-256 in base64url: what a browser subscribes with. */
  publicKey: string;
  privateKey: KeyObject;
}

export interface PushKeys {
  /** What browsers subscribe with now: that of the settings, else the newest. The first one is made when there is none. */
  current(): Promise<PushKey>;
  /** Null: it is none of ours, or the vault does not open it any more. */
  find(publicKey: string): Promise<PushKey | null>;
  /** Makes another one. What was subscribed with an earlier one goes on with that, until its browser has subscribed again. */
  rotate(): Promise<PushKey>;
}

const contextOf = (publicKey: string) => ({ purpose: 'push-key', key: publicKey });

export const sealedPushKeys: SealedStore = {
  table: 'push_key',
  column: 'private_key_sealed',
  key: ['public_key'],
  contextOf: ({ public_key }) => contextOf(public_key!),
};

/** @param configured the private key of the settings, in base64url */
export function createPushKeys(
  { db, vault }: { db: Database; vault: Vault },
  configured: string | undefined,
): PushKeys {
  const ofSettings = configured === undefined ? null : keyFrom(configured);
  const opened = new Map(ofSettings ? [[ofSettings.publicKey, ofSettings]] : []);

  /** Null: the vault does not open it any more. */
  async function open({ publicKey, sealed }: PushKeyRow): Promise<PushKey | null> {
    const known = opened.get(publicKey);
    if (known) return known;
    try {
      const key = keyFrom(await vault.open(sealed, contextOf(publicKey)));
      opened.set(publicKey, key);
      return key;
    } catch (error) {
      if (error instanceof VaultError) return null;
      throw error;
    }
  }

  async function store(secret: string, newest: string | null | undefined): Promise<PushKey> {
    const key = keyFrom(secret);
    const { publicKey } = key;
    const sealed = await vault.seal(secret, contextOf(publicKey));
    await db.systemTransaction((connection) => insertKey(connection, { publicKey, sealed }, newest));
    return key;
  }

  async function find(publicKey: string): Promise<PushKey | null> {
    const known = opened.get(publicKey);
    if (known) return known;
    const row = await db.system((connection) => readKey(connection, publicKey));
    return row ? open(row) : null;
  }

  async function current(): Promise<PushKey> {
    const rows = await db.system(readNewestKeys);
    for (const row of rows) {
      const key = await open(row);
      if (key) return key;
    }
    // One that another process makes at the same time is the one.
    await store(newSecret(), rows[0]?.publicKey ?? null);
    return current();
  }

  return {
    async current() {
      if (configured === undefined || !ofSettings) return current();
      // It is kept, so that it still signs after another one was configured.
      const isKept = await db.system((connection) => readKey(connection, ofSettings.publicKey));
      return isKept ? ofSettings : store(configured, undefined);
    },
    find,
    rotate: () => store(newSecret(), undefined),
  };
}

const newSecret = (): string => inFull(newKeys().getPrivateKey()).toString('base64url');

/** OpenSSL leaves leading zeros out. */
const inFull = (number: Buffer): Buffer => Buffer.concat([Buffer.alloc(32), number]).subarray(-32);

/** @throws Error when it is not a private key of P-256 */
function keyFrom(secret: string): PushKey {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(secret, 'base64url'));
  const point = pair.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: secret,
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  return {
    publicKey: point.toString('base64url'),
    privateKey: createPrivateKey({ key: jwk, format: 'jwk' }),
  };
}

/** A push service takes at most a day. */
const validSeconds = 12 * 3_600;

/** The header that says to the push service of an endpoint who sends. @param contact an https address of the deployment */
export function vapidHeader(
  { publicKey, privateKey }: PushKey,
  { endpoint, contact, now }: { endpoint: URL; contact: string; now: Date },
): string {
  const claims = {
    aud: endpoint.origin,
    exp: Math.floor(now.getTime() / 1000) + validSeconds,
    ...(contact.startsWith('https:') && { sub: contact }),
  };
  const encoded = [{ typ: 'JWT', alg: 'ES256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(encoded), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${encoded}.${signature.toString('base64url')}, k=${publicKey}`;
}
