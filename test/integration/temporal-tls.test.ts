import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterEach, expect, inject, test, vi } from 'vitest';
import { connectTemporal } from '../../shared/platform/server/temporal/connect.ts';

const dir = mkdtempSync(join(tmpdir(), 'interlock-tls-'));
const file = (name: string) => join(dir, name);

/** Makes `<name>.key` and the certificate `<name>.pem`, signed by `authority`; without one, an authority. */
function issue(name: string, authority?: string): void {
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(`${name}.key`),
  ];
  const signed = authority && ['-CA', file(`${authority}.pem`), '-CAkey', file(`${authority}.key`)];
  const constraints = `basicConstraints=critical,CA:${authority ? 'FALSE' : 'TRUE'}`;
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-addext', constraints];
  // Without the machine's own configuration, which makes every certificate an authority.
  const config = file('openssl.cnf');
  writeFileSync(config, '[req]\ndistinguished_name = none\n[none]\n');
  const args = ['req', '-x509', '-config', config, '-days', '2', ...key, ...names, ...(signed || [])];
  execFileSync('openssl', [...args, '-out', file(`${name}.pem`)], { stdio: 'pipe' });
}

afterEach(() => vi.unstubAllEnvs());

test('a process connects to Temporal with its certificate, and neither without one nor to a server of another authority', async () => {
  issue('ca');
  issue('other-ca');
  issue('temporal.internal', 'ca');
  issue('interlock', 'ca');
  issue('stranger', 'other-ca');
  const [host, port] = inject('servers').temporalAddress.split(':');
  const read = (name: string) => readFileSync(file(name));
  const front = createServer(
    {
      cert: read('temporal.internal.pem'),
      key: read('temporal.internal.key'),
      ca: read('ca.pem'),
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ['h2'],
    },
    (socket) => {
      const temporal = connect(Number(port), host);
      socket.on('error', () => temporal.destroy()).pipe(temporal);
      temporal.on('error', () => socket.destroy()).pipe(socket);
    },
  );
  front.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port: tlsPort } = front.address() as AddressInfo;

  const connected = async (certificate: string | null, authority: string) => {
    vi.stubEnv('TEMPORAL_ADDRESS', `127.0.0.1:${tlsPort}`);
    vi.stubEnv('TEMPORAL_TLS_SERVER_CA_CERT_PATH', file(`${authority}.pem`));
    vi.stubEnv('TEMPORAL_TLS_SERVER_NAME', 'temporal.internal');
    vi.stubEnv('TEMPORAL_TLS_CLIENT_CERT_PATH', certificate ? file(`${certificate}.pem`) : undefined);
    vi.stubEnv('TEMPORAL_TLS_CLIENT_KEY_PATH', certificate ? file(`${certificate}.key`) : undefined);
    vi.stubEnv('TEMPORAL_API_KEY', 'a token for the authorizer');
    const { native } = await connectTemporal();
    await native.workflowService.getSystemInfo({});
    await native.close();
    return true;
  };
  try {
    expect(await connected('interlock', 'ca')).toBe(true);
    await expect(connected(null, 'ca')).rejects.toThrow();
    await expect(connected('stranger', 'ca')).rejects.toThrow();
    await expect(connected('interlock', 'other-ca')).rejects.toThrow();
  } finally {
    front.close();
  }
});
