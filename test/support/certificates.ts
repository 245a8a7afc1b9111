import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its private key, as PEM. */
export interface Issued {
  certificate: string;
  privateKey: string;
}

export interface Authority extends Issued {
  /** @param passphrase of the private key, which is encrypted with it */
  issue(name: string, passphrase?: string): Issued;
}

/** A certificate authority that openssl makes for a test. */
export function makeAuthority(name: string): Authority {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-certificates-'));
  const file = (leaf: string) => join(dir, leaf);
  // Without the machine's own configuration, which makes every certificate an authority.
  writeFileSync(file('openssl.cnf'), '[req]\ndistinguished_name = none\n[none]\n');

  function make(subject: string, args: string[], isAuthority: boolean): Issued {
    const names = isAuthority ? [] : ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-config',
          file('openssl.cnf'),
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:P-256',
        ],
        ...[
          '-subj',
          `/CN=${subject}`,
          '-addext',
          `basicConstraints=critical,CA:${isAuthority ? 'TRUE' : 'FALSE'}`,
        ],
        ...['-keyout', file(`${subject}.key`), '-out', file(`${subject}.pem`), ...names, ...args],
      ],
      { stdio: 'pipe' },
    );
    const read = (leaf: string) => readFileSync(file(leaf), 'utf8');
    return { certificate: read(`${subject}.pem`), privateKey: read(`${subject}.key`) };
  }

  return {
    ...make(name, ['-nodes', '-days', '2'], true),
    issue(subject, passphrase) {
      const key = passphrase === undefined ? ['-nodes'] : ['-passout', `pass:${passphrase}`];
      const signed = ['-CA', file(`${name}.pem`), '-CAkey', file(`${name}.key`)];
      return make(subject, [...key, '-days', '2', ...signed], false);
    },
  };
}
