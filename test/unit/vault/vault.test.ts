import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLocalKeyRing, loadKeyRing } from '../../../shared/platform/server/key-ring.ts';
import { createVault, VaultError } from '../../../shared/platform/server/vault.ts';

const key = (id: string) => ({ id, key: randomBytes(32).toString('base64') });
const context = { tenant: 't1', credential: 'c1' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('every sealed secret opens again', async () => {
  const vault = createVault(createLocalKeyRing([key('k1')]));
  for (const secret of ['s3cret', '', 'ünïcode 😀\0', 'x'.repeat(300_000)]) {
    const sealed = await vault.seal(secret, context);
    expect(await vault.open(sealed, context)).toBe(secret);
    if (secret !== '') expect(sealed.includes(secret)).toBe(false);
  }
});

test('sealing a secret twice gives different results', async () => {
  const vault = createVault(createLocalKeyRing([key('k1')]));
  const [first, second] = [await vault.seal('s3cret', context), await vault.seal('s3cret', context)];
  expect(first.equals(second)).toBe(false);
});

test.each([
  ['another tenant', { tenant: 't2', credential: 'c1' }],
  ['another credential', { tenant: 't1', credential: 'c2' }],
  ['less context', { tenant: 't1' }],
  ['more context', { tenant: 't1', credential: 'c1', purpose: 'x' }],
])('a secret does not open for %s', async (_name, other) => {
  const vault = createVault(createLocalKeyRing([key('k1')]));
  const sealed = await vault.seal('s3cret', context);
  await expect(vault.open(sealed, other)).rejects.toThrow(VaultError);
});

test('a context without content is refused', async () => {
  const vault = createVault(createLocalKeyRing([key('k1')]));
  await expect(vault.seal('s3cret', {})).rejects.toThrow(VaultError);
  await expect(vault.seal('s3cret', { tenant: '' })).rejects.toThrow(VaultError);
});

test('a sealed secret with a changed byte does not open', async () => {
  const vault = createVault(createLocalKeyRing([key('k1')]));
  const sealed = await vault.seal('s3cret', context);
  for (let at = 0; at < sealed.length; at += 7) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    await expect(vault.open(changed, context)).rejects.toThrow(VaultError);
  }
  await expect(vault.open(sealed.subarray(0, -1), context)).rejects.toThrow(VaultError);
});

test('after a rotation the old key still opens, the new one seals, and a rewrapped secret needs only the new one', async () => {
  const [old, next] = [key('k1'), key('k10')];
  const sealed = await createVault(createLocalKeyRing([old])).seal('s3cret', context);
  const rotated = createVault(createLocalKeyRing([next, old]));
  expect(await rotated.open(sealed, context)).toBe('s3cret');
  const rewrapped = await rotated.rewrap(sealed, context);
  expect(await createVault(createLocalKeyRing([next])).open(rewrapped!, context)).toBe('s3cret');
  expect(await rotated.rewrap(rewrapped!, context)).toBeNull();
  await expect(createVault(createLocalKeyRing([next])).open(sealed, context)).rejects.toThrow(VaultError);
});

test('the key file is created once, readable by its owner only, even when two processes start at once', async () => {
  const file = join(folder, 'deeper', 'keys.json');
  const rings = await Promise.all([1, 2, 3].map(() => loadKeyRing({ file, env: {} })));
  expect(new Set(rings.map((ring) => ring.sealingKeyId)).size).toBe(1);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const sealed = await createVault(rings[0]!).seal('s3cret', context);
  expect(await createVault(await loadKeyRing({ file, env: {} })).open(sealed, context)).toBe('s3cret');
});

test('production does not create a key', async () => {
  const file = join(folder, 'keys.json');
  await expect(loadKeyRing({ file, env: { NODE_ENV: 'production' } })).rejects.toThrow(/cannot be read/);
});

test('the environment overrides the file', async () => {
  const env = { INTERLOCK_VAULT_KEYS: JSON.stringify({ keys: [key('from-env')] }) };
  expect((await loadKeyRing({ file: join(folder, 'keys.json'), env })).sealingKeyId).toBe('from-env');
});

test('the error for a malformed key does not show it', async () => {
  const file = join(folder, 'keys.json');
  const short = { id: 'k1', key: randomBytes(16).toString('base64') };
  await writeFile(file, JSON.stringify({ keys: [short] }));
  const error = await loadKeyRing({ file, env: {} }).catch((caught: Error) => caught);
  expect(String(error)).toContain('32 bytes');
  expect(String(error)).not.toContain(short.key);
  await writeFile(file, '{"keys": [{"id": "k1", "key": "not base64!"}]}');
  await expect(loadKeyRing({ file, env: {} })).rejects.toThrow(/keys.0.key/);
  expect(await readFile(file, 'utf8')).toContain('not base64');
});
