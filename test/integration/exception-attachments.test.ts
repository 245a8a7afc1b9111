import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeUnusedArtifacts } from '../../shared/artifacts/server/remove-unused.ts';
import { connectTo } from '../support/connect-admin.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const dayMs = 86_400_000;
let api: TestApi;
let acme: TestTenant;
let other: TestTenant;
let admin: pg.Client;

// Files that no one uses are removed for every organization of a database.
beforeAll(async () => {
  const own = await createOwnDatabase();
  [api, admin] = await Promise.all([startTestApi({ databaseUrl: own.databaseUrl }), connectTo(own.adminUrl)]);
  [acme, other] = await Promise.all([api.tenant(), api.tenant()]);
});
afterAll(async () => {
  await api?.close();
  await admin?.end();
});

const png = (size = 64) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(size)]);
const zipOf = (...parts: string[]) =>
  Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), randomBytes(4), Buffer.from(parts.join('\0'))]);

const upload = async (name: string, content: Buffer | string, contentType?: string, tenant = acme) => {
  const data = Buffer.from(content).toString('base64');
  const stored = await tenant.as.operator('POST', `/api/artifacts?name=${encodeURIComponent(name)}`, {
    data,
    ...(contentType && { contentType }),
  });
  expect(stored.status, JSON.stringify(stored.body)).toBe(201);
  return stored.body.id as string;
};
const open = async () =>
  `/api/exceptions/${(await acme.as.operator('POST', '/api/exceptions', { title: 'Wrong goods' })).body.id}`;
const attach = async (path: string, name: string, content: Buffer | string, contentType?: string) =>
  acme.as.operator('POST', `${path}/attachments`, { artifactId: await upload(name, content, contentType) });
const names = async (path: string) =>
  (await acme.as.viewer('GET', `${path}/attachments`)).body.items.map(({ name }: { name: string }) => name);
const download = (path: string, key: string | null = acme.keys.viewer) =>
  fetch(`${api.url}${path}`, key ? { headers: { authorization: `Bearer ${key}` } } : {});

