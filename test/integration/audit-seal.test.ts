import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';
import type { AuditEvent } from '../../shared/events/audit-schemas.ts';
import { lookAtLog } from '../../shared/events/db/audit-seal.ts';
import { tailNow } from '../../shared/events/db/events.ts';
import { createAuditSeal } from '../../shared/events/server/audit/audit-seal.ts';
import { readHeadFiles } from '../../shared/events/server/audit/read-heads.ts';
import { AuditMismatch, verifyExport } from '../../shared/events/server/audit/verify-export.ts';
import { databaseUrlsFrom } from '../../shared/platform/db/logins.ts';
import { useInterlock } from '../support/command-line.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

interface Line {
  kind: string;
  id: string;
  type: string;
  sequence: number;
  number: number;
}

describe('the seal of the audit trail', () => {
  let api: TestApi;
  let admin: pg.Client;
  let appUrl: string;
  let folder: string;
  let tenant: TestTenant;

  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    appUrl = databaseUrl;
    folder = await mkdtemp(join(tmpdir(), 'interlock-audit-'));
    admin = await connectTo(adminUrl);
    api = await startTestApi({
      databaseUrl,
      worker: false,
      env: { INTERLOCK_AUDIT_HEADS: join(folder, 'heads'), INTERLOCK_TRUSTED_PROXIES: '127.0.0.1' },
    });
    tenant = await api.tenant();
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
    await rm(folder, { recursive: true, force: true });
  });

  const events = async (of: TestTenant, count: number): Promise<void> => {
    for (let index = 0; index < count; index++)
      await of.as.operator('POST', '/api/exceptions', { title: `Case ${index}` });
  };
  /** @returns before this, every transaction has ended */
  const everythingCommitted = async (): Promise<string> => {
    const { db } = api.services;
    const { next } = await db.system(lookAtLog);
    await eventually(async () => BigInt((await db.system(tailNow)).xid) >= BigInt(next));
    return next;
  };
  /** Everything that is committed is sealed, signed and kept elsewhere. */
  const sealed = async (): Promise<void> => {
    await api.services.auditSeal.seal({ ended: await everythingCommitted() });
    await api.services.auditSeal.signHeads();
    await api.services.auditSeal.exportHeads();
  };
  const exported = async (of: TestTenant, query = ''): Promise<string> => {
    const response = await fetch(`${api.url}/api/audit/export${query}`, {
      headers: { authorization: `Bearer ${of.keys.tenant_admin}` },
    });
    expect(response.status).toBe(200);
    return response.text();
  };
  const linesOf = (text: string): Line[] =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
  /** What is wrong; null: nothing. */
  const mismatch = async (text: string, { heads = false } = {}): Promise<string | null> => {
    const kept = heads ? await readHeadFiles(join(folder, 'heads')) : [];
    const lines = text.trimEnd().split('\n');
    const check = verifyExport(Readable.from(lines), { heads: kept });
    return check.then(
      () => null,
      (error: unknown) => {
        if (error instanceof AuditMismatch) return error.message;
        throw error;
      },
    );
  };
  /** What an administrator of the database does, who knows about the triggers. */
  const asOwner = async (statement: string, values: unknown[] = []): Promise<void> => {
    await admin.query('SET session_replication_role = replica');
    try {
      await admin.query(statement, values);
    } finally {
      await admin.query('SET session_replication_role = origin');
    }
  };
  /** Compares every row of every chain with the seal. */
  const compareAll = async (): Promise<void> => {
    await api.services.auditSeal.check({ restMs: 0 });
    await api.services.auditSeal.check({ restMs: 0 });
  };
  const problemsOf = async (of: TestTenant) => {
    const { body } = await of.as.tenant_admin('GET', '/api/audit/head');
    return body.check.problems as { kind: string; eventId: string | null }[];
  };

  test('no role of the product can change, remove or truncate an event, its owner neither', async () => {
    await events(tenant, 1);
    await everythingCommitted();
    const urls = databaseUrlsFrom(appUrl);
    const { rows } = await admin.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'event'::regclass`,
    );
    expect(rows.length).toBeGreaterThan(2);
    const statements = ['event', ...rows.map(({ name }) => name), 'audit_block'].flatMap((table) => [
      `UPDATE ${table} SET tenant_id = tenant_id`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ]);
    for (const url of [urls.app, urls.system, urls.auth]) {
      const client = await connectTo(url);
      await client.query("SELECT set_config('interlock.tenant_id', $1, false)", [tenant.id]);
      for (const statement of statements)
        await expect(client.query(`${statement}`), statement).rejects.toThrow(
          /permission denied|does not exist/,
        );
      await client.end();
    }
    await api.services.auditSeal.seal();
    for (const statement of statements) {
      const { rows: there } = await admin.query(
        `SELECT FROM ${statement.match(/event\w*|audit_block/)![0]} LIMIT 1`,
      );
      if (there.length > 0 || statement.startsWith('TRUNCATE'))
        await expect(admin.query(statement), statement).rejects.toThrow('append-only');
    }
  });

  test('the offline check of an export is a program: 0 when it is whole, 1 and the first event that is not, 2 on misuse', async () => {
    await events(tenant, 2);
    const text = await exported(tenant, '?type=ExceptionCreated');
    await sealed();
    const file = join(folder, 'export.ndjson');
    await writeFile(file, text);
    const whole = await verifyFile(file, '--heads', join(folder, 'heads'));
    expect(whole.output).toContain('WHOLE');
    expect(whole.output).toContain('filtered');
    expect(whole.code).toBe(0);
    await writeFile(file, text.replace('operator key', 'someone else'));
    const changed = await verifyFile(file);
    expect(changed.output).toMatch(/NOT WHOLE: Event \d+ \(id \d+, ExceptionCreated/);
    expect(changed.code).toBe(1);
    const noFile = join(folder, 'no such file');
    const misuse = await Promise.all(
      [[], [noFile], [file, '--public-key', noFile]].map((args) =>
        useInterlock(['audit', 'verify', ...args], { env: {} }),
      ),
    );
    expect(misuse.map(({ code }) => code)).toEqual([2, 2, 2]);
  });

  test('an export has every event in its order, and names who made it', async () => {
    await events(tenant, 3);
    const text = await exported(tenant);
    const lines = linesOf(text).filter(({ kind }) => kind === 'event');
    expect(lines.at(-1)).toMatchObject({
      type: 'AuditExported',
      door: 'rest',
      address: '127.0.0.1',
      data: { format: 'ndjson', filters: [] },
    });
    expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_, index) => index + 1));
    expect(await mismatch(text)).toBeNull();
    await sealed();
    expect(await mismatch(text, { heads: true })).toBeNull();
    const since = await exported(tenant, `?from=${new Date().toISOString()}`);
    expect(linesOf(since).filter(({ kind }) => kind === 'event').length).toBeLessThan(lines.length);
    expect(await mismatch(since, { heads: true })).toBeNull();
  });

  test('whatever is changed in an export is named: an altered, missing, added, doubled or reordered event', async () => {
    await events(tenant, 3);
    const lines = (await exported(tenant)).trimEnd().split('\n');
    const at = lines.findIndex((line) => (JSON.parse(line) as Line).type === 'ExceptionCreated');
    const { sequence, id } = JSON.parse(lines[at]!) as Line;
    const cases: [change: (copy: string[]) => unknown, says: string][] = [
      [
        (copy) => copy.splice(at, 1, lines[at]!.replace('operator key', 'Eve')),
        `Event ${sequence} (id ${id}`,
      ],
      [(copy) => copy.splice(at, 1), `Event ${sequence} (id ${id}) of block`],
      [(copy) => copy.splice(at, 2, lines[at + 1]!, lines[at]!), `Event ${sequence} (id ${id}`],
      [(copy) => copy.splice(at, 0, lines[at]!), 'is there twice'],
      [(copy) => copy.splice(at, 0, lines[at]!.replace(`"id":"${id}"`, '"id":"999999"')), 'was added'],
      [(copy) => copy.splice(1, 1), 'first block'],
      [(copy) => copy.splice(0, 1), 'first line'],
      [(copy) => copy.pop(), 'The file ends'],
      [
        (copy) => copy.splice(0, 1, lines[0]!.replace(/"exportedAt":"\d/, '"exportedAt":"1')),
        'changed after the export',
      ],
    ];
    for (const [change, says] of cases) {
      const copy = [...lines];
      change(copy);
      expect(await mismatch(copy.join('\n'))).toContain(says);
    }
  });

  test('an administrator who changes, removes or adds rows is caught by the check and by an export', async () => {
    const changes: [kind: string, says: string, change: (id: string) => Promise<void>][] = [
      [
        'altered',
        'was altered',
        (id) => asOwner(`UPDATE event SET actor_name = 'Nobody' WHERE id = $1`, [id]),
      ],
      [
        'altered',
        'was altered',
        (id) =>
          asOwner(`UPDATE event SET created_at = created_at - interval '1 microsecond' WHERE id = $1`, [id]),
      ],
      [
        'altered',
        'was altered',
        (id) => asOwner(`UPDATE event SET xid = (xid::text::bigint - 1)::text::xid8 WHERE id = $1`, [id]),
      ],
      ['missing', 'is missing', (id) => asOwner('DELETE FROM event WHERE id = $1', [id])],
      [
        'added',
        'was added',
        (id) =>
          asOwner(
            `INSERT INTO event (xid, tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, created_at)
             SELECT (xid::text::bigint - 1)::text::xid8, tenant_id, 'ExceptionResolved', subject_type, subject_id, actor_type, actor_id, actor_name, created_at
             FROM event WHERE id = $1`,
            [id],
          ),
      ],
    ];
    for (const [kind, says, change] of changes) {
      const victim = await api.tenant();
      await events(victim, 3);
      // In a partition of the month before.
      await admin.query(
        `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name, created_at)
         VALUES ($1, 'ToolCreated', 'tool', 'old', 'user', 'u', 'Old', date_trunc('month', now()) - interval '2 days')`,
        [victim.id],
      );
      await sealed();
      const { rows } = await admin.query<{ id: string }>(
        'SELECT id FROM event WHERE tenant_id = $1 ORDER BY created_at LIMIT 1',
        [victim.id],
      );
      await change(rows[0]!.id);
      expect(await mismatch(await exported(victim), { heads: true })).toContain(says);
      await compareAll();
      expect(await problemsOf(victim)).toEqual([expect.objectContaining({ kind })]);
      const { body } = await victim.as.tenant_admin('GET', '/api/audit?type=AuditSealBroken');
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({ door: 'worker', address: null, data: { kind, found: 1 } });
    }
  });

  test('one who also rewrites the chain is caught by the heads that left', async () => {
    const victim = await api.tenant();
    await events(victim, 3);
    await sealed();
    await events(victim, 2);
    await sealed();
    // Everything is sealed anew, as if one event had never been there.
    await asOwner(
      `DELETE FROM event WHERE id = (SELECT id FROM event WHERE tenant_id = $1 ORDER BY id OFFSET 1 LIMIT 1)`,
      [victim.id],
    );
    await asOwner('DELETE FROM audit_block WHERE tenant_id = $1', [victim.id]);
    await asOwner('DELETE FROM audit_head WHERE tenant_id = $1', [victim.id]);
    await asOwner(`UPDATE audit_position SET xid = '0', event_id = '0'`);
    await sealed();
    const text = await exported(victim);
    expect(await mismatch(text)).toBeNull();
    expect(await mismatch(text, { heads: true })).toContain('the chain was rewritten');
    await compareAll();
    expect((await problemsOf(victim)).map(({ kind }) => kind)).toEqual(['head']);
  });

  test('a process that starts later compares with the heads that left before', async () => {
    const victim = await api.tenant();
    await events(victim, 2);
    await sealed();
    await asOwner('DELETE FROM audit_block WHERE tenant_id = $1', [victim.id]);
    await asOwner('DELETE FROM audit_head WHERE tenant_id = $1', [victim.id]);
    const { db, vault, log, reservedHosts } = api.services;
    const later = createAuditSeal({ db, vault, log, reservedHosts, headsPlace: join(folder, 'heads') });
    await later.check({ restMs: 0 });
    expect(await problemsOf(victim)).toEqual([expect.objectContaining({ kind: 'cut', eventId: null })]);
  });

  test('a head that the vault did not seal a key for is reported', async () => {
    const victim = await api.tenant();
    await events(victim, 1);
    await sealed();
    await asOwner(`UPDATE audit_head SET signature = '\\x00' WHERE tenant_id = $1`, [victim.id]);
    await compareAll();
    expect(await problemsOf(victim)).toEqual([expect.objectContaining({ kind: 'head' })]);
  });

  test('what commits late is sealed late and once, whoever seals', async () => {
    const late = await api.tenant();
    const other = await connectTo(databaseUrlsFrom(appUrl).system);
    await other.query('BEGIN');
    await other.query(
      `INSERT INTO event (tenant_id, type, subject_type, subject_id, actor_type, actor_id, actor_name)
       VALUES ($1, 'ToolCreated', 'tool', 'late', 'user', 'u', 'Late')`,
      [late.id],
    );
    await events(late, 2);
    await Promise.all([api.services.auditSeal.seal(), api.services.auditSeal.seal()]);
    await other.query('COMMIT');
    await other.end();
    const ended = await everythingCommitted();
    await Promise.all([api.services.auditSeal.seal({ ended }), api.services.auditSeal.seal({ ended })]);
    const lines = linesOf(await exported(late)).filter(({ kind }) => kind === 'event');
    expect(lines.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['ToolCreated', 'ExceptionCreated', 'AuditExported']),
    );
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(await mismatch(await exported(late))).toBeNull();
  });

  test('a log that is read again, as after a restore, is not sealed again', async () => {
    const restored = await api.tenant();
    await events(restored, 2);
    await sealed();
    const state = async () => (await restored.as.tenant_admin('GET', '/api/audit/head')).body;
    const { sequence, hash } = await state();
    await admin.query(`UPDATE audit_position SET xid = '9000000000', event_id = '0'`);
    await sealed();
    await sealed();
    expect(await state()).toMatchObject({ sequence, hash, check: { problems: [] } });
    await events(restored, 1);
    await sealed();
    expect((await state()).sequence).toBe(sequence + 1);
  });

  test('heads go to a server that takes them, and again when it did not', async () => {
    const received: { heads: { tenantId: string }[] }[] = [];
    let accept = false;
    const server: Server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (accept) received.push(JSON.parse(body));
      response.writeHead(accept ? 204 : 503).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { db, vault, log, reservedHosts } = api.services;
    const headsPlace = `http://127.0.0.1:${port}/heads`;
    const seal = createAuditSeal({ db, vault, log, reservedHosts, headsPlace });
    const sender = await api.tenant();
    await events(sender, 1);
    await seal.seal({ ended: await everythingCommitted() });
    await seal.signHeads();
    await expect(seal.exportHeads()).rejects.toThrow('503');
    accept = true;
    await seal.exportHeads();
    await seal.exportHeads();
    expect(
      received.flatMap(({ heads }) => heads).filter(({ tenantId }) => tenantId === sender.id),
    ).toHaveLength(1);
    server.close();
  });

  test('an event names the door and, behind a trusted proxy, the address of its request', async () => {
    const caller = await api.tenant();
    const key = { authorization: `Bearer ${caller.keys.operator}`, 'content-type': 'application/json' };
    const sent = (path: string, address: string, more: Record<string, string>) =>
      fetch(api.url + path, {
        method: 'POST',
        headers: { 'x-forwarded-for': address, 'content-type': 'application/json', ...more },
        body: JSON.stringify({ title: 'Case' }),
      });
    const session = cookieOf((await api.signIn(caller.email, testPassword)).headers);
    const page = { cookie: session, 'x-tenant': caller.slug };
    expect((await sent('/api/exceptions', '203.0.113.9, 127.0.0.1', key)).status).toBe(201);
    expect((await sent('/trpc/exceptions.create', '203.0.113.10', key)).status).toBe(200);
    expect((await sent('/trpc/exceptions.create', '203.0.113.11', page)).status).toBe(200);
    const { body } = await caller.as.tenant_admin('GET', '/api/audit?type=ExceptionCreated');
    expect(body.items.map(({ door, address }: AuditEvent) => [door, address])).toEqual([
      ['web', '203.0.113.11'],
      ['trpc', '203.0.113.10'],
      ['rest', '203.0.113.9'],
    ]);
  });

  test('only tenant admins read where events came from, each of their own tenant', async () => {
    const other = await api.tenant();
    await events(other, 1);
    for (const path of ['/api/audit', '/api/audit/head', '/api/audit/export']) {
      expect((await other.as.tool_admin('GET', path)).status, path).toBe(403);
      expect((await api.call(null)('GET', path)).status, path).toBe(401);
    }
    const { body } = await other.as.tenant_admin('GET', '/api/audit?door=rest&address=127.0.0.1');
    expect(body.items.map(({ type }: Line) => type)).toContain('ExceptionCreated');
    expect((await other.as.tenant_admin('GET', '/api/audit?door=web')).body.items).toEqual([]);
    expect((await other.as.tenant_admin('GET', '/api/audit/export?format=xml')).status).toBe(400);
    expect((await other.as.tenant_admin('GET', '/api/audit/export?tyep=x')).status).toBe(400);
    const csv = await exported(other, '?format=csv&type=ExceptionCreated');
    expect(csv.split('\r\n')[0]).toContain('door,address');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(2);
  });

  test('the folder of heads has a file for each write and the public key', async () => {
    await events(tenant, 1);
    await sealed();
    const entries = await readdir(join(folder, 'heads'));
    const key = entries.find((name) => name.endsWith('.pem'))!;
    const { body } = await tenant.as.tenant_admin('GET', '/api/audit/head');
    expect(await readFile(join(folder, 'heads', key), 'utf8')).toBe(body.publicKey);
    expect(body).toMatchObject({ head: { block: body.block, hash: body.hash, sequence: body.sequence } });
    expect(body.exportedAt).not.toBeNull();
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toMatch(/^interlock_audit_problems [1-9]/m);
  });
});

const run = promisify(execFile);

/** `interlock audit verify`, as a program. */
async function verifyFile(...parameters: string[]): Promise<{ code: number; output: string }> {
  const parts = ['api/cli/main.ts', 'audit', 'verify', ...parameters];
  try {
    const { stdout } = await run(process.execPath, parts, { cwd: projectRoot });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: `${stdout}${stderr}` };
  }
}
