import { expect, test } from 'vitest';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { redactParts } from '../../../shared/platform/redaction/redact-parts.ts';
import { createSecretRedactor } from '../../../shared/platform/redaction/redaction.ts';
import { redactLarge } from '../../../shared/platform/server/redact-large.ts';

const secret = 'S3cr3t-Value_0123';
const parts = (value: JsonValue) => redactParts(createSecretRedactor([secret]), value);

test('a secret that goes from one item of a list to the next is redacted, wherever the list is', () => {
  const [first, second] = [secret.slice(0, 7), secret.slice(7)];
  expect(parts([`a ${first}`, `${second} b`, 'c.'])).toEqual(['a [redacted] b', '', 'c.']);
  expect(parts({ messages: [{ note: first, n: 1 }, { note: second }], key: secret })).toEqual({
    messages: [{ note: '[redacted]', n: 1 }, { note: '' }],
    key: '[redacted]',
  });
});

test('what holds no secret stays the same value, in the same items', () => {
  const value = { items: [{ text: 'S3c' }, { text: 'ond thoughts' }, { text: 'S' }, 7, null, ['S3cr']] };
  expect(parts(value)).toBe(value);
  expect(parts('S3cr')).toBe('S3cr');
  const long = [`${'x'.repeat(100_000)}S3cr`, 'ets', 'more'];
  expect(parts(long)).toBe(long);
});

test('a long stream of small pieces keeps every piece that is no secret, and none that is', async () => {
  const items = Array.from({ length: 6_000 }, (_, n) => ({ delta: n % 2 ? 'S3cr3t ' : 'and S' }));
  items.splice(3_000, 0, ...Array.from(secret, (delta) => ({ delta })));
  const { value } = await redactLarge(items, null, [secret], 'test', null, { streamed: true });
  const shown = (JSON.parse(JSON.stringify(value)) as { delta: string }[]).map(({ delta }) => delta);
  expect(shown).toHaveLength(items.length);
  expect(shown.join('')).toBe(
    items
      .map(({ delta }) => delta)
      .join('')
      .replace(secret, '[redacted]'),
  );
});
