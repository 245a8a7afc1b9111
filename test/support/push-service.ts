import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call } from './test-api.ts';

/** One push message as its browser reads it. */
export interface ReceivedPush {
  headers: Record<string, string | string[] | undefined>;
  claims: { aud: string; exp: number; sub?: string };
  /** The key that has signed it, in base64url. */
  publicKey: string;
  payload: {
    tag: string;
    title: string;
    body: string;
    critical: boolean;
    count: number;
    tenant: string;
    link: string;
  };
  /** As it was sent. */
  body: Buffer;
}

export interface BrowserSubscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  received: ReceivedPush[];
}

export interface PushService {
  /** `host:port`, for INTERLOCK_PUSH_SERVICES. */
  host: string;
  /** A browser that subscribes. */
  browser(): BrowserSubscription;
  /** Instead of taking a message that has been read: responds, or does not. May be replaced at any time. */
  respond: ((response: ServerResponse) => void) | null;
  close(): Promise<void>;
}

/** A push service with its browsers: each message is decrypted (RFC 8291), and its signature verified (RFC 8292). */
export async function startPushService(): Promise<PushService> {
  const browsers = new Map<string, BrowserSubscription & { pair: ECDH; auth: Buffer }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const browser = browsers.get(request.url ?? '');
      if (!browser) return response.writeHead(410).end();
      const body = Buffer.concat(chunks);
      try {
        const { publicKey, claims } = readVapid(request.headers.authorization ?? '');
        if (claims.aud !== service.origin || claims.exp * 1000 > Date.now() + 86_400_000)
          throw new Error(`The token is for ${claims.aud} until ${claims.exp}`);
        const plain = decryptPush(body, browser.pair, browser.auth);
        const payload = JSON.parse(plain.toString());
        browser.received.push({ headers: request.headers, claims, publicKey, payload, body });
      } catch (error) {
        return response.writeHead(400).end(String(error));
      }
      if (service.respond) return service.respond(response);
      return response.writeHead(201, { location: `${service.origin}/message/1` }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = {
    host,
    origin: `http://${host}`,
    respond: null as PushService['respond'],
    browser(): BrowserSubscription {
      const pair = createECDH('prime256v1');
      const path = `/push/${randomBytes(12).toString('base64url')}`;
      const auth = randomBytes(16);
      const keys = { p256dh: pair.generateKeys('base64url'), auth: auth.toString('base64url') };
      const browser = { endpoint: `http://${host}${path}`, keys, received: [], pair, auth };
      browsers.set(path, browser);
      return browser;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}

/** Reads a body of RFC 8291. @throws Error when it is not for this browser, or has been changed */
export function decryptPush(body: Buffer, pair: ECDH, auth: Buffer): Buffer {
  const [salt, idLength] = [body.subarray(0, 16), body[20]!];
  const sender = body.subarray(21, 21 + idLength);
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const derive = (secret: Buffer, from: Buffer, info: Buffer | string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, from, info, bytes));
  const secret = derive(pair.computeSecret(sender), auth, about, 32);
  const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12);
  const record = body.subarray(21 + idLength);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('No delimiter');
  return padded.subarray(0, end);
}

/** @throws Error when the token is not signed with the key that it comes with */
export function readVapid(header: string): Pick<ReceivedPush, 'publicKey' | 'claims'> {
  const [, token = '', publicKey = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? [];
  const point = Buffer.from(publicKey, 'base64url');
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const [head = '', claims = '', signature = ''] = token.split('.');
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')))
    throw new Error('The signature is not that of the key');
  return { publicKey, claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) };
}

/** Subscribes as the session of `call`, as a browser does. */
export async function subscribeBrowser(
  call: Call,
  { endpoint, keys }: Pick<BrowserSubscription, 'endpoint' | 'keys'>,
): Promise<{ id: string }> {
  const { body: list } = await call('GET', '/api/push-subscriptions');
  const { publicKey } = list;
  const made = await call('POST', '/api/push-subscriptions', { endpoint, keys, publicKey });
  if (made.status !== 201) throw new Error(`Not subscribed: ${JSON.stringify(made.body)}`);
  return made.body;
}
