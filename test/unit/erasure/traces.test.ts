import { describe, expect, test } from 'vitest';
import {
  createEraser,
  erasedMark,
  erasedName,
  type Person,
  roughPattern,
} from '../../../shared/erasure/traces.ts';
import { ExactNumber } from '../../../shared/platform/exact-number.ts';

const person = (values: string[], account: Person['account'] = null): Person => ({ values, account });
const account = { id: 'user-1', names: ['Ana Berg'], email: 'ana@a.example' };
const erase = (values: string[], text: string) => createEraser(person(values)).text(text);

describe('the traces of a person', () => {
  test.each([
    ['ana@a.example', 'Write to Ana@A.example.', `Write to ${erasedMark}.`],
    ['ana@a.example', 'ana+orders@a.example', erasedMark],
    ['ana+new@a.example', 'ana@a.example, ana+old@a.example', `${erasedMark}, ${erasedMark}`],
    ['ana@a.example', '?mail=ana%2Borders%40a.example', `?mail=${erasedMark}`],
    ['ana@a.example', '/users/ana%40a.example?x=1', `/users/${erasedMark}?x=1`],
    [
      'ana@a.example',
      'susana@a.example, ana@a.example.org, x-ana@a.example',
      'susana@a.example, ana@a.example.org, x-ana@a.example',
    ],
    ['+49 170 1234567', 'Call 0049 (170) 123-4567 or +491701234567', `Call ${erasedMark} or ${erasedMark}`],
    ['+49 170 1234567', '+49 170 12345678 and 1491701234567', '+49 170 12345678 and 1491701234567'],
    ['Ana Berg', 'ana  berg and Susana Bergmann', `${erasedMark} and Susana Bergmann`],
    ['Ana Berg', 'name=Ana%20Berg&other=Ana+Berg', `name=${erasedMark}&other=${erasedMark}`],
    ['a "quoted" (name)', 'is a "quoted" (name)?', `is ${erasedMark}?`],
  ])('%s in “%s”', (value, text, expected) => {
    expect(erase([value], text)).toBe(expected);
  });

  test('are erased in every text, key and number of a value, and amounts stay', () => {
    const { json } = createEraser(person(['ana@a.example', '4917 01234567']));
    const value = {
      'ana@a.example': { amount: 4917, phone: 491701234567, exact: new ExactNumber('491701234567') },
      list: ['to ana@a.example', null, true],
    };
    expect(json(value)).toEqual({
      [erasedMark]: { amount: 4917, phone: erasedMark, exact: erasedMark },
      list: [`to ${erasedMark}`, null, true],
    });
    const other = { amount: 12.5, to: 'ben@a.example' };
    expect(json(other)).toBe(other);
  });

  test('of an account are the names beside its id, and its mailbox', () => {
    const eraser = createEraser(person([], account));
    expect(
      eraser.json({ by: { id: 'user-1', name: 'Ana', type: 'user' }, other: { id: 'user-2', name: 'Ana' } }),
    ).toEqual({ by: { id: 'user-1', name: erasedName, type: 'user' }, other: { id: 'user-2', name: 'Ana' } });
    expect(eraser.isMailbox('Ana@a.example')).toBe(true);
    expect(eraser.isName('Ana Berg')).toBe(true);
    expect(eraser.text('Ana Berg')).toBe('Ana Berg');
    // A customer of the same name is someone else.
    const customer = createEraser(person(['Ana Berg', 'ana@b.example']));
    expect(customer.actorName('Ana Berg')).toBe('Ana Berg');
    expect(customer.actorName('key of ana@b.example')).toBe(`key of ${erasedMark}`);
  });

  test('nothing is left of what was erased, however often it is looked for', () => {
    const { json } = createEraser(person(['ana@a.example'], account));
    const once = json({ actor: { id: 'user-1', name: 'Ana Berg' }, note: 'ana@a.example' });
    expect(json(once)).toBe(once);
  });

  test('the rough pattern is one that JavaScript reads, too', () => {
    const pattern = new RegExp(
      roughPattern(person(['a/b (c)|d*', '+1 (555) 010-9999', 'ä@ö.example'], account)),
      'i',
    );
    for (const text of ['x a/b (c)|d* y', '1.555.010.9999', 'ä@ö.example', '"user-1"', 'ana%40a.example'])
      expect(pattern.test(text), text).toBe(true);
    expect(pattern.test('someone else')).toBe(false);
  });
});
