import { randomBytes } from 'node:crypto';
import {
  buildClient,
  CommitmentPolicy,
  type KeyringNode,
  KMS,
  KmsKeyringNode,
} from '@aws-crypto/client-node';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { keepWrappedKey, listVaultKeys, type VaultKeyRow } from '../db/vault-keys.ts';
import { InterlockError } from '../error-codes.ts';
import { errorMessage } from '../error-message.ts';
import { createLocalKeyRing, type KeyRing, type LocalKeys } from './key-ring.ts';

/** Keys of AWS KMS, or of a service with its interface. */
export interface KmsSettings {
  /** ARNs. The first one wraps the key that seals, every one unwraps. */
  keys: readonly string[];
  /** Instead of that of AWS. */
  endpoint?: string | undefined;
}

const { encrypt, decrypt } = buildClient({
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  maxEncryptedDataKeys: 1,
});

/** How old the keys in memory become: then they are unwrapped again, in the background, */
const refreshMs = 15 * 60_000;
/** and no later than this. A key that KMS no longer unwraps is gone from every process then. */
const longestMs = 60 * 60_000;
/** After a failure KMS is not asked again for this time, however many calls come. */
const restMs = 30_000;
const timeoutMs = 5_000;

const contextOf = (id: string) => ({ purpose: 'vault-key', key: id });

/**
 * A ring whose sealing key is wrapped by KMS: random bytes, which the database keeps wrapped and processes keep unwrapped in
 * memory. A call costs what it costs with a local key, and KMS is asked once per process and quarter of an hour.
 * @param local keys that still open what they sealed, such as those from before KMS
 * @throws from what it returns: Error that says which KMS key could not be used
 */
export function kmsKeyRing(
  db: Database,
  settings: KmsSettings,
  local: LocalKeys,
  { log, now = Date.now }: { log: Pick<Logger, 'warn'>; now?: () => number },
): () => Promise<KeyRing> {
  return heldFor(log, now, async () => {
    const [first] = settings.keys;
    let rows = await db.system(listVaultKeys);
    if (!rows.some(({ kms_key }) => kms_key === first)) {
      await wrapNewKey(db, settings, first!);
      rows = await db.system(listVaultKeys);
    }
    // What KMS has wrapped under a key that is no longer named is unwrapped by no one.
    const wrapped = settings.keys.flatMap((kmsKey) => rows.filter((row) => row.kms_key === kmsKey));
    const unwrapped = await Promise.all(wrapped.map((row) => unwrap(settings, row)));
    return createLocalKeyRing([...unwrapped, ...local]);
  });
}

async function wrapNewKey(db: Database, settings: KmsSettings, kmsKey: string): Promise<void> {
  const id = `kms-${randomBytes(6).toString('hex')}`;
  const { result: wrapped } = await useKms(kmsKey, 'wrap', () =>
    encrypt(keyringOf(settings, kmsKey), randomBytes(32), { encryptionContext: contextOf(id) }),
  );
  await db.systemTransaction((connection) => keepWrappedKey(connection, { id, kmsKey, wrapped }));
}

async function unwrap(
  settings: KmsSettings,
  { id, kms_key, wrapped }: VaultKeyRow,
): Promise<LocalKeys[number]> {
  const { plaintext, messageHeader } = await useKms(kms_key!, 'unwrap', () =>
    decrypt(keyringOf(settings, kms_key!), wrapped!),
  );
  if (messageHeader.encryptionContext.key !== id)
    throw new Error(`The wrapped vault key "${id}" belongs to another name`);
  return { id, key: plaintext.toString('base64') };
}

async function useKms<T>(kmsKey: string, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(
      `The KMS key ${kmsKey} could not ${what} the key of the vault: ${errorMessage(error)}. Check that it is enabled, and that this process may use it (INTERLOCK_VAULT_KMS_KEYS, docs/runbook.md, "Keys of the vault").`,
      { cause: error },
    );
  }
}

function keyringOf({ endpoint }: KmsSettings, kmsKey: string): KeyringNode {
  return new KmsKeyringNode({
    generatorKeyId: kmsKey,
    clientProvider: (region) =>
      new KMS({
        region,
        maxAttempts: 3,
        requestHandler: { requestTimeout: timeoutMs, connectionTimeout: timeoutMs },
        ...(endpoint && { endpoint }),
      }),
  });
}

/** The last ring while it is young enough; calls while it is loaded share the load. */
function heldFor(
  log: Pick<Logger, 'warn'>,
  now: () => number,
  load: () => Promise<KeyRing>,
): () => Promise<KeyRing> {
  let held: { ring: KeyRing; since: number } | null = null;
  let failed: { error: Error; at: number } | null = null;
  let loading: Promise<KeyRing> | null = null;
  const loadOnce = () => {
    if (!loading && failed && now() - failed.at < restMs) return Promise.reject(failed.error);
    loading ??= load()
      .then((ring) => {
        held = { ring, since: now() };
        failed = null;
        return ring;
      })
      .catch((error: Error) => {
        failed = { error, at: now() };
        const until = held && new Date(held.since + longestMs);
        if (held)
          log.warn({ reason: error.message, until }, 'the keys of the vault were not unwrapped again');
        throw error;
      })
      .finally(() => {
        loading = null;
      });
    return loading;
  };
  return async () => {
    if (!held) return loadOnce();
    const { since, ring } = held;
    const age = now() - since;
    if (age > longestMs) return loadOnce().catch(refuseUse);
    if (age > refreshMs) void loadOnce().catch(() => {});
    const problem = failed?.error.message ?? null;
    return { ...ring, held: { since: new Date(since), until: new Date(since + longestMs), problem } };
  };
}

/** Of a process that runs: its keys are too old. */
function refuseUse(error: Error): never {
  throw new InterlockError(
    'unavailable',
    'The keys of the vault are not available: the key management service has not unwrapped them for an hour. Nothing was sent or stored. Tell whoever operates Interlock.',
    { detail: error.message, cause: error },
  );
}
