import { randomBytes, randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type ReceivedRequest, sendJson } from './provider-server.ts';

/** A secret that no other text contains, with characters that every encoding writes differently. */
const newSecret = (name: string): string => `${name}+/=&"<${randomBytes(9).toString('hex')}`;

/** What is planted, by where. */
export function newSecrets() {
  return {
    apiKeyHeader: newSecret('headerkey'),
    apiKeyQuery: newSecret('querykey'),
    bearer: newSecret('bearer').replace(/[&"<]/g, '-'),
    basic: newSecret('password'),
    client: newSecret('client'),
    /** Given out by a token endpoint. */
    accessToken: newSecret('access').replace(/[&"<]/g, '-'),
    inherited: newSecret('connector').replace(/[&"<]/g, '-'),
    pin: newSecret('pin'),
    attribute: newSecret('attribute'),
    runInput: newSecret('runinput'),
    form: newSecret('form'),
    /** A name by its mark, where people fill in a schema: not even its organization's pages show it. */
    marked: newSecret('marked'),
  };
}

/** Personal data, each value valid by its check and used by no other test. */
export function newPerson() {
  const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
  return {
    email: `canary.${randomBytes(5).toString('hex')}@example.com`,
    phone: `+351 9${digits(2)} ${digits(3)} ${digits(3)}`,
    card: withLuhn(`4111${digits(11)}`),
    iban: ibanOf('DE', digits(18)),
    nationalId: `536-${1 + randomInt(9)}${1 + randomInt(9)}-${1 + randomInt(9)}${digits(3)}`,
    ip: `203.0.113.${100 + randomInt(100)}`,
    /** Found only by its mark in a schema. */
    name: `Canary ${randomBytes(5).toString('hex')}`,
  };
}

function withLuhn(body: string): string {
  for (let check = 0; check < 10; check++) {
    const sum = [...`${body}${check}`].toReversed().reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    if (sum % 10 === 0) return `${body}${check}`;
  }
  throw new Error('unreachable');
}

function ibanOf(country: string, body: string): string {
  const letters = [...country].map((letter) => letter.charCodeAt(0) - 55).join('');
  const check = 98n - (BigInt(`${body}${letters}00`) % 97n);
  return `${country}${String(check).padStart(2, '0')}${body}`;
}

/** Every way in which a provider may return what it knows. */
export function encodingsOf(secret: string): string[] {
  const inside = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${secret}, and more`));
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    JSON.stringify(secret),
    JSON.stringify(JSON.stringify(secret)),
    secret.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    ...inside.flatMap((bytes) => [
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ]),
  ];
}

type Mode = (response: ServerResponse, said: string[]) => unknown;
const tries = new Map<string, number>();

/**
 * How a provider responds, with every encoding of what it knows in every place of a response.
 * @param said encodings of secrets and personal data
 */
const modes = {
  ok: (response, said) =>
    sendJson(response, 200, { said, [said[0]!]: said[1], nested: [{ said }] }, headersWith(said)),
  text: (response, said) => respond(response, 200, 'text/plain', said.join('\n')),
  chunks: async (response, said) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const body = JSON.stringify({ said });
    for (let at = 0; at < body.length; at += 97) {
      response.write(body.slice(at, at + 97));
      await new Promise(setImmediate);
    }
    response.end();
  },
  gzip: (response, said) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify({ said })));
  },
  large: (response, said) => sendJson(response, 200, { padding: 'x '.repeat(60_000), said }),
  broken: (response, said) => respond(response, 200, 'application/json', `{"said": ${said.join(' ')}`),
  refuse: (response, said) => sendJson(response, 422, { message: said[0], errors: said }, headersWith(said)),
  problem: (response, said) =>
    respond(
      response,
      400,
      'application/problem+json',
      JSON.stringify({ title: said[1], detail: said.join(' ') }),
    ),
  html: (response, said) =>
    respond(
      response,
      500,
      'text/html',
      `<html><title>${said[0]}</title><h1>${said.join('<br>')}</h1></html>`,
    ),
  redirect: (response, said) => {
    response.writeHead(302, {
      location: `http://127.0.0.1:1/${encodeURIComponent(said[0]!)}?key=${encodeURIComponent(said[0]!)}`,
    });
    response.end();
  },
  misdirect: (response, said) => {
    response.writeHead(307, { location: `ftp://${encodeURIComponent(said[0]!)}@example.invalid/` });
    response.end();
  },
  drop: (response, said) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(JSON.stringify({ said }));
    setTimeout(() => response.destroy(), 20);
  },
  hang: () => {},
  cookie: (response, said) =>
    sendJson(
      response,
      401,
      { error: 'invalid', error_description: said.join(' ') },
      {
        'set-cookie': `session=${encodeURIComponent(said[0]!)}`,
        'www-authenticate': `Bearer error="${encodeURIComponent(said[0]!)}"`,
      },
    ),
} satisfies Record<string, Mode>;
export const canaryModes = [...(Object.keys(modes) as (keyof typeof modes)[]), 'retry'] as const;

/** A request names its mode in its path. `retry`: refused for the moment, then accepted. */
export function respondAs(request: ReceivedRequest, response: ServerResponse, known: string[]): unknown {
  const said = [`received ${known.join(' ')}`, ...known.flatMap(encodingsOf), request.url, request.body];
  const mode = /\/as\/(\w+)/.exec(request.url)?.[1] ?? 'ok';
  if (mode !== 'retry') return modes[mode as keyof typeof modes](response, said);
  const key = `${request.url} ${request.body}`;
  const count = (tries.get(key) ?? 0) + 1;
  tries.set(key, count);
  return count === 1
    ? sendJson(response, 503, { message: said.join(' ') }, headersWith(said))
    : modes.ok(response, said);
}

const headersWith = (said: string[]): Record<string, string> => ({
  'x-echo': encodeURIComponent(said[0]!),
  'x-base64': Buffer.from(said[0]!).toString('base64'),
  'x-request': said.at(-2)!,
});

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
