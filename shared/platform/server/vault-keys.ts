import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import {
  countLeft,
  countSealed,
  readSealed,
  replaceSealed,
  type SealedColumn,
  type SealedRow,
  sampleSealed,
  takeAgain,
  takeSealed,
} from '../db/sealed-values.ts';
import { forgetVaultKey, keepCanary, listVaultKeys } from '../db/vault-keys.ts';
import { type Loop, startLoop } from './loop.ts';
import { type Vault, type VaultContext, VaultError } from './vault.ts';

/** What a feature keeps sealed, and what each value is bound to. */
export interface SealedStore extends SealedColumn {
  contextOf(facts: SealedRow['facts']): VaultContext;
}

export interface VaultKeyServices {
  db: Database;
  vault: Vault;
  log: Logger;
  /** Every column that holds something sealed. */
  sealedStores: readonly SealedStore[];
}

/** A key, and how much of what is stored it has sealed. */
export interface VaultKeyState {
  id: string;
  /** This process has it. */
  inRing: boolean;
  seals: boolean;
  /** The key of a key management service that has wrapped it. */
  kmsKey: string | null;
  secrets: number;
}

/** The keys of the vault no longer open what is stored. `message` says what to do. */
export class VaultKeyError extends Error {}

const canaryContext = (keyId: string) => ({ purpose: 'vault-canary', key: keyId });

/** The keys of the ring and those that are still needed, with their secrets. @throws as `Vault.keys` */
export async function readVaultKeys({ db, vault, sealedStores }: VaultKeyServices): Promise<VaultKeyState[]> {
  const { keyIds, sealingKeyId } = await vault.keys();
  const { rows, secrets } = await db.system(async (connection) => ({
    rows: await listVaultKeys(connection),
    secrets: await countSecrets(connection, sealedStores),
  }));
  return [...new Set([...keyIds, ...secrets.keys()])].map((id) => ({
    id,
    inRing: keyIds.includes(id),
    seals: id === sealingKeyId,
    kmsKey: rows.find((row) => row.id === id)?.kms_key ?? null,
    secrets: secrets.get(id) ?? 0,
  }));
}

type SystemConnection = Parameters<Parameters<Database['system']>[0]>[0];

async function countSecrets(
  connection: SystemConnection,
  stores: readonly SealedStore[],
): Promise<Map<string, number>> {
  const secrets = new Map<string, number>();
  for (const store of stores)
    for (const { key, count } of await countSealed(connection, store)) {
      const id = key ?? 'unknown format';
      secrets.set(id, (secrets.get(id) ?? 0) + count);
    }
  return secrets;
}

/**
 * Whether the ring has every key that is needed, and each with the bytes that sealed: something that a key sealed when it
 * was first used is opened. A process without the right keys must not start: it would fail calls, and seal what others
 * cannot open.
 * @param lostKeys names of keys that are gone for good
 * @throws VaultKeyError
 */
export async function checkVaultKeys(
  services: VaultKeyServices,
  lostKeys: readonly string[] = [],
): Promise<void> {
  const { db, vault } = services;
  const states = await readVaultKeys(services);
  const missing = states.filter(
    ({ id, inRing, secrets }) => !inRing && secrets > 0 && !lostKeys.includes(id),
  );
  if (missing.length > 0) throw new VaultKeyError(missingWords(missing));
  const rows = await db.system(listVaultKeys);
  for (const { id, inRing, seals, secrets } of states) {
    if (!inRing) continue;
    const canary = rows.find((row) => row.id === id)?.canary;
    if (canary) await proves(id, vault.open(canary, canaryContext(id)));
    else if (secrets > 0) await openSample(services, id);
    if (seals && !canary) await addCanary(services, id);
  }
  const known = new Set(states.map(({ id }) => id));
  for (const { id, kms_key } of rows)
    if (!known.has(id) && kms_key === null) await db.system((connection) => forgetVaultKey(connection, id));
}

