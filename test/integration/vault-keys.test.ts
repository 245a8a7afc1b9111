import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { checkKeys, createFoundation } from '../../api/compose.ts';
import { projectRoot } from '../../dev/paths.ts';
import { type Database, openDatabase } from '../../shared/platform/db/database.ts';
import { readSealed } from '../../shared/platform/db/sealed-values.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLocalKeyRing, type LocalKeys } from '../../shared/platform/server/key-ring.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { createVault, type Vault } from '../../shared/platform/server/vault.ts';
import { checkVaultKeys, readVaultKeys, rewrapSecrets } from '../../shared/platform/server/vault-keys.ts';
import { insertCredential } from '../../shared/tools/db/credentials.ts';
import { credentialContext, sealedCredentials } from '../../shared/tools/server/credential-store.ts';
import { insertEndpoint } from '../../shared/webhooks/db/webhooks-endpoints.ts';
import {
  openSecrets,
  sealedWebhookSecrets,
  sealSecrets,
} from '../../shared/webhooks/server/webhook-secret.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';

const actor = { type: 'system', id: 'test', name: 'Test' } as const;
const newKey = (id: string): LocalKeys[number] => ({ id, key: randomBytes(32).toString('base64') });
const log = createLogger('silent');
const sealedStores = [sealedCredentials, sealedWebhookSecrets];

