import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fileInputSchema } from '../../shared/artifacts/artifact-schemas.ts';
import { claimObject, noteObjects } from '../../shared/artifacts/db/artifacts.ts';
import { createArtifactStore } from '../../shared/artifacts/server/artifact-store.ts';
import { createFileContents } from '../../shared/artifacts/server/file-contents.ts';
import { removeUnusedArtifacts } from '../../shared/artifacts/server/remove-unused.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { installMoto } from '../support/kms-server.ts';
import { type ObjectServer, startObjectServer } from '../support/object-server.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const missing = installMoto();
if (missing) console.warn(`Files in S3 are not tested: ${missing}`);

const dayMs = 86_400_000;
const png = (size = 64) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(size)]);

describe.skipIf(missing !== null)('files in object storage', () => {
  let objects: ObjectServer;
  let api: TestApi;
  let acme: TestTenant;
  let other: TestTenant;
  let admin: pg.Client;
  let databaseUrl: string;

  // Files are moved and removed for every organization of a database.
  beforeAll(async () => {
    const [server, own] = await Promise.all([startObjectServer(), createOwnDatabase()]);
    objects = server;
    databaseUrl = own.databaseUrl;
    [api, admin] = await Promise.all([
      startTestApi({ databaseUrl, env: objects.env, reconcile: false }),
      connectTo(own.adminUrl),
    ]);
    [acme, other] = await Promise.all([api.tenant(), api.tenant()]);
  }, 120_000);
  afterEach(async () => {
    objects.mood = 'well';
    await api.services.files.sweep(new Date(Date.now() + dayMs));
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
    await objects?.close();
  });

  const upload = (content: Buffer, tenant = acme) =>
    tenant.as.operator('POST', '/api/artifacts?name=photo.png', { data: content.toString('base64') });
  const attached = async (content: Buffer) => {
    const exception = (await acme.as.operator('POST', '/api/exceptions', { title: 'Wrong goods' })).body.id;
    const { body } = await upload(content);
    const path = `/api/exceptions/${exception}/attachments`;
    const file = await acme.as.operator('POST', path, { artifactId: body.id });
    expect(file.status, JSON.stringify(file.body)).toBe(201);
    return { artifactId: body.id as string, path: `${path}/${file.body.id}` };
  };
  const download = (path: string, key = acme.keys.viewer) =>
    fetch(`${api.url}${path}/content`, { headers: { authorization: `Bearer ${key}` } });
  const bytesOf = async (path: string) => Buffer.from(await (await download(path)).arrayBuffer());
  const stored = async () =>
    (
      await admin.query(
        'SELECT tenant_id, content IS NULL AS outside, object FROM artifact_content ORDER BY object',
      )
    ).rows as { tenant_id: string; outside: boolean; object: string | null }[];
  const noted = async () =>
    (await admin.query('SELECT object, due_at FROM artifact_object')).rows as {
      object: string;
      due_at: Date;
    }[];
  const nameOf = async (artifactId: string) => {
    const { rows } = await admin.query(
      `SELECT 'interlock/' || c.tenant_id || '/' || c.object AS name FROM artifact a
       JOIN artifact_content c ON c.tenant_id = a.tenant_id AND c.digest = a.digest WHERE a.id = $1`,
      [artifactId],
    );
    return rows[0].name as string;
  };

  test('the bytes are one encrypted object of the organization, and come back as they were', async () => {
    const content = png(3_000_000);
    const [{ artifactId, path }, again] = [await attached(content), await upload(content)];
    expect(again.body.id).toBe(artifactId);
    expect((await upload(content, other)).status).toBe(201);
    expect((await bytesOf(path)).equals(content)).toBe(true);
    const file = await fetch(`${api.url}${path}/content`, {
      headers: { authorization: `Bearer ${acme.keys.viewer}`, 'accept-encoding': 'identity' },
    });
    expect(file.headers.get('content-length')).toBe(String(content.length));
    await file.body!.cancel();

    // One for each organization, and none in PostgreSQL.
    const rows = await stored();
    expect(rows.map(({ outside }) => outside)).toEqual([true, true]);
    const names = rows.map(({ tenant_id, object }) => `interlock/${tenant_id}/${object}`);
    expect((await objects.names()).sort()).toEqual(names.sort());
    expect(await noted()).toEqual([]);
    const written = objects.asked.filter(({ method }) => method === 'PUT');
    expect(written).toHaveLength(2);
    expect(written[0]!.headers).toMatchObject({
      'content-length': String(content.length),
      'x-amz-content-sha256': again.body.sha256,
      'x-amz-server-side-encryption': 'AES256',
      authorization: expect.stringContaining(
        'SignedHeaders=content-length;content-type;host;x-amz-checksum-sha256',
      ),
    });
    expect((await download(path, other.keys.viewer)).status).toBe(404);
  });

  test('a call sends a file from there; what it returns is stored there, or in PostgreSQL while that is not possible', async () => {
    const returned = png();
    const provider = await startProvider();
    provider.respond = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(returned);
    };
    try {
      const tenant = await api.tenant({ privateHosts: [provider.host] });
      const toolOf = async (name: string, config: Record<string, unknown>) => {
        const made = await tenant.as.tenant_admin('POST', '/api/tools', {
          name,
          type: 'http',
          retry: { maxAttempts: 1 },
          inputSchema: { type: 'object', properties: { file: fileInputSchema } },
          config: { url: `${provider.url}/labels`, ...config },
        });
        expect(made.status, JSON.stringify(made.body)).toBe(201);
        return async (payload: unknown) =>
          (await tenant.as.operator('POST', `/api/tools/${made.body.id}/execute`, { payload })).body;
      };
      const send = await toolOf('send_label', { method: 'PUT', bodyType: 'multipart' });
      const get = await toolOf('get_label', { responseType: 'file' });
      const outside = async (artifact: string) =>
        (
          await admin.query(
            'SELECT c.content IS NULL AS outside FROM artifact a JOIN artifact_content c USING (tenant_id, digest) WHERE a.id = $1',
            [artifact],
          )
        ).rows[0].outside;

      const { output } = await get({});
      expect(await outside(output.artifact)).toBe(true);
      expect(await send({ file: output })).toMatchObject({ status: 'succeeded' });
      expect(provider.requests).toHaveLength(2);

      objects.mood = 'away';
      const before = provider.requests.length;
      expect(await send({ file: output })).toMatchObject({
        status: 'failed',
        failure: { code: 'provider_error', message: expect.stringContaining('Nothing was sent') },
      });
      expect(provider.requests).toHaveLength(before);
      provider.respond = (_request, response) => {
        response.writeHead(200, { 'content-type': 'image/png' }).end(png());
      };
      const kept = await get({});
      expect(kept).toMatchObject({ status: 'succeeded' });
      expect(await outside(kept.output.artifact)).toBe(false);
    } finally {
      await provider.close();
    }
  });

  test('while the storage is unavailable nothing is stored or lost, and 503 says so', async () => {
    const content = png();
    const { path } = await attached(content);
    const before = (await stored()).length;
    for (const mood of ['away', 'busy'] as const) {
      objects.mood = mood;
      const refused = await upload(png());
      expect(refused.status).toBe(503);
      expect(refused.body.error).toMatchObject({
        code: 'unavailable',
        message: 'The storage of files is unavailable. Nothing was stored.',
      });
      const unread = await download(path);
      expect(unread.status).toBe(503);
      expect((await unread.json()).error.message).toMatch(/It is still stored/);
    }
    expect(await stored()).toHaveLength(before);
    objects.mood = 'well';
    expect((await bytesOf(path)).equals(content)).toBe(true);
    // What was begun is noted, and goes an hour later.
    const left = await noted();
    expect(left).toHaveLength(2);
    await api.services.files.sweep(new Date(Date.now() + 3_500_000));
    expect(await noted()).toHaveLength(2);
    await api.services.files.sweep(new Date(Date.now() + 3_700_000));
    expect(await noted()).toEqual([]);
  });

  test('other bytes than were stored never arrive as a whole file', async () => {
    const { path } = await attached(png(600_000));
    objects.mood = 'other-bytes';
    await expect(bytesOf(path)).rejects.toThrow();
    // One that comes in one part is not begun.
    objects.mood = 'well';
    const small = await attached(png());
    objects.mood = 'other-bytes';
    const refused = await download(small.path);
    expect([refused.status, refused.headers.get('content-disposition')]).toEqual([503, null]);
    expect(await refused.json()).toMatchObject({ error: { code: 'unavailable' } });
  });

  test('an object goes with its file, also when the storage was unavailable at that time', async () => {
    const { artifactId, path } = await attached(png());
    const name = await nameOf(artifactId);
    expect((await acme.as.operator('DELETE', path)).status).toBe(204);
    await removeUnusedArtifacts(api.services.db, new Date(Date.now() + 31 * dayMs));
    expect(await noted()).toContainEqual(expect.objectContaining({ object: name.split('/').at(-1) }));
    objects.mood = 'away';
    await expect(api.services.files.sweep(new Date())).rejects.toThrow();
    expect(await objects.names()).toContain(name);
    objects.mood = 'well';
    await api.services.files.sweep(new Date());
    expect(await objects.names()).not.toContain(name);
    expect(await noted()).toEqual([]);
  });

  test('while an object is removed no transaction is open, so that no reader of the log waits for the storage', async () => {
    const object = '0192f0c1-7a00-7000-8000-0000000000aa';
    const { db } = api.services;
    await db.tenant(acme.id, (connection) => noteObjects(connection, acme.id, [object], new Date(0)));
    const removing = Promise.withResolvers<void>();
    const removed = Promise.withResolvers<void>();
    const slow = {
      write: async () => {},
      read: async () => null,
      close: async () => {},
      remove: async () => {
        removing.resolve();
        await removed.promise;
      },
    };
    const sweeping = createFileContents(db, slow, undefined).sweep(new Date());
    await removing.promise;
    try {
      await eventually(async () => {
        const { rows } = await admin.query(
          'SELECT interlock_oldest_open_xid() = pg_snapshot_xmax(pg_current_snapshot()) AS free',
        );
        return rows[0].free;
      });
      // It is not named any more, although it is still there.
      const claimed = await db.tenant(acme.id, (connection) => claimObject(connection, acme.id, object));
      expect(claimed).toBe(false);
    } finally {
      removed.resolve();
    }
    await sweeping;
    expect(await noted()).toEqual([]);
  });

  test('an object that was removed before its file was written is never named by it', async () => {
    const { files, db } = api.services;
    const slow = createArtifactStore(db, undefined, {
      ...files,
      async write(...sent) {
        const place = await files.write(...sent);
        await files.sweep(new Date(Date.now() + 2 * 3_600_000));
        return place;
      },
    });
    const before = await stored();
    const file = { name: 'late.png', contentType: 'image/png', content: png() };
    const actor = { type: 'system', id: 'test', name: 'Test' } as const;
    await expect(slow.put(acme.id, file, { actor })).rejects.toThrow(/took too long/);
    expect(await stored()).toEqual(before);
    expect(await objects.names()).toHaveLength(before.filter(({ outside }) => outside).length);
  });

  test('without the bucket in its settings a process says that, and still stores new files', async () => {
    const { path } = await attached(png());
    const without = await startTestApi({ databaseUrl, worker: false });
    try {
      const headers = { authorization: `Bearer ${acme.keys.operator}` };
      const unread = await fetch(`${without.url}${path}/content`, { headers });
      expect(unread.status).toBe(503);
      const added = await fetch(`${without.url}/api/artifacts?name=a.png`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'image/png' },
        body: new Uint8Array(png()),
      });
      expect(added.status).toBe(201);
    } finally {
      await without.close();
    }
  });

  test('files are moved to the bucket and back by a command, while they are read', async () => {
    const content = png();
    const { path, artifactId } = await attached(content);
    const move = async (to: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['api/move-files.ts', to], {
        env: {
          ...process.env,
          ...objects.env,
          DATABASE_URL: databaseUrl,
          INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
          INTERLOCK_LOG_LEVEL: 'silent',
        },
      });
      return JSON.parse(stdout);
    };
    await move('objects');
    const count = (await stored()).length;
    expect(await move('database')).toEqual({ moved: count, missing: 0, to: 'database', complete: true });
    expect((await stored()).every(({ outside }) => !outside)).toBe(true);
    expect(await objects.names()).toEqual([]);
    expect((await bytesOf(path)).equals(content)).toBe(true);
    expect(await move('objects')).toEqual({ moved: count, missing: 0, to: 'objects', complete: true });
    expect(await objects.names()).toHaveLength(count);
    expect((await bytesOf(path)).equals(content)).toBe(true);

    // Without one of the objects, the others are moved all the same.
    await objects.lose(await nameOf(artifactId));
    const lost = await download(path);
    expect(lost.status).toBe(503);
    expect((await lost.json()).error.message).toMatch(/missing there/);
    const rest = { moved: count - 1, missing: 1, to: 'database', complete: true };
    expect(await move('database')).toEqual(rest);
  });
});
