import { createCipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';

/** The keys of a browser's subscription. */
export interface BrowserKeys {
  /** Its point on P-256, uncompressed. */
  p256dh: Buffer;
  /** 16 bytes that only the browser and we know. */
  auth: Buffer;
}

/** The whole message has to fit into the 4,096 bytes that every push service takes. */
export const mostPushBytes = 3_993;

const recordSize = 4_096;
const lastRecord = Buffer.of(2);

export function newKeys(): ECDH {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  return keys;
}

/** Whether a browser may have made it: a point on the curve. */
export function isPublicPoint(point: Buffer): boolean {
  if (point.length !== 65 || point[0] !== 4) return false;
  try {
    newKeys().computeSecret(point);
    return true;
  } catch {
    return false;
  }
}

/**
 * The body of a push message by RFC 8291 (aes128gcm of RFC 8188, one record): only the browser can read it.
 * @param keys of this message alone, as its salt is
 */
export function encryptPush(
  plain: Buffer,
  browser: BrowserKeys,
  { keys = newKeys(), salt = randomBytes(16) }: { keys?: ECDH; salt?: Buffer } = {},
): Buffer {
  const own = keys.getPublicKey();
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), browser.p256dh, own]);
  const shared = derived(keys.computeSecret(browser.p256dh), browser.auth, about, 32);
  const key = derived(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derived(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(recordSize);
  head.writeUInt8(own.length, 4);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  return Buffer.concat([
    salt,
    head,
    own,
    cipher.update(Buffer.concat([plain, lastRecord])),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

const derived = (secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));
