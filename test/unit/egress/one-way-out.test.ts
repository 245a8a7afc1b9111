import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../../dev/paths.ts';

/** The sources of the processes, without comments. The client package runs in other programs. */
const sources = globSync('{api,shared,worker}/**/*.ts', { cwd: projectRoot })
  .filter((file) => !file.startsWith('shared/client/'))
  .map((file) => {
    const text = readFileSync(join(projectRoot, file), 'utf8');
    return { file, text: text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') };
  });

const filesWith = (pattern: RegExp): string[] =>
  sources.flatMap(({ file, text }) => (pattern.test(text) ? [file] : [])).toSorted();

/** Imports that stay at run time. */
const importing = (name: string) =>
  filesWith(
    new RegExp(`(?:import|export)\\s+(?!type\\b)[^;]*?from\\s+'${name}'|(?:import|require)\\(\\s*'${name}'`),
  );

const egress = 'shared/platform/server/egress';

describe('every byte that leaves for a tenant goes through one guard', () => {
  test('no other module opens a socket or looks up a name', () => {
    expect(sources.length).toBeGreaterThan(500);
    expect(importing('(?:node:)?(?:http|https|http2|net|tls|dgram|dns)(?:/promises)?')).toEqual([
      // A process that serves pages forwards WebSockets to the API of the deployment alone.
      'api/forward-sockets.ts',
      `${egress}/guarded-connector.ts`,
      `${egress}/http2-session.ts`,
      `${egress}/proxy.ts`,
      `${egress}/resolver.ts`,
      `${egress}/secure-socket.ts`,
    ]);
    // The page proxy of a process that serves pages reaches the API of the deployment alone; files, its bucket.
    expect(importing('undici')).toEqual([
      'api/web-proxy.ts',
      'shared/artifacts/server/s3-store.ts',
      `${egress}/egress.ts`,
      `${egress}/guarded-connector.ts`,
    ]);
  });

  test('fetch and its like are used for the sign-in provider and the trace collector of the deployment alone', () => {
    // The command line is a program of a person, and reaches the API that they have named.
    for (const file of filesWith(
      /(?<![\w.#])fetch\(|globalThis\.fetch|new (?:WebSocket|EventSource|XMLHttpRequest)\(/,
    ))
      expect(file).toMatch(/^(api\/cli|shared\/(identity\/server\/oidc|platform\/server\/tracing))\//);
  });

  test('libraries with connections of their own serve the deployment, each in its place', () => {
    for (const file of importing('nodemailer')) expect(file).toMatch(/^shared\/people\/server\//);
    // It gets a socket of the guard, and an access token that is there already.
    for (const file of importing("nodemailer/[^']+"))
      expect(file).toMatch(/^shared\/tools\/providers\/email\/call\//);
    for (const file of filesWith(/new SMTPConnection\(/))
      expect(readFileSync(join(projectRoot, file), 'utf8')).toContain('connection: await egress.connect(');
    // They get a stream that the guard has opened.
    for (const file of importing('(?:mysql2|bson)'))
      expect(file).toMatch(/^shared\/tools\/providers\/database\/call\//);
    for (const file of importing('pg'))
      expect(file).toMatch(/^(?:api|shared\/(?:platform|\w+\/db|tools\/providers\/database\/call))\//);
    for (const file of importing("@aws-crypto/[^']+"))
      expect(file).toMatch(/^shared\/(platform\/server\/|artifacts\/server\/s3-store)/);
    expect(
      importing("(?:axios|got|ky|node-fetch|superagent|ws|openid-client|oauth4webapi)(?:/[^']+)?"),
    ).toEqual([]);
  });

  test('a process has one guard; signed heads of the audit trail go where the deployment says', () => {
    expect(filesWith(/(?<!function )\bcreateEgress\(/)).toEqual([
      'api/compose.ts',
      'shared/events/server/audit/head-sink.ts',
    ]);
  });
});
