import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** More would be a server that wants this process to work. */
const maxIterations = 200_000;

/** The messages of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding. */
export interface ScramClient {
  first: string;
  /** @throws Error when the server's message is not valid */
  final(serverFirst: string): Promise<string>;
  /** Whether the server knows the password too. */
  verify(serverFinal: string): boolean;
}

/** @param nonce for the published test vector */
export function scramClient(
  user: string,
  password: string,
  nonce = randomBytes(24).toString('base64'),
): ScramClient {
  const bare = `n=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  let expected: Buffer | null = null;
  return {
    first: `n,,${bare}`,
    async final(serverFirst) {
      const [, both = '', salt = '', count = ''] =
        /^r=([^,]+),s=([^,]+),i=(\d{1,9})(?:,|$)/.exec(serverFirst) ?? [];
      const iterations = Number(count);
      if (!both.startsWith(nonce) || both.length === nonce.length)
        throw new Error('The server does not speak SCRAM-SHA-256');
      if (iterations < 4096 || iterations > maxIterations)
        throw new Error(`The server asks for ${iterations} iterations of SCRAM-SHA-256`);
      const salted = await derive(
        password.normalize('NFKC'),
        Buffer.from(salt, 'base64'),
        iterations,
        32,
        'sha256',
      );
      const withoutProof = `c=biws,r=${both}`;
      const signed = `${bare},${serverFirst},${withoutProof}`;
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(createHash('sha256').update(clientKey).digest(), signed);
      expected = hmac(hmac(salted, 'Server Key'), signed);
      const proof = clientKey.map((byte, index) => byte ^ signature[index]!);
      return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
    },
    verify(serverFinal) {
      const [, value = ''] = /^v=([^,]+)/.exec(serverFinal) ?? [];
      const given = Buffer.from(value, 'base64');
      return expected !== null && given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
