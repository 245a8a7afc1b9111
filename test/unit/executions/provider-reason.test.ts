import { describe, expect, test } from 'vitest';
import { providerReason } from '../../../shared/executions/provider-reason.ts';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { processorTime } from '../../support/processor-time.ts';

const same = (text: string) => text;
const reason = (body: JsonValue, status = 422) => providerReason(status, body, same);

describe('the words of a provider', () => {
  const refused = 'The provider refused: Card expired.';

  test.each<[string, JsonValue]>([
    ['Stripe, Google', { error: { message: 'Card expired', code: 'card_expired', type: 'card_error' } }],
    ['plain', { message: 'Card expired.' }],
    ['Spring', { status: 422, error: 'Unprocessable Entity', message: 'Card expired' }],
    ['OAuth 2', { error: 'invalid_grant', error_description: 'Card expired' }],
    ['a name only', { error: 'Card expired' }],
    ['RFC 9457', { type: 'about:blank', title: 'Unprocessable', status: 422, detail: 'Card expired' }],
    ['RFC 9457 without detail', { title: 'Card expired', status: 422 }],
    ['JSON:API', { errors: [{ title: 'Refused', detail: 'Card expired' }] }],
    ['GraphQL', { data: null, errors: [{ message: 'Card expired' }, { message: 'other' }] }],
    ['a list of texts', { errors: ['Card expired'] }],
    ['FastAPI', { detail: [{ loc: ['body'], msg: 'Card expired', type: 'value_error' }] }],
    ['AWS', { __type: 'Refused', Message: 'Card expired' }],
    ['Apigee', { fault: { faultstring: 'Card expired' } }],
    ['a list', [{ message: 'Card expired' }]],
    ['text', 'Card expired'],
    ['JSON that is called text', '{"error": {"message": "Card expired"}}'],
    ['HTML', '<!doctype html><html><head><title>Card expired</title></head><body>…</body></html>'],
    [
      'SOAP 1.1',
      '<soap:Envelope><soap:Body><soap:Fault><faultstring>Card expired</faultstring></soap:Fault></soap:Body></soap:Envelope>',
    ],
    ['SOAP 1.2', '<env:Reason><env:Text xml:lang="en">Card expired</env:Text></env:Reason>'],
    ['several lines', 'Card\r\n\u0000\t expired\u001b'],
    ['hidden characters', 'Card\u200b\u202e expired\ufeff'],
  ])('are found in %s', (_, body) => expect(reason(body)).toBe(refused));

  test('say whether the provider refused or failed', () => {
    expect(reason({ message: 'Overloaded' }, 503)).toBe('The provider failed: Overloaded.');
    expect(reason({ message: 'Why?' })).toBe('The provider refused: Why?');
  });

  test.each<[string, JsonValue]>([
    ['nothing', null],
    ['an empty object', {}],
    ['other fields', { ok: false, status: 422 }],
    ['an empty message', { message: '   ' }],
    ['a number', 7],
    ['bytes', { base64: 'AAAA', contentType: 'image/png' }],
    ['markup without a title', '<html><body><p>'],
    ['an inherited property', JSON.parse('{"__proto__": {"message": "x"}}') as JsonValue],
  ])('are missing in %s', (_, body) => expect(reason(body)).toBeNull());

  test('are cut, between characters', () => {
    const long = reason({ message: '😀'.repeat(1000) })!;
    expect(long.length).toBeLessThanOrEqual(240);
    expect(long.isWellFormed()).toBe(true);
    expect(long).toMatch(/😀…$/u);
  });

  test('are redacted before they are cut, and after every encoding is undone', () => {
    const secret = 'key-2718281828459045';
    const redact = (text: string) => text.replaceAll(secret, '[redacted]');
    const found = (body: JsonValue) => providerReason(422, body, redact);
    expect(found({ message: `${'x'.repeat(200)}${secret}` })).not.toContain('key-');
    expect(found({ message: `Invalid ${secret.split('').join('\u200b')}` })).toBe(
      'The provider refused: Invalid [redacted].',
    );
    expect(found('<title>Invalid key&#39;s key-2718281828459045</title>')).not.toContain('2718');
  });

  test.each<[string, JsonValue]>([
    ['a long text', 'x'.repeat(5_000_000)],
    ['a long message', { error: { message: ' \u0000'.repeat(2_500_000) } }],
    ['unclosed markup', `<${'<title '.repeat(700_000)}`],
    ['markup with long names', `<${'a'.repeat(5_000_000)}`],
    ['many lists', JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`) as JsonValue],
    ['many keys', Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`k${index}`, 'x']))],
    ['JSON inside text', `{"a":${'['.repeat(60_000)}`],
  ])('of %s cost a few milliseconds', (_, body) => {
    reason(body);
    const took = processorTime();
    reason(body);
    expect(took()).toBeLessThan(250);
  });
});
