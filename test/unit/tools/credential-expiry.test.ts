import { expect, test } from 'vitest';
import { daysLeft, expiryState, nextReminder } from '../../../shared/tools/credential-expiry.ts';

const day = 24 * 60 * 60_000;
const now = new Date('2026-11-22T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * day);

test('reminders of an expiry are due 14 days, 3 days and no time before it', () => {
  const expiresAt = inDays(20);
  const first = nextReminder(expiresAt, now)!;
  const second = nextReminder(expiresAt, first)!;
  const third = nextReminder(expiresAt, second)!;
  expect([first, second, third]).toEqual([inDays(6), inDays(17), inDays(20)]);
  expect(nextReminder(expiresAt, third)).toBeNull();
  expect(nextReminder(inDays(2), now)).toEqual(inDays(2));
  expect(nextReminder(null, now)).toBeNull();
});

test('an expiry is near within 14 days, and over at its moment', () => {
  expect(expiryState(null, now)).toBe('none');
  expect(expiryState(inDays(15), now)).toBe('valid');
  expect(expiryState(inDays(14), now)).toBe('soon');
  expect(expiryState(now, now)).toBe('expired');
  expect(daysLeft(inDays(2.5), now)).toBe(3);
  expect(daysLeft(inDays(-1), now)).toBe(0);
});
