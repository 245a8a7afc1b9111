import { randomBytes } from 'node:crypto';
import { KMS } from '@aws-crypto/client-node';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkKeys, createFoundation, type Foundation } from '../../api/compose.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { readVaultKeys, rewrapSecrets } from '../../shared/platform/server/vault-keys.ts';
import { insertCredential } from '../../shared/tools/db/credentials.ts';
import { credentialContext, sealedCredentials } from '../../shared/tools/server/credential-store.ts';
import { eventually } from '../support/eventually.ts';
import { installMoto, type KmsServer, startKms } from '../support/kms-server.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi } from '../support/test-api.ts';

const missing = installMoto();
if (missing) console.warn(`AWS KMS is not tested: ${missing}`);

const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const actor = { type: 'system', id: 'test', name: 'Test' } as const;

describe.skipIf(missing !== null)('a vault whose key is wrapped by AWS KMS', () => {
  let kms: KmsServer;
  let databaseUrl: string;
  let first: string;
  let second: string;
  const secret = randomBytes(32).toString('hex');
  const local = JSON.stringify({ keys: [{ id: 'local-1', key: randomBytes(32).toString('base64') }] });
  const before = { ...process.env };
  const open: Foundation[] = [];

  beforeAll(async () => {
    Object.assign(process.env, credentials);
    [kms, { databaseUrl }] = await Promise.all([startKms(), createOwnDatabase()]);
    const client = new KMS({ endpoint: kms.endpoint, region: 'eu-central-1' });
    const newKey = async () => (await client.createKey({})).KeyMetadata!.Arn!;
    [first, second] = [await newKey(), await newKey()];
  }, 120_000);
  afterAll(async () => {
    for (const name of Object.keys(credentials)) delete process.env[name];
    Object.assign(process.env, before);
    await Promise.all(open.map(({ db }) => db.close()));
    await kms?.close();
  });

  /** What a process starts with. */
  async function startProcess(
    settings: NodeJS.ProcessEnv,
    { now, log = createLogger('silent') }: { now?: () => number; log?: Logger } = {},
  ): Promise<Foundation> {
    const env = { DATABASE_URL: databaseUrl, INTERLOCK_AUTH_SECRET: secret, ...settings };
    const foundation = await createFoundation(readEnvironment(env), log, {
      keys: { env, ...(now && { now }) },
    });
    open.push(foundation);
    await checkKeys(foundation);
    return foundation;
  }
  const withKms = (...keys: string[]) => ({
    INTERLOCK_VAULT_KMS_KEYS: keys.join(','),
    INTERLOCK_VAULT_KMS_ENDPOINT: kms.endpoint,
  });
  const services = (foundation: Foundation) => ({ ...foundation, sealedStores: [sealedCredentials] });
  const context = (id: string) => credentialContext(null, id);

  async function store({ db, vault }: Foundation, value: string): Promise<string> {
    const id = uuidv7();
    const sealed = await vault.seal(value, context(id));
    await db.systemTransaction((connection) =>
      insertCredential(connection, {
        ...{ id, ownerId: null, name: 'Key', auth_type: 'bearer', settings: null, allowed_hosts: [] },
        ...{ sealed, actor },
      }),
    );
    return id;
  }
  async function read({ db, vault }: Foundation, id: string): Promise<string> {
    const [row] = await db.system((connection) =>
      connection.query<{ sealed: Buffer }>({
        text: 'SELECT sealed FROM credential_version WHERE credential_id = $1',
        values: [id],
      }),
    );
    return vault.open(row!.sealed, context(id));
  }

  test('secrets move from a local key to KMS, without a moment in which one does not open', async () => {
    const old = await startProcess({ INTERLOCK_VAULT_KEYS: local });
    const ids = await Promise.all(Array.from({ length: 30 }, (_, index) => store(old, `secret ${index}`)));
    const mixed = await startProcess({ INTERLOCK_VAULT_KEYS: local, ...withKms(first) });
    expect(await read(mixed, ids[0]!)).toBe('secret 0');
    expect(await rewrapSecrets(services(mixed))).toBe(0);
    const keys = await readVaultKeys(services(mixed));
    expect(keys).toMatchObject([
      { seals: true, kmsKey: first, secrets: 30 },
      { id: 'local-1', seals: false, kmsKey: null, secrets: 0 },
    ]);
    const alone = await startProcess(withKms(first));
    for (const [index, id] of ids.entries()) expect(await read(alone, id)).toBe(`secret ${index}`);
  });

  test('KMS is asked once by each process, not by each call', async () => {
    kms.asked.length = 0;
    const one = await startProcess(withKms(first));
    const id = await store(one, 'x');
    for (let call = 0; call < 50; call++) expect(await read(one, id)).toBe('x');
    expect(kms.asked).toEqual(['Decrypt']);
    kms.reachable = false;
    expect(await read(one, id)).toBe('x');
    kms.reachable = true;
  });

  test('processes that start at once share one wrapped key', async () => {
    const both = await Promise.all([1, 2].map(() => startProcess(withKms(second, first))));
    const id = await store(both[0]!, 'shared');
    expect(await read(both[1]!, id)).toBe('shared');
    const sealing = await Promise.all(both.map(async ({ vault }) => (await vault.keys()).sealingKeyId));
    expect(sealing[0]).toBe(sealing[1]);
    expect(await rewrapSecrets(services(both[0]!))).toBe(0);
    const alone = await startProcess(withKms(second));
    expect(await read(alone, id)).toBe('shared');
  });

  test('a key that KMS refuses stops the start, and says which; so does one that is no longer named', async () => {
    const unknown = first.replace(/[^/]+$/, uuidv7());
    await expect(startProcess(withKms(unknown, first))).rejects.toThrow(
      `The KMS key ${unknown} could not wrap the key of the vault`,
    );
    kms.reachable = false;
    await expect(startProcess(withKms(first))).rejects.toThrow(/could not unwrap the key of the vault/);
    kms.reachable = true;
    await expect(startProcess({ INTERLOCK_VAULT_KEYS: local })).rejects.toThrow(/needed are missing: "kms-/);
  });

  test('a key that is disabled in KMS is in use for an hour at most, and everyone who looks learns it before', async () => {
    let now = Date.now();
    const lines: string[] = [];
    const running = await startProcess(withKms(second, first), {
      now: () => now,
      log: createLogger('warn', {}, { write: (line: string) => void lines.push(line) }),
    });
    const id = await store(running, 'x');
    const after = async (minutes: number) => {
      now += minutes * 60_000;
      const asked = kms.asked.length;
      await read(running, id).catch(() => {});
      return asked;
    };
    const problem = async () => (await running.vault.keys()).held?.problem;
    expect((await running.vault.keys()).held).toEqual({
      since: new Date(now),
      until: new Date(now + 60 * 60_000),
      problem: null,
    });

    kms.disabled = true;
    // KMS is not asked for a quarter of an hour.
    expect(await after(14)).toBe(kms.asked.length);
    await after(2);
    await eventually(async () => (await problem()) !== null, { timeoutMs: 60_000 });
    expect(await problem()).toContain(`The KMS key ${second} could not unwrap the key of the vault`);
    expect(lines.join()).toContain('the keys of the vault were not unwrapped again');
    // Until then everything goes on, and however many calls come, KMS is asked again half a minute later only.
    const asked = kms.asked.length;
    for (let call = 0; call < 20; call++) expect(await read(running, id)).toBe('x');
    expect(kms.asked).toHaveLength(asked);
    await after(43);
    expect(await read(running, id)).toBe('x');
    expect(await read(running, await store(running, 'y'))).toBe('y');

    await after(2);
    await eventually(
      () =>
        running.vault.keys().then(
          () => false,
          () => true,
        ),
      { timeoutMs: 60_000 },
    );
    const refused = { code: 'unavailable', message: expect.stringContaining('Nothing was sent or stored.') };
    await expect(read(running, id)).rejects.toMatchObject(refused);
    await expect(store(running, 'z')).rejects.toMatchObject(refused);
    await expect(readVaultKeys(services(running))).rejects.toMatchObject(refused);
    await expect(startProcess(withKms(second, first))).rejects.toThrow(
      /could not unwrap the key of the vault/,
    );

    // Enabled again, the process goes on without a restart.
    kms.disabled = false;
    now += 31_000;
    expect(await read(running, id)).toBe('x');
    expect(await problem()).toBeNull();
  });

  test('when the keys are given up, what needs a secret is refused before anything is sent, and the rest goes on', async () => {
    let now = Date.now();
    const provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    const api = await startTestApi({ databaseUrl, env: withKms(second, first), now: () => now });
    try {
      const acme = await api.tenant({ privateHosts: [provider.host] });
      const toolWith = async (name: string, auth: object) => {
        const { status, body } = await acme.as.tool_admin('POST', '/api/tools', {
          ...{ name, type: 'http', auth, retry: { maxAttempts: 1 } },
          config: { method: 'POST', url: provider.url },
        });
        expect(status, JSON.stringify(body)).toBe(201);
        return () => acme.as.operator('POST', `/api/tools/${body.id}/execute`, { payload: {} });
      };
      const [open, sealed] = [
        await toolWith('open', { type: 'none' }),
        await toolWith('sealed', { type: 'bearer', token: 'xY7kq-secret-of-a-tool' }),
      ];
      const keys = () => acme.as.platform_admin('GET', '/api/encryption-keys');
      const readyz = async () => (await api.call(null)('GET', '/readyz')).body;
      expect((await sealed()).body.status).toBe('succeeded');
      expect((await keys()).body.unwrapped).toMatchObject({ problem: null });

      kms.disabled = true;
      now += 16 * 60_000;
      const seen = await eventually(
        async () => {
          const { unwrapped } = (await keys()).body;
          return unwrapped.problem !== null && unwrapped;
        },
        { timeoutMs: 60_000 },
      );
      expect(seen.problem).toContain('could not unwrap the key of the vault');
      expect(Date.parse(seen.until) - Date.parse(seen.since)).toBe(60 * 60_000);
      expect((await sealed()).body.status).toBe('succeeded');
      expect(await readyz()).toMatchObject({ status: 'ready' });

      now += 45 * 60_000;
      const sent = provider.requests.length;
      const refused = await sealed();
      expect(refused, JSON.stringify(refused.body)).toMatchObject({
        status: 503,
        body: { error: { code: 'unavailable', message: expect.stringContaining('Nothing was sent') } },
      });
      expect(JSON.stringify(refused.body)).not.toContain('arn:');
      expect(provider.requests).toHaveLength(sent);
      expect((await keys()).status).toBe(503);
      expect(await readyz()).toMatchObject({ status: 'degraded', parts: { vault: { status: 'degraded' } } });
      expect((await open()).body.status).toBe('succeeded');

      kms.disabled = false;
      now += 31_000;
      await eventually(async () => (await sealed()).body.status === 'succeeded', { timeoutMs: 60_000 });
      expect((await readyz()).status).toBe('ready');
    } finally {
      kms.disabled = false;
      await api.close();
      await provider.close();
    }
  });
});
