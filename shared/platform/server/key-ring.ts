import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type KeyringNode,
  MultiKeyringNode,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import { z } from 'zod';

/** The keys that wrap data keys. */
export interface KeyRing {
  /** Wraps new secrets. */
  readonly sealing: KeyringNode;
  /** Opens every secret that a key of the ring sealed. */
  readonly opening: KeyringNode;
  /** Name of the sealing key, as stored in what it sealed. */
  readonly sealingKeyId: string;
  /** Names of all keys, the sealing one first. */
  readonly keyIds: readonly string[];
  /** Of keys that a key management service has unwrapped. */
  readonly held?: HeldKeys;
}

/** Keys in the memory of this process that are unwrapped again from time to time. */
export interface HeldKeys {
  since: Date;
  /** They are given up then, unless they were unwrapped again. */
  until: Date;
  /** Why the last attempt to unwrap them again failed; null: it did not. */
  problem: string | null;
}

const keyFileSchema = z.object({
  keys: z
    .array(z.object({ id: z.string().regex(/^[\w.-]{1,64}$/), key: z.base64() }))
    .min(1)
    .max(20)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'Two keys have the same id'),
});
export type LocalKeys = z.infer<typeof keyFileSchema>['keys'];

/** A ring of AES-256 keys: the first one seals, every one opens. @throws Error when a key does not have 32 bytes */
export function createLocalKeyRing(keys: LocalKeys): KeyRing {
  const rings = keys.map(({ id, key }) => {
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== 32) throw new Error(`The vault key "${id}" must have 32 bytes`);
    return new RawAesKeyringNode({
      keyNamespace: 'interlock',
      keyName: id,
      // The library keeps a reference, so it gets a copy.
      unencryptedMasterKey: new Uint8Array(bytes),
      wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
    });
  });
  const [first] = rings;
  if (!first) throw new Error('A key ring needs a key');
  const keyIds = keys.map(({ id }) => id);
  return {
    sealing: first,
    opening: new MultiKeyringNode({ children: rings }),
    sealingKeyId: keyIds[0]!,
    keyIds,
  };
}

export interface KeyRingSource {
  /** The file of the keys; `INTERLOCK_VAULT_KEYS_FILE` overrides it. */
  file?: string;
  /** `INTERLOCK_VAULT_KEYS` (JSON `{"keys": [{"id", "key": base64 of 32 bytes}]}`) overrides any file. */
  env?: Record<string, string | undefined>;
  /** Of the keys that a key management service unwraps; that of the machine by default. */
  now?: () => number;
  /** Create a file with one random key when it is missing; the default except in production. */
  create?: boolean;
}

/** @throws Error that names the variable or file that is missing or malformed, and never shows a key */
export async function loadKeyRing(source: KeyRingSource): Promise<KeyRing> {
  return createLocalKeyRing(await loadLocalKeys(source));
}

/** The keys of the settings. @throws as `loadKeyRing` does */
export async function loadLocalKeys({
  file,
  env = process.env,
  create = env.NODE_ENV !== 'production',
}: KeyRingSource): Promise<LocalKeys> {
  if (env.INTERLOCK_VAULT_KEYS) return parseKeys(env.INTERLOCK_VAULT_KEYS, 'INTERLOCK_VAULT_KEYS');
  const path = env.INTERLOCK_VAULT_KEYS_FILE ?? file;
  if (!path) throw new Error('Set INTERLOCK_VAULT_KEYS or INTERLOCK_VAULT_KEYS_FILE');
  if (create) await createKeyFile(path);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`The vault key file ${path} cannot be read`, { cause: error });
  }
  return parseKeys(text, path);
}

function parseKeys(text: string, source: string): LocalKeys {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${source} is not JSON`);
  }
  const parsed = keyFileSchema.safeParse(json);
  if (parsed.success) return parsed.data.keys;
  const [issue] = parsed.error.issues;
  throw new Error(`${source}: ${issue?.path.join('.')} ${issue?.message}`);
}

/** Two processes may start at once: the file appears complete, and the first process wins. */
async function createKeyFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const key = { id: `local-${randomBytes(4).toString('hex')}`, key: randomBytes(32).toString('base64') };
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify({ keys: [key] }, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}
