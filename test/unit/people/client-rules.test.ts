import { describe, expect, test } from 'vitest';
import {
  clientProblem,
  redirectHost,
  withoutSecret,
} from '../../../shared/people/server/oauth/client-rules.ts';

describe('where a browser may be sent back to', () => {
  test.each([
    ['https://app.example/callback', 'app.example'],
    ['https://app.example:8443/', 'app.example:8443'],
    ['http://localhost:1234/callback', 'localhost'],
    ['http://127.0.0.1/', '127.0.0.1'],
    ['http://[::1]:9/', '[::1]'],
  ])('%s is %s', (uri, host) => {
    expect(redirectHost(uri)).toBe(host);
  });

  test.each([
    'http://app.example/',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
    'http://2130706433.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'app://callback',
    'https://user:word@app.example/',
    'https://user@app.example/',
    'https://app.example/#fragment',
    `https://app.example/${'x'.repeat(2_000)}`,
    'not a url',
    '',
    null,
    7,
  ])('%s is nowhere', (uri) => {
    expect(redirectHost(uri)).toBeNull();
  });
});

describe('a client', () => {
  const good = { redirect_uris: ['https://app.example/'] };
  test.each([
    [{ ...good }, null],
    [{ ...good, client_name: 'Desk agent' }, null],
    [{ ...good, client_name: 'Büro-Agent 3 ✓' }, null],
    [{}, 'redirect_uris must have'],
    [{ redirect_uris: 'https://app.example/' }, 'redirect_uris must have'],
    [{ redirect_uris: ['https://app.example/', 'http://app.example/'] }, 'redirect_uris must be'],
    [{ ...good, client_name: 'a\u0000b' }, 'client_name must be'],
    [{ ...good, client_name: 'a\nb' }, 'client_name must be'],
    [{ ...good, client_name: 'a\u202eb' }, 'client_name must be'],
    [{ ...good, client_name: 'a\u200bb' }, 'client_name must be'],
    [{ ...good, client_name: '\ud800' }, 'client_name must be'],
    [{ ...good, software_id: 'x'.repeat(9_000) }, 'the metadata must not'],
  ])('%j: %s', (metadata, problem) => {
    if (problem === null) expect(clientProblem(metadata)).toBeNull();
    else expect(clientProblem(metadata)).toContain(problem);
  });

  test('keeps no secret', () => {
    expect(withoutSecret({ client_id: 'a', client_secret: 'b', client_secret_expires_at: 0 })).toEqual({
      client_id: 'a',
    });
  });
});