test('a file is attached with what its bytes say, listed, in the timeline, and downloaded as it was', async () => {
  const path = await open();
  const content = png();
  const artifactId = await upload('photo.png', content);
  const added = await acme.as.operator('POST', `${path}/attachments`, { artifactId, name: 'The parcel.png' });
  expect(added.status, JSON.stringify(added.body)).toBe(201);
  expect(added.body).toMatchObject({
    artifactId,
    name: 'The parcel.png',
    contentType: 'image/png',
    bytes: content.length,
    preview: true,
    createdBy: { type: 'api_key', name: 'operator key' },
  });
  expect((await acme.as.viewer('GET', `${path}/attachments`)).body).toEqual({ items: [added.body] });

  const at = `${path}/attachments/${added.body.id}/content`;
  const file = await download(at);
  expect(file.status).toBe(200);
  expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="The parcel.png"; filename*=UTF-8''The%20parcel.png`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  });
  const shown = await download(`${at}?inline=true`);
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^inline;/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });

  expect((await acme.as.operator('DELETE', `${path}/attachments/${added.body.id}`)).status).toBe(204);
  expect(await names(path)).toEqual([]);
  expect((await download(at)).status).toBe(404);
  const { items } = (await acme.as.viewer('GET', `${path}/timeline`)).body;
  expect(items.slice(1)).toMatchObject([
    {
      kind: 'event',
      event: {
        type: 'ExceptionAttachmentAdded',
        data: { attachmentId: added.body.id, name: 'The parcel.png', contentType: 'image/png' },
      },
    },
    { kind: 'event', event: { type: 'ExceptionAttachmentRemoved', data: { name: 'The parcel.png' } } },
  ]);
});

test('what may be attached is decided by the first bytes', async () => {
  const path = await open();
  const office = '[Content_Types].xml';
  const good: [name: string, content: Buffer | string, found: string, declared?: string][] = [
    ['a.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'), 'image/jpeg', 'image/jpeg'],
    ['a.gif', 'GIF89a...', 'image/gif'],
    ['a.webp', 'RIFF\x01\x01\x01\x01WEBPVP8 ', 'image/webp'],
    ['a.pdf', '%PDF-1.7\n', 'application/pdf', 'application/pdf'],
    ['a.csv', 'id,amount\n1,2\n', 'text/csv', 'application/vnd.ms-excel'],
    ['latin.csv', Buffer.from('Name;Ort\nM\xfcller;K\xf6ln\n', 'latin1'), 'text/csv'],
    ['a.json', '\ufeff{"a": 1}', 'application/json', 'application/json'],
    ['a.log', 'started < ended', 'text/plain', 'text/plain'],
    ['notes', 'no ending', 'text/plain'],
    ['Notes of Dr. Who, 12.2026', 'a number is no ending', 'text/plain', 'TEXT/plain'],
    ['a.zip', zipOf('readme.txt'), 'application/zip', 'application/x-zip-compressed'],
    ['a.docx', zipOf(office, 'word/document.xml'), expect.stringContaining('wordprocessingml')],
    ['a.xlsx', zipOf(office, 'xl/workbook.xml'), expect.stringContaining('spreadsheetml')],
    ['a.pptx', zipOf(office, 'ppt/presentation.xml'), expect.stringContaining('presentationml')],
  ];
  for (const [name, content, contentType, declared] of good) {
    const added = await attach(path, name, content, declared);
    expect(added.body, name).toMatchObject({
      name,
      contentType,
      preview: contentType.startsWith?.('image/') ?? false,
    });
    // Only an image is ever shown.
    const shown = await download(`${path}/attachments/${added.body.id}/content?inline=true`);
    if (!added.body.preview) {
      expect(shown.headers.get('content-type')).toBe('application/octet-stream');
      expect(shown.headers.get('content-disposition')).toMatch(/^attachment;/);
    }
  }
  const bad: [name: string, content: Buffer | string, why: RegExp, declared?: string][] = [
    ['a.html', '<html><script>alert(1)</script>', /HTML/],
    ['a.txt', '\ufeff <!DOCTYPE html><p>', /HTML/],
    ['b.txt', 'x <script src=//evil.example>', /HTML/, 'text/plain'],
    ['a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', /HTML, SVG/, 'image/svg+xml'],
    ['c.png', '<svg xmlns="http://www.w3.org/2000/svg"/>', /HTML, SVG/, 'image/png'],
    ['a.exe', Buffer.from('MZ\x90\0\x03', 'latin1'), /program/],
    ['d.png', Buffer.from('MZ\x90\0\x03', 'latin1'), /program/],
    ['a', Buffer.from('\x7fELF\x02\x01', 'latin1'), /program/],
    ['a.txt', '#!/bin/sh\nrm -rf /', /Programs/],
    ['a.jar', zipOf('META-INF/MANIFEST.MF'), /Programs/],
    ['e.docx', zipOf(office, 'word/document.xml', 'word/vbaProject.bin'), /macros/],
    ['a.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /not known/],
    ['a.sh', 'echo', /\.sh/],
    // As a desktop reads them.
    ['a.vbs.', 'x', /\.vbs/],
    ['a.vbs ', 'x', /\.vbs/],
    ['a.vbs\u200b', 'x', /\.vbs/],
    ['a.7z', 'x', /\.7z/],
    ['a\u202etxt.vbs.txt', 'x', /order/],
    [' ', 'x', /name/],
    ['f.png', '%PDF-1.7', /says that it is image\/png, but its content is application\/pdf/],
    ['f.pdf', png(), /says that it is application\/pdf/],
    ['g', png(), /says that it is image\/gif/, 'image/gif'],
    ['f.docx', zipOf('readme.txt'), /but its content is application\/zip/],
    ['h', 'alert(1)', /text\/javascript/, 'text/javascript'],
    ['i', 'x', /video\/mp4/, 'video/mp4'],
    ['a.json', 'hello', /JSON/],
    ['empty.txt', '', /empty/],
  ];
  for (const [name, content, why, declared] of bad) {
    const refused = await attach(path, name, content, declared);
    expect(refused, name).toMatchObject({
      status: 422,
      body: {
        error: {
          code: 'invalid_input',
          message: expect.stringMatching(why),
          issues: [{ path: '/artifactId' }],
        },
      },
    });
  }
  expect(await names(path)).toEqual(good.map(([name]) => name));
});

test('a file is at most as large as the setting says, is attached once, and an exception has at most 50', async () => {
  const path = await open();
  const large = await attach(path, 'large.png', png(10_485_760));
  expect(large).toMatchObject({ status: 413, body: { error: { code: 'payload_too_large' } } });
  expect((await attach(path, 'fits.png', png(10_485_752))).status).toBe(201);

  const artifactId = await upload('once.png', png());
  const answers = await Promise.all(
    [1, 2, 3].map(() => acme.as.operator('POST', `${path}/attachments`, { artifactId })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);

  for (let count = 2; count < 49; count++)
    expect((await attach(path, `${count}.txt`, `${count}`)).status).toBe(201);
  const last = await Promise.all(['x', 'y', 'z'].map((each) => attach(path, `${each}.txt`, each)));
  expect(last.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
  expect(await names(path)).toHaveLength(50);
  expect(JSON.stringify(last.map(({ body }) => body))).toContain('cannot have more');
});

test('another organization neither sees nor attaches a file, and a viewer only reads', async () => {
  const path = await open();
  const { body: added } = await attach(path, 'mine.txt', 'mine');
  const at = `${path}/attachments/${added.id}`;
  for (const [method, to, body] of [
    ['GET', `${path}/attachments`],
    ['GET', `${at}/content`],
    ['DELETE', at],
    ['POST', `${path}/attachments`, { artifactId: await upload('theirs.txt', 'theirs', undefined, other) }],
  ] as const)
    expect((await other.as.tenant_admin(method, to, body)).status, `${method} ${to}`).toBe(404);
  // A file of another organization does not exist here, nor does an attachment of another exception.
  const foreign = await upload('foreign.txt', 'foreign', undefined, other);
  for (const artifactId of [foreign, uuidv7()])
    expect(await acme.as.operator('POST', `${path}/attachments`, { artifactId })).toMatchObject({
      status: 422,
      body: { error: { message: 'File not found. Upload it again.' } },
    });
  const elsewhere = `${await open()}/attachments/${added.id}`;
  expect((await download(`${elsewhere}/content`)).status).toBe(404);
  expect((await acme.as.tenant_admin('DELETE', elsewhere)).status).toBe(404);
  expect((await download(`${at}/content`, null)).status).toBe(401);
  expect((await acme.as.viewer('POST', `${path}/attachments`, { artifactId: added.artifactId })).status).toBe(
    403,
  );
  expect((await acme.as.viewer('DELETE', at)).status).toBe(403);
  expect(await names(path)).toEqual(['mine.txt']);
});

test('who added a file removes it, or a tenant admin; under a legal hold no one', async () => {
  const path = await open();
  const { body: first } = await attach(path, 'first.txt', 'first');
  const { body: second } = await attach(path, 'second.txt', 'second');
  const at = (file: { id: string }) => `${path}/attachments/${file.id}`;
  expect(await acme.as.tool_admin('DELETE', at(first))).toMatchObject({
    status: 403,
    body: { error: { message: expect.stringContaining('operator key attached this file') } },
  });
  const exceptionId = path.split('/').at(-1);
  const hold = await acme.as.tenant_admin('POST', '/api/legal-holds', {
    scope: 'exception',
    exceptionId,
    reason: 'Court',
  });
  expect(hold.status, JSON.stringify(hold.body)).toBe(201);
  for (const call of [acme.as.operator, acme.as.tenant_admin])
    expect(await call('DELETE', at(first))).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining('legal hold') } },
    });
  expect(await names(path)).toEqual(['first.txt', 'second.txt']);
  await acme.as.tenant_admin('POST', `/api/legal-holds/${hold.body.id}/release`, { reason: 'Over' });
  expect((await acme.as.operator('DELETE', at(first))).status).toBe(204);
  expect((await acme.as.tenant_admin('DELETE', at(second))).status).toBe(204);
  expect((await acme.as.operator('DELETE', at(first))).status).toBe(404);
});

test('an attached file stays for as long as it is attached anywhere, and goes 30 days later', async () => {
  const [one, two] = [await open(), await open()];
  const artifactId = await upload('kept.txt', 'kept');
  const add = async (path: string) =>
    (await acme.as.operator('POST', `${path}/attachments`, { artifactId })).body.id as string;
  const [first, second] = [await add(one), await add(two)];
  const remains = async (days: number) => {
    await removeUnusedArtifacts(api.services.db, new Date(Date.now() + days * dayMs));
    return (await admin.query('SELECT FROM artifact WHERE id = $1', [artifactId])).rowCount === 1;
  };
  expect(await remains(400)).toBe(true);
  await acme.as.operator('DELETE', `${one}/attachments/${first}`);
  expect(await remains(400)).toBe(true);
  expect((await download(`${two}/attachments/${second}/content`)).status).toBe(200);
  await acme.as.operator('DELETE', `${two}/attachments/${second}`);
  expect(await remains(29)).toBe(true);
  expect(await remains(31)).toBe(false);
});
