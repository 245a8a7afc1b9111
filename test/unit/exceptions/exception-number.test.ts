import { expect, test } from 'vitest';
import { exceptionLabel, readExceptionNumber } from '../../../shared/exceptions/exception-number.ts';

test.each([
  ['EX-42', 42],
  ['ex-42', 42],
  ['EX42', 42],
  [' 42 ', 42],
  ['EX-', null],
  ['4 2', null],
  ['-42', null],
  ['EX-1234567890', null],
  ['01a1fb7a-0000-7000-8000-000000000000', null],
])('%j is read as the number %j', (text, number) => {
  expect(readExceptionNumber(text)).toBe(number);
});

test('the label of a number is read as that number', () => {
  expect(readExceptionNumber(exceptionLabel(7))).toBe(7);
});
