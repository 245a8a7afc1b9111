import { createRoot } from 'solid-js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { placesWords, reusableInput } from '../../../web/features/tools/run/past-input.ts';
import { dropDraft, readDraft, saveDraft } from '../../../web/kit/draft-storage.ts';
import { createJsonDocument } from '../../../web/kit/json-editor/json-document.ts';
import { readNumber } from '../../../web/kit/schema-form/read-number.ts';

describe('the input of an earlier execution', () => {
  it('comes back without redacted values, and lists their places', () => {
    const { value, missing } = reusableInput({
      id: 'p_1',
      pin: '[redacted]',
      cards: [{ no: '[redacted]', name: 'Ana' }, '[redacted]', 'kept'],
      note: 'token [redacted] was used',
    });
    expect(value).toEqual({ id: 'p_1', cards: [{ name: 'Ana' }, 'kept'] });
    expect(missing).toEqual(['/pin', '/cards/0/no', '/cards/1', '/note']);
    expect(placesWords(missing)).toBe('pin, cards.0.no, cards.1 and note');
    expect(reusableInput(null)).toEqual({ value: {}, missing: [] });
  });
});

describe('a draft', () => {
  const store = new Map<string, string>();
  beforeEach(() => {
    store.clear();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => store.set(key, value),
      removeItem: (key: string) => store.delete(key),
    });
  });
  const plain = { type: 'object', properties: { a: { type: 'string' } } };
  const secret = {
    type: 'object',
    properties: { a: { type: 'string' }, pin: { type: 'string', writeOnly: true } },
  };

  it('survives, with half-typed JSON as it was typed', () => {
    saveDraft('acme.t1', plain, { text: '{"a": "x"', value: {}, reference: 'case 7' });
    expect(readDraft('acme.t1')).toEqual({ text: '{"a": "x"', reference: 'case 7' });
    expect(readDraft('globex.t1')).toBeNull();
    dropDraft('acme.t1');
    expect(readDraft('acme.t1')).toBeNull();
  });

  it('never holds a secret, not even in half-typed JSON', () => {
    saveDraft('acme.t1', secret, { value: { a: 'x', pin: '1234' } });
    expect(readDraft('acme.t1')).toEqual({ value: { a: 'x' } });
    saveDraft('acme.t1', secret, { text: '{"pin": "1234"', value: { a: 'x' } });
    expect([...store.values()].join()).not.toContain('1234');
    const hidden = { ...plain, definitions: { card: secret }, oneOf: [{ $ref: '#/definitions/card' }] };
    saveDraft('acme.t1', hidden, { text: '{"pin": "1234"', value: {} });
    expect([...store.values()].join()).not.toContain('1234');
  });
});

describe('one document, two views', () => {
  it('keeps the fields at the last document while the text is not JSON', () =>
    createRoot((dispose) => {
      const document = createJsonDocument({ a: 1 });
      document.setText('{"a": 2');
      expect(document.value()).toEqual({ a: 1 });
      expect(document.problem()?.message).toContain('}');
      document.setText('{"a": 2}');
      expect(document.value()).toEqual({ a: 2 });
      document.set('/b/c', true);
      expect(JSON.parse(document.text())).toEqual({ a: 2, b: { c: true } });
      expect(document.problem()).toBeNull();
      dispose();
    }));
});

describe('a typed number', () => {
  it('is a number, nothing, or the text so that the mistake can be said', () => {
    expect(['12', ' -1.5e3 ', '0,5', '.5', '1.'].map(readNumber)).toEqual([12, -1500, 0.5, 0.5, 1]);
    expect(['', '  '].map(readNumber)).toEqual([undefined, undefined]);
    expect(['12a', '1.2.3', '0x10', '1e999', 'Infinity'].map(readNumber)).toEqual([
      '12a',
      '1.2.3',
      '0x10',
      '1e999',
      'Infinity',
    ]);
  });
});
