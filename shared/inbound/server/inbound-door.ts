import { createHmac, hkdfSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { v7 as uuidv7 } from 'uuid';
import { createStartCircuit } from '../../executions/server/start-circuit.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { validSecrets } from '../../platform/server/overlapping-secrets.ts';
import { findByDeliveryKey, insertInboundDelivery, retireDeliveryKey } from '../db/inbound-deliveries.ts';
import { takeDelivery } from '../db/inbound-rate.ts';
import { findByReceiveKey, type InboundWebhookRow } from '../db/inbound-webhooks.ts';
import { openInboundSecrets, type ReceivedInput, sealInput } from './inbound-secrets.ts';
import type { InboundServices } from './inbound-services.ts';
import { receiveDigest } from './inbound-webhook-service.ts';
import { type BodyKind, kindOf, readBody, textOf } from './read-body.ts';
import { schemeOf } from './schemes/registry.ts';
import { startAfterMs, startProcessing } from './start-processing.ts';
import { createTurnedAway } from './turned-away.ts';

/** A request to an endpoint, as it came. */
export interface SentDelivery {
  /** The last part of the URL. */
  key: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  address: string | null;
  /** Sent by the test sender. */
  isTest?: boolean;
}

export type Received =
  | { deliveryId: string }
  /** The source asks whether the URL is ours. Nothing was stored. */
  | { challenge: string };

export interface InboundDoor {
  /**
   * Checks and stores a delivery, and starts its processing. Once it is stored, it is processed whatever fails.
   * @throws InterlockError `not_found`, `unauthorized`, `bad_request`, `idempotency_conflict` for the id of another body, or
   * `rate_limited`; then nothing was stored
   */
  receive(sent: SentDelivery): Promise<Received>;
  /** Writes the counts that are left. */
  stop(): Promise<void>;
}

interface Source {
  row: InboundWebhookRow;
  secrets: Awaited<ReturnType<typeof openInboundSecrets>>;
  /** By the clock of the process. */
  readAt: number;
}

/** What this process knows of an endpoint; a delivery is stored only if it is still so. */
const knownMs = 5_000;
/** A signature that does not match may be of a secret that is newer than that. A flood of them is a look each quarter second. */
const recheckMs = 250;
/** Content without an id is the same delivery for so long. */
const sameContentMs = 60 * 60_000;
const maxRounds = 3;
/** Never stored: they prove who sent it, or belong to the connection. */
const unstored = new Set(['authorization', 'proxy-authorization', 'cookie', 'connection', 'content-length']);

class TooMany extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super('Too many deliveries');
    this.waitMs = waitMs;
  }
}

