import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Database } from '../../../platform/db/database.ts';
import type { Vault } from '../../../platform/server/vault.ts';
import type { SealedStore } from '../../../platform/server/vault-keys.ts';
import { insertFirstKey, type KeyRow, readKeys } from '../../db/audit-heads.ts';
import { keyIdOf } from './audit-signature.ts';

export interface SigningKey {
  id: string;
  /** PEM. */
  publicKeyPem: string;
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** The keys that sign heads. The vault seals them, so the database alone can neither sign nor bring in a key. */
export interface AuditKeys {
  /** The newest; the first one is made when there is none. */
  signing(): Promise<SigningKey>;
  /** Null when the vault does not open it: it is none of ours. */
  find(keyId: string): Promise<SigningKey | null>;
}

/** What binds the sealed key to its place. */
const auditKeyContext = (keyId: string) => ({ purpose: 'audit-key', key: keyId });

export const sealedAuditKeys: SealedStore = {
  table: 'audit_key',
  column: 'private_key_sealed',
  key: ['id'],
  contextOf: ({ id }) => auditKeyContext(id!),
};

export function createAuditKeys({ db, vault }: { db: Database; vault: Vault }): AuditKeys {
  const opened = new Map<string, SigningKey>();

  async function open(row: KeyRow): Promise<SigningKey> {
    const known = opened.get(row.id);
    if (known) return known;
    const privateKey = createPrivateKey(await vault.open(row.private_key_sealed, auditKeyContext(row.id)));
    const key = keyFrom(privateKey);
    if (key.id !== row.id) throw new Error('The key of the audit trail is not the one that its id names');
    opened.set(key.id, key);
    return key;
  }

  async function make(): Promise<SigningKey> {
    const key = keyFrom(generateKeyPairSync('ed25519').privateKey);
    const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const sealed = await vault.seal(pem, auditKeyContext(key.id));
    const row = await db.systemTransaction((connection) =>
      insertFirstKey(connection, {
        id: key.id,
        public_key: key.publicKeyPem,
        private_key_sealed: sealed,
      }),
    );
    return open(row);
  }

  return {
    async signing() {
      const [newest] = await db.system(readKeys);
      return newest ? open(newest) : make();
    },
    async find(keyId) {
      const known = opened.get(keyId);
      if (known) return known;
      const row = (await db.system(readKeys)).find(({ id }) => id === keyId);
      return row ? open(row).catch(() => null) : null;
    },
  };
}

function keyFrom(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { id: keyIdOf(publicKey), publicKeyPem, publicKey, privateKey };
}
