import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import {
  auditFormat,
  blockHash,
  eventDigest,
  noBlock,
  partDigest,
  type SealedEvent,
  saltOf,
} from '../../../shared/events/server/audit/audit-digest.ts';
import {
  isSignedBy,
  keyIdOf,
  signExport,
  signHead,
} from '../../../shared/events/server/audit/audit-signature.ts';
import { AuditMismatch, verifyExport } from '../../../shared/events/server/audit/verify-export.ts';

/** The key pair of RFC 8032, 7.1, test 1. */
const privateKey = createPrivateKey({
  key: Buffer.from(
    '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'hex',
  ),
  format: 'der',
  type: 'pkcs8',
});
const publicKey: KeyObject = createPublicKey(privateKey);

const event = (id: number, more: Partial<SealedEvent> = {}): SealedEvent => ({
  id: String(id),
  xid: '700',
  type: 'ExceptionUpdated',
  subjectType: 'exception',
  subjectId: 'e1',
  exceptionId: 'e1',
  actor: { type: 'user', id: 'u1', name: 'Ana Admin' },
  door: 'web',
  address: '192.0.2.7',
  data: { changed: ['title'], amount: 1.5 },
  requestId: 'r1',
  createdAt: '2026-11-22T03:04:05.123456Z',
  ...more,
});
const salt = '000102030405060708090a0b0c0d0e0f';
const tenantId = '0198a000-0000-7000-8000-000000000001';

test('the digests of the format are what they were when events were sealed', () => {
  expect(eventDigest(event(1), salt)).toBe(
    'd9c7eb1910cdbe062b3079f7b59c930391598bbf8fb739ce0257caf0c9b94632',
  );
  const header = { tenantId, number: 1, firstSequence: 1, count: 1, previous: noBlock };
  const sealedAt = '2026-11-22T03:04:06.000Z';
  expect(blockHash({ ...header, sealedAt }, Buffer.alloc(32))).toBe(
    '8c312129ec73c271c83f68203f3daf113f5e2dc6d171e6df3e3169a6cff085ea',
  );
});

test('the order of properties and the notation of numbers do not count, and everything else does', () => {
  const digest = eventDigest(event(1), salt);
  expect(eventDigest(event(1, { data: { amount: 1.5, changed: ['title'] } }), salt)).toBe(digest);
  const others: Partial<SealedEvent>[] = [
    { id: '2' },
    { xid: '701' },
    { type: 'ExceptionResolved' },
    { subjectType: 'tool' },
    { subjectId: 'e2' },
    { exceptionId: null },
    { actor: { type: 'api_key', id: 'u1', name: 'Ana Admin' } },
    { actor: { type: 'user', id: 'u2', name: 'Ana Admin' } },
    { actor: { type: 'user', id: 'u1', name: 'Ana' } },
    { door: 'rest' },
    { address: null },
    { data: { changed: ['title'], amount: 1.6 } },
    { requestId: null },
    { createdAt: '2026-11-22T03:04:05.123457Z' },
  ];
  const digests = others.map((other) => eventDigest(event(1, other), salt));
  expect(new Set([digest, ...digests]).size).toBe(others.length + 1);
});

test('a head that is changed does not have its signature', () => {
  const keyId = keyIdOf(publicKey);
  const head = { tenantId, block: 3, sequence: 40, hash: noBlock, signedAt: 'now', keyId };
  const signed = signHead(head, privateKey);
  expect(isSignedBy(signed, publicKey)).toBe(true);
  for (const other of [{ block: 4 }, { sequence: 41 }, { hash: 'f'.repeat(64) }, { signedAt: 'then' }])
    expect(isSignedBy({ ...signed, ...other }, publicKey)).toBe(false);
});

/** The lines of an export of one block. */
function exportOf(
  events: SealedEvent[],
  shown: object[] = events.map((each) => ({ ...each, salt })),
): string[] {
  const digests = Buffer.concat(events.map((each) => Buffer.from(eventDigest(each, salt), 'hex')));
  const sealedAt = '2026-11-22T03:04:06.000Z';
  const header = { number: 1, firstSequence: 1, count: events.length, previous: noBlock, sealedAt };
  const hash = blockHash({ ...header, tenantId }, digests);
  const keyId = keyIdOf(publicKey);
  const exportedAt = '2026-11-22T03:05:00.000Z';
  const lines = [
    {
      kind: 'export',
      format: auditFormat,
      tenantId,
      tenant: 'acme',
      exportedAt,
      range: null,
      filter: null,
      keyId,
    },
    {
      kind: 'block',
      ...header,
      hash,
      eventIds: events.map(({ id }) => id),
      digests: digests.toString('base64'),
    },
    ...shown.map((each, index) => ({ kind: 'event', sequence: index + 1, ...each })),
  ].map((line) => JSON.stringify(line));
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  lines[0] = JSON.stringify({ ...JSON.parse(lines[0]!), publicKey: publicKeyPem });
  const digest = createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
  const signature = signExport(digest, privateKey);
  return [...lines, JSON.stringify({ kind: 'end', blocks: 1, events: shown.length, signature })];
}

const check = (lines: string[]) => verifyExport(Readable.from(lines), { publicKeys: [publicKey] });

test('what was erased from an event leaves it verifiable, and a made-up value does not', async () => {
  const first = event(1, { type: 'EventPartsErased', data: { actorName: ['2'], address: ['2'] } });
  const second = event(2);
  const erased = {
    ...second,
    actor: { ...second.actor, name: 'Erased person' },
    address: null,
    opening: {
      actorName: { digest: partDigest(saltOf(salt, 'actorName'), 'Ana Admin') },
      address: { digest: partDigest(saltOf(salt, 'address'), '192.0.2.7') },
      data: { salt: saltOf(salt, 'data') },
    },
  };
  const whole = exportOf([first, second], [{ ...first, salt }, erased]);
  expect(await check(whole)).toMatchObject({ events: 2, lastSequence: 2, trustedKey: true });
  const forged = { ...erased, data: { changed: ['nothing'] } };
  const changed = exportOf([first, second], [{ ...first, salt }, forged]);
  await expect(check(changed)).rejects.toThrow('Event 2 (id 2, ExceptionUpdated');
});

test('of several things that are wrong, the first in the chain is named', async () => {
  const lines = exportOf([event(1), event(2), event(3)]);
  const altered = lines.map((line) =>
    line.includes('"id":"3"') ? line.replace('"door":"web"', '"door":"rest"') : line,
  );
  await expect(check(altered)).rejects.toThrow('Event 3');
  await expect(check(altered.toSpliced(2, 1))).rejects.toThrow('Event 1 (id 1) of block 1 is missing');
});

test('numbers keep their digits on the way through a file', async () => {
  const lines = exportOf([event(1, { data: { amount: 12.5 } })]);
  expect(lines[2]).toContain('12.5');
  await expect(check(lines.with(2, lines[2]!.replace('12.5', '12.50000000000000001')))).rejects.toThrow(
    AuditMismatch,
  );
});