/** Two processes may start at once: the first canary stays, and both open it. */
async function addCanary({ db, vault }: VaultKeyServices, id: string): Promise<void> {
  const sealed = await vault.seal('canary', canaryContext(id));
  const rows = await db.system(async (connection) => {
    await keepCanary(connection, id, sealed);
    return listVaultKeys(connection);
  });
  const kept = rows.find((row) => row.id === id)?.canary;
  if (kept) await proves(id, vault.open(kept, canaryContext(id)));
}

/** Of a key from before canaries: one of its secrets shows whether it is the right one. */
async function openSample({ db, vault, sealedStores }: VaultKeyServices, id: string): Promise<void> {
  for (const store of sealedStores) {
    const row = await db.system((connection) => sampleSealed(connection, store, id));
    if (row) return proves(id, vault.open(row.sealed, store.contextOf(row.facts)));
  }
}

async function proves(id: string, opened: Promise<string>): Promise<void> {
  try {
    await opened;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new VaultKeyError(
      `The vault key "${id}" is not the key of this name that sealed the secrets of this database. Nothing was changed. Start with the right key: INTERLOCK_VAULT_KEYS, or the file of INTERLOCK_VAULT_KEYS_FILE (docs/runbook.md, "Keys of the vault").`,
    );
  }
}

function missingWords(missing: VaultKeyState[]): string {
  const each = missing.map(
    ({ id, secrets }) => `"${id}" (${secrets} ${secrets === 1 ? 'secret' : 'secrets'})`,
  );
  return `Vault keys that are needed are missing: ${each.join(', ')}. Nothing was changed. Add them to INTERLOCK_VAULT_KEYS again, after the first key. A key can be removed when Settings, "Encryption keys" shows no secrets under it. If a key is lost, name it in INTERLOCK_VAULT_LOST_KEYS (docs/runbook.md, "Keys of the vault").`;
}

const everyMs = 10_000;
/** After a round in which nothing was left. */
const restMs = 10 * 60_000;
const batch = 100;
/** A process that has taken rows finishes them within this time, or is lost. */
const lostMs = 30_000;

/**
 * Seals again, under the first key of the ring, what its other keys have sealed. Any number of processes share the rows;
 * what a process that ends had taken is taken again.
 */
export function startRewrap(services: VaultKeyServices): Loop {
  let left = 1;
  return startLoop(
    'vault keys',
    () => (left > 0 ? everyMs : restMs),
    services.log,
    async (signal) => {
      left = await rewrapSecrets(services, signal);
    },
  );
}

/** One pass over everything that is sealed. @returns how many secrets of other keys are left */
export async function rewrapSecrets(
  services: Omit<VaultKeyServices, 'log'>,
  signal?: AbortSignal,
  { lostAfterMs = lostMs } = {},
): Promise<number> {
  const { db, vault, sealedStores } = services;
  const { sealingKeyId: keyId, keyIds } = await vault.keys();
  const others = keyIds.filter((id) => id !== keyId);
  if (others.length === 0) return 0;
  let left = 0;
  for (const store of sealedStores) {
    for (;;) {
      if (signal?.aborted) return left + 1;
      const keys = await db.systemTransaction((connection) =>
        takeSealed(connection, store, { keyId, others, limit: batch }),
      );
      if (keys.length === 0) break;
      for (const key of keys) await rewrapRow(services, store, key);
    }
    left += await db.system(async (connection) => {
      const found = await countLeft(connection, store, others);
      if (found > 0) await takeAgain(connection, store, lostAfterMs);
      return found;
    });
  }
  return left;
}

/** No row is locked while a key is used: a value that changes meanwhile was sealed under the new key. */
async function rewrapRow(
  { db, vault }: Pick<VaultKeyServices, 'db' | 'vault'>,
  store: SealedStore,
  key: string[],
): Promise<void> {
  const row = await db.system((connection) => readSealed(connection, store, key));
  if (!row) return;
  const next = await vault.rewrap(row.sealed, store.contextOf(row.facts)).catch(ignoreDamaged);
  if (next) await db.system((connection) => replaceSealed(connection, store, row, next));
}

/** What does not open stays as it is, and is counted. */
function ignoreDamaged(error: unknown): null {
  if (error instanceof VaultError) return null;
  throw error;
}
