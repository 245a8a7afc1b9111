import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { KMS } from '@aws-crypto/client-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { Agent, type Dispatcher } from 'undici';
import { errorMessage } from '../../platform/error-message.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { NodeSha256 } from '../../platform/server/node-sha256.ts';
import { type ObjectName, type ObjectStore, ObjectStoreError } from './object-store.ts';

type Settings = Pick<
  Environment,
  | 'INTERLOCK_FILES_BUCKET'
  | 'INTERLOCK_FILES_ENDPOINT'
  | 'INTERLOCK_FILES_REGION'
  | 'INTERLOCK_FILES_PREFIX'
  | 'INTERLOCK_FILES_ACCESS_KEY_ID'
  | 'INTERLOCK_FILES_SECRET_ACCESS_KEY'
  | 'INTERLOCK_FILES_ENCRYPTION'
  | 'INTERLOCK_FILES_KMS_KEY'
>;

const attempts = 3;
const pauseMs = 200;
/** To connect, and until the headers come; of a body, between two of its parts. */
const timeoutMs = 10_000;

/** A bucket of S3, or of a service with its interface. Null when the settings name none. */
export function createS3Store(settings: Settings): ObjectStore | null {
  const { INTERLOCK_FILES_BUCKET: bucket, INTERLOCK_FILES_REGION: region = 'us-east-1' } = settings;
  if (bucket === undefined) return null;
  const prefix = settings.INTERLOCK_FILES_PREFIX ?? 'interlock';
  const endpoint = new URL(settings.INTERLOCK_FILES_ENDPOINT ?? `https://s3.${region}.amazonaws.com`);
  const agent = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const signer = new SignatureV4({
    region,
    service: 's3',
    credentials: credentialsOf(settings, region),
    sha256: NodeSha256,
    uriEscapePath: false,
  });

  async function send(
    method: 'GET' | 'PUT' | 'DELETE',
    { tenantId, object }: ObjectName,
    more: { headers?: Record<string, string>; body?: Buffer; signal?: AbortSignal | undefined } = {},
  ): Promise<Dispatcher.ResponseData> {
    const { body, signal } = more;
    const path = `/${bucket}/${prefix}/${tenantId}/${object}`;
    const { protocol, hostname, host } = endpoint;
    // Every attempt has a signature of its own: they are good for some minutes.
    const signed = await signer.sign({
      method,
      protocol,
      hostname,
      path,
      headers: { host, ...more.headers },
      body,
    });
    return agent.request({
      origin: endpoint.origin,
      path,
      method,
      headers: signed.headers,
      body: body ?? null,
      ...(signal && { signal }),
    });
  }

  /** An object is written once, and removed for good: every request may be repeated. */
  async function ask(
    what: string,
    accepted: readonly number[],
    ...request: Parameters<typeof send>
  ): Promise<Dispatcher.ResponseData> {
    for (let attempt = 1; ; attempt++) {
      let problem: string;
      let final = false;
      try {
        const response = await send(...request);
        if (accepted.includes(response.statusCode)) return response;
        problem = `${response.statusCode} ${codeOf(await response.body.text())}`.trim();
        final = response.statusCode < 500 && response.statusCode !== 429;
      } catch (error) {
        problem = errorMessage(error);
        final = request[2]?.signal?.aborted === true;
      }
      if (final || attempt === attempts)
        throw new ObjectStoreError(`${endpoint.host} could not ${what} an object of ${bucket}: ${problem}`);
      await sleep(pauseMs * attempt);
    }
  }

  return {
    async write(name, content, digest) {
      const { INTERLOCK_FILES_ENCRYPTION: encryption, INTERLOCK_FILES_KMS_KEY: kmsKey } = settings;
      const headers = {
        'content-length': String(content.length),
        'content-type': 'application/octet-stream',
        // Signed, and what S3 compares the bytes with.
        'x-amz-content-sha256': digest.toString('hex'),
        'x-amz-checksum-sha256': digest.toString('base64'),
        ...(encryption && { 'x-amz-server-side-encryption': encryption }),
        ...(kmsKey !== undefined && { 'x-amz-server-side-encryption-aws-kms-key-id': kmsKey }),
      };
      const response = await ask('write', [200], 'PUT', name, { headers, body: content });
      await response.body.dump();
    },
    async read(name, signal): Promise<Readable | null> {
      const response = await ask('read', [200, 404], 'GET', name, { signal });
      if (response.statusCode === 200) return response.body;
      const code = codeOf(await response.body.text());
      if (code === 'NoSuchKey') return null;
      throw new ObjectStoreError(`${endpoint.host} could not read an object of ${bucket}: 404 ${code}`);
    },
    async remove(name) {
      const response = await ask('remove', [200, 204], 'DELETE', name);
      await response.body.dump();
    },
    close: () => agent.destroy(),
  };
}

function credentialsOf(
  {
    INTERLOCK_FILES_ACCESS_KEY_ID: accessKeyId,
    INTERLOCK_FILES_SECRET_ACCESS_KEY: secretAccessKey,
  }: Settings,
  region: string,
) {
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
  // What every AWS client finds: settings, or the role of the machine. They are renewed in time.
  return new KMS({ region }).config.credentials;
}

/** The code of an error, without what the rest may tell. */
const codeOf = (xml: string): string => /<Code>(\w{1,80})<\/Code>/.exec(xml)?.[1] ?? '';