export function createInboundDoor(services: InboundServices): InboundDoor {
  const { db, vault, environment, log } = services;
  const known = new LRUCache<string, Source>({ max: 2_000, ttl: knownMs });
  /** Until when an endpoint is over its rate, so that a flood costs the database nothing. */
  const fullUntil = new LRUCache<string, number>({ max: 2_000 });
  const turnedAway = createTurnedAway(services);
  const circuit = createStartCircuit(services.temporal.client);
  const digestKey = Buffer.from(
    hkdfSync('sha256', environment.INTERLOCK_AUTH_SECRET, '', 'interlock/inbound', 32),
  );
  const digest = (...parts: (string | Buffer)[]): string => {
    const hmac = createHmac('sha256', digestKey);
    for (const part of parts) hmac.update(part);
    return hmac.digest('base64url');
  };

  /** The work is the same for every key that is unknown. */
  async function sourceOf(key: string): Promise<Source | null> {
    const wanted = receiveDigest(key);
    const name = wanted.toString('base64');
    const before = known.get(name);
    if (before) return before;
    const row = await db.system((connection) => findByReceiveKey(connection, wanted));
    if (!row?.enabled || row.archived_at) return null;
    const ids = { tenantId: row.tenant_id, webhookId: row.id };
    const secrets = await openInboundSecrets(vault, ids, row.secret_sealed);
    const source = { row, secrets, readAt: performance.now() };
    known.set(name, source);
    return source;
  }

  const forget = (key: string) => known.delete(receiveDigest(key).toString('base64'));

  /**
   * @returns false when the endpoint has to be read again
   * @throws InterlockError `unauthorized`
   */
  function isGenuine(
    { row, secrets, readAt }: Source,
    { headers, body }: SentDelivery,
    mayBeStale: boolean,
  ): boolean {
    const now = Date.now();
    const settings = { hmac: row.hmac, idHeader: row.id_header };
    const problem = schemeOf(row.scheme).verify({ headers, body, now }, validSecrets(secrets, now), settings);
    if (problem === null) return true;
    if (mayBeStale && performance.now() - readAt > recheckMs) return false;
    turnedAway.refused(row, problem);
    throw new InterlockError('unauthorized', `${problem} Nothing was stored.`);
  }

  async function store(source: Source, sent: SentDelivery, kind: BodyKind): Promise<string | 'gone'> {
    const { row } = source;
    const { headers, body: bytes, address, isTest = false } = sent;
    const text = textOf(bytes);
    const body = readBody(kind, text);
    const settings = { hmac: row.hmac, idHeader: row.id_header };
    const scheme = schemeOf(row.scheme);
    const senderId = scheme.senderId(headers, body, settings);
    const bodyDigest = digest(bytes);
    const key = senderId === null ? `c${digest('content', bytes)}` : `i${digest('id', senderId)}`;
    const id = uuidv7();
    const proofs = new Set(scheme.proofs(settings));
    const input: ReceivedInput = {
      headers: Object.fromEntries(
        Object.entries(headers).filter(([name]) => !unstored.has(name) && !proofs.has(name)),
      ),
      body: text,
      senderId,
    };
    const before = await replayed(row, key, bodyDigest, senderId);
    if (before) return before;
    checkFull(row);
    const inputSealed = await sealInput(vault, { tenantId: row.tenant_id, deliveryId: id }, input);
    const delivery = {
      id,
      webhookId: row.id,
      key,
      bodyDigest,
      inputSealed,
      bodyBytes: bytes.length,
      contentType: headers['content-type'] ?? '',
      address,
      isTest,
      startAfterMs,
    };
    for (;;) {
      const written = await db
        .tenantTransaction(row.tenant_id, async (connection) => {
          const result = await insertInboundDelivery(connection, delivery, row.secret_sealed);
          if (result !== 'inserted') return result;
          const rates = [
            [row.id, { perMinute: row.requests_per_minute, burst: row.burst }],
            [row.tenant_id, tenantRate],
          ] as const;
          for (const [subject, rate] of rates) {
            const waitMs = await takeDelivery(connection, subject, rate);
            if (waitMs > 0) throw new TooMany(waitMs);
          }
          return result;
        })
        .catch((error: unknown) => {
          if (error instanceof TooMany) throw tooMany(row, error.waitMs);
          throw error;
        });
      if (written === 'gone') return written;
      if (written === 'inserted') {
        start({ tenantId: row.tenant_id, deliveryId: id, round: 0 });
        return id;
      }
      const first = await replayed(row, key, bodyDigest, senderId);
      if (first) return first;
    }
  }

  const { INTERLOCK_INBOUND_PER_MINUTE: perMinute } = environment;
  const tenantRate = { perMinute, burst: Math.ceil(perMinute / 4) };

  /** The delivery that was stored before with this key. @throws InterlockError `idempotency_conflict` */
  async function replayed(
    row: InboundWebhookRow,
    key: string,
    bodyDigest: string,
    senderId: string | null,
  ): Promise<string | null> {
    return db.tenant(row.tenant_id, async (connection) => {
      const before = await findByDeliveryKey(connection, row.id, key);
      if (!before) return null;
      if (senderId === null && Date.now() - before.received_at.getTime() > sameContentMs) {
        await retireDeliveryKey(connection, before.id);
        return null;
      }
      if (before.body_digest === bodyDigest) return before.id;
      throw new InterlockError(
        'idempotency_conflict',
        'A delivery with this id and another body was received before. This one was not stored.',
      );
    });
  }

  function checkFull(row: InboundWebhookRow): void {
    const waitMs = (fullUntil.get(row.id) ?? 0) - performance.now();
    if (waitMs > 0) throw tooMany(row, waitMs);
  }

  function tooMany(row: InboundWebhookRow, waitMs: number): InterlockError {
    // At most a second, so that a changed rate counts soon.
    if (!fullUntil.has(row.id) || fullUntil.get(row.id)! < performance.now())
      fullUntil.set(row.id, performance.now() + Math.min(waitMs, 1000));
    turnedAway.limited(row);
    return new InterlockError(
      'rate_limited',
      'Too many deliveries. This one was not stored; send it again later.',
      {
        retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
      },
    );
  }

  /** Nothing waits for it: the sweep starts what does not start now. */
  function start(args: Parameters<typeof startProcessing>[1]): void {
    void (async () => {
      if (await circuit.isAway()) return;
      const ended = circuit.watch();
      try {
        await startProcessing(services, args);
        void ended();
      } catch (error) {
        await ended(error);
        log.warn(
          { err: error, deliveryId: args.deliveryId },
          'a delivery could not be started; it will be retried',
        );
      }
    })();
  }

  return {
    async receive(sent) {
      const kind = kindOf(sent.headers['content-type'] ?? '');
      for (let round = 1; round <= maxRounds; round++) {
        const source = await sourceOf(sent.key);
        if (!source) break;
        if (!isGenuine(source, sent, round === 1)) {
          forget(sent.key);
          continue;
        }
        if (!kind)
          throw new InterlockError(
            'bad_request',
            'Send the body as application/json or application/x-www-form-urlencoded. Nothing was stored.',
          );
        const challenge = challengeIn(source, kind, sent.body);
        if (challenge !== null) return { challenge };
        const deliveryId = await store(source, sent, kind);
        if (deliveryId !== 'gone') return { deliveryId };
        forget(sent.key);
      }
      throw new InterlockError('not_found', 'Not found.');
    },
    stop: () => turnedAway.flush(),
  };
}

const maxChallengeBytes = 4096;

function challengeIn({ row }: Source, kind: BodyKind, bytes: Buffer): string | null {
  const { challenge } = schemeOf(row.scheme);
  if (!challenge || kind !== 'json' || bytes.length > maxChallengeBytes) return null;
  return challenge(readBody(kind, textOf(bytes)));
}