describe('the keys of the vault', () => {
  let db: Database;
  let databaseUrl: string;
  const tenantId = uuidv7();

  beforeAll(async () => {
    ({ databaseUrl } = await createOwnDatabase());
    db = openDatabase(databaseUrl);
  });
  afterAll(() => db.close());

  const vaultOf = (...keys: LocalKeys) => createVault(createLocalKeyRing(keys));
  const servicesOf = (vault: Vault) => ({ db, vault, log, sealedStores });

  async function storeCredential(vault: Vault, secret: string, ownerId: string | null = tenantId) {
    const id = uuidv7();
    const sealed = await vault.seal(secret, credentialContext(ownerId, id));
    await db.systemTransaction((connection) =>
      insertCredential(connection, {
        id,
        ownerId,
        name: 'Key',
        auth_type: 'bearer',
        settings: null,
        allowed_hosts: [],
        sealed,
        actor,
      }),
    );
    return id;
  }

  async function openStored(vault: Vault, id: string, ownerId: string | null = tenantId) {
    const row = await db.system((connection) => readSealed(connection, sealedCredentials, [id, '1']));
    return vault.open(row!.sealed, credentialContext(ownerId, id));
  }

  const clear = () =>
    db.systemTransaction(async (connection) => {
      await connection.query({ text: "UPDATE credential_version SET sealed = ''" });
      await connection.query({ text: "UPDATE webhook_endpoint SET secret_sealed = ''" });
      await connection.query({ text: 'DELETE FROM vault_key' });
      await connection.query({ text: 'DELETE FROM vault_rewrap' });
    });

  test('every secret is sealed again under the new key, by several processes, each once; then the old key can go', async () => {
    await clear();
    const [old, next] = [newKey('old'), newKey('next')];
    const before = vaultOf(old);
    const secrets = await Promise.all(
      Array.from({ length: 240 }, async (_, index) => {
        const ownerId = index % 3 === 0 ? null : tenantId;
        return { ownerId, index, id: await storeCredential(before, `secret ${index}`, ownerId) };
      }),
    );
    const endpointId = uuidv7();
    const ids = { tenantId, endpointId };
    const secretSealed = await sealSecrets(before, ids, [{ secret: 'whsec_x' }]);
    await db.tenant(tenantId, (connection) =>
      insertEndpoint(connection, {
        ...{ id: endpointId, url: 'https://a.example', description: '', eventTypes: [] },
        ...{ secretSealed, actor },
      }),
    );
    const after = vaultOf(next, old);
    await checkVaultKeys(servicesOf(after));
    expect(await readVaultKeys(servicesOf(after))).toMatchObject([
      { id: 'next', seals: true, secrets: 0 },
      { id: 'old', seals: false, inRing: true, secrets: 241 },
    ]);
    let rewraps = 0;
    const counting: Vault = {
      ...after,
      rewrap: (...args) => {
        rewraps += 1;
        return after.rewrap(...args);
      },
    };
    const left = await Promise.all([1, 2, 3].map(() => rewrapSecrets(servicesOf(counting))));
    expect(await rewrapSecrets(servicesOf(after))).toBe(0);
    expect(left.every((each) => each < 241)).toBe(true);
    expect(rewraps).toBe(241);
    const alone = vaultOf(next);
    await checkVaultKeys(servicesOf(alone));
    for (const { id, index, ownerId } of secrets.slice(0, 30))
      expect(await openStored(alone, id, ownerId)).toBe(`secret ${index}`);
    const endpoint = await db.system((connection) =>
      readSealed(connection, sealedWebhookSecrets, [endpointId]),
    );
    expect(await openSecrets(alone, ids, endpoint!.sealed)).toEqual([{ secret: 'whsec_x' }]);
  });

  test('what a process had taken when it ended is sealed again by another one', async () => {
    await clear();
    const [old, next] = [newKey('old'), newKey('next')];
    const ids = await Promise.all(
      Array.from({ length: 150 }, (_, index) => storeCredential(vaultOf(old), `${index}`)),
    );
    const after = vaultOf(next, old);
    let done = 0;
    const dying: Vault = {
      ...after,
      rewrap: async (...args) => {
        if (done++ === 20) throw new Error('killed');
        return after.rewrap(...args);
      },
    };
    await expect(rewrapSecrets(servicesOf(dying))).rejects.toThrow('killed');
    // The other one does not wait for what the first has taken, and finds it when it is overdue.
    const services = servicesOf(after);
    expect(await rewrapSecrets(services, undefined, { lostAfterMs: 0 })).toBeGreaterThan(0);
    expect(await rewrapSecrets(services)).toBe(0);
    for (const [index, id] of ids.entries()) expect(await openStored(vaultOf(next), id)).toBe(`${index}`);
  });

  test('a process that is killed while it seals again leaves every secret readable, and another one finishes', async () => {
    await clear();
    const [old, next] = [newKey('old'), newKey('next')];
    const ids = await Promise.all(
      Array.from({ length: 130 }, (_, index) => storeCredential(vaultOf(old), `${index}`)),
    );
    const services = servicesOf(vaultOf(next, old));
    const sealedByNext = async () =>
      (await readVaultKeys(services)).find(({ id }) => id === 'next')?.secrets ?? 0;
    const child = spawn(process.execPath, [join(projectRoot, 'test/support/rewrap-process.ts')], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env.PATH, REWRAP: JSON.stringify({ databaseUrl, keys: [next, old] }) },
    });
    const ended = once(child, 'exit');
    try {
      await eventually(async () => (await sealedByNext()) > 5, { timeoutMs: 60_000 });
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
    const done = await sealedByNext();
    expect(done).toBeLessThan(130);
    for (const [index, id] of ids.entries()) expect(await openStored(services.vault, id)).toBe(`${index}`);
    // What it had taken counts as lost some time later; the next pass takes it again.
    await rewrapSecrets(services, undefined, { lostAfterMs: 0 });
    await rewrapSecrets(services, undefined, { lostAfterMs: 0 });
    expect(await rewrapSecrets(services)).toBe(0);
    await checkVaultKeys(servicesOf(vaultOf(next)));
    for (const [index, id] of ids.entries()) expect(await openStored(vaultOf(next), id)).toBe(`${index}`);
  });

  test('a secret that changes while it is sealed again keeps its new value', async () => {
    await clear();
    const [old, next] = [newKey('old'), newKey('next')];
    const id = await storeCredential(vaultOf(old), 'before');
    const after = vaultOf(next, old);
    const changing: Vault = {
      ...after,
      rewrap: async (...args) => {
        const sealed = await vaultOf(old).seal('after', credentialContext(tenantId, id));
        await db.system((connection) =>
          connection.query({
            text: 'UPDATE credential_version SET sealed = $2 WHERE credential_id = $1',
            values: [id, sealed],
          }),
        );
        return after.rewrap(...args);
      },
    };
    expect(await rewrapSecrets(servicesOf(changing))).toBe(1);
    expect(await openStored(after, id)).toBe('after');
  });

  test('while keys change, one process seals with the new key and another opens with the old one first', async () => {
    await clear();
    const [old, next] = [newKey('old'), newKey('next')];
    const [first, second] = [vaultOf(old, next), vaultOf(next, old)];
    const id = await storeCredential(second, 'new');
    expect(await openStored(first, id)).toBe('new');
    expect(await openStored(second, await storeCredential(first, 'old'))).toBe('old');
  });

  test('a needed key that is missing stops the start, and says which', async () => {
    await clear();
    const old = newKey('old');
    await storeCredential(vaultOf(old), 'x');
    const next = servicesOf(vaultOf(newKey('next')));
    await expect(checkVaultKeys(next)).rejects.toThrow(
      /needed are missing: "old" \(1 secret\).*Add them to INTERLOCK_VAULT_KEYS again/s,
    );
  });

  test('a key that is lost for good does not stop the start when it is named', async () => {
    await clear();
    await storeCredential(vaultOf(newKey('old')), 'x');
    const next = servicesOf(vaultOf(newKey('next')));
    await expect(checkVaultKeys(next, ['another'])).rejects.toThrow(/are missing/);
    await checkVaultKeys(next, ['old']);
    expect(await rewrapSecrets(next)).toBe(0);
  });

  test('another key of the same name stops the start, with secrets and without', async () => {
    await clear();
    const message = /"main" is not the key of this name/;
    await checkVaultKeys(servicesOf(vaultOf(newKey('main'))));
    await expect(checkVaultKeys(servicesOf(vaultOf(newKey('main'))))).rejects.toThrow(message);
    // A database from before canaries: a secret shows it.
    await clear();
    const right = newKey('main');
    await storeCredential(vaultOf(right), 'x');
    await expect(checkVaultKeys(servicesOf(vaultOf(newKey('main'))))).rejects.toThrow(message);
    await Promise.all([1, 2].map(() => checkVaultKeys(servicesOf(vaultOf(right)))));
    await checkVaultKeys(servicesOf(vaultOf(right)));
  });

  test('a process with a wrong key does not start', async () => {
    await clear();
    await checkVaultKeys(servicesOf(vaultOf(newKey('main'))));
    const { temporalAddress } = inject('servers');
    const started = spawnSync(process.execPath, [join(projectRoot, 'api/main.ts')], {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: process.env.PATH,
        ...environmentWith(newKey('main')),
        TEMPORAL_ADDRESS: temporalAddress,
        INTERLOCK_ROLES: 'worker',
        INTERLOCK_PORT: '0',
      },
    });
    expect(started.status).toBe(1);
    expect(started.stdout).toContain('is not the key of this name that sealed the secrets of this database');
  });

  const environmentWith = (key: LocalKeys[number]) => ({
    DATABASE_URL: databaseUrl,
    INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    INTERLOCK_VAULT_KEYS: JSON.stringify({ keys: [key] }),
  });

  test('a process checks every column that holds something sealed', async () => {
    await clear();
    const { rows } = await columnsNamedSealed();
    const env = environmentWith(newKey('main'));
    const foundation = await createFoundation(readEnvironment(env), log, { keys: { env } });
    const statements: string[] = [];
    const watched: Database = {
      ...foundation.db,
      system: (work) =>
        foundation.db.system((connection) =>
          work({
            ...connection,
            query: (statement) => {
              statements.push(statement.text);
              return connection.query(statement);
            },
          }),
        ),
    };
    await checkKeys({ ...foundation, db: watched });
    await foundation.db.close();
    for (const { table, column } of rows)
      expect(
        statements.some((text) => text.includes(`"${table}"`) && text.includes(`"${column}"`)),
        `${table}.${column}: add it to sealedStores in api/compose.ts`,
      ).toBe(true);
  });

  /** Bytes that a feature keeps; those of the keys themselves are apart. */
  async function columnsNamedSealed() {
    const rows = await db.system((connection) =>
      connection.query<{ table: string; column: string }>({
        text: `SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND a.atttypid = 'bytea'::regtype AND a.attname LIKE '%sealed%'`,
      }),
    );
    expect(rows.length).toBeGreaterThan(4);
    return { rows };
  }
});
