import { expect, test } from 'vitest';
import { nextDigest, quietUntil } from '../../../shared/notifications/quiet-hours.ts';

const until = (at: string, from: string, to: string, zone: string) =>
  quietUntil(new Date(at), { from, to }, zone)?.toISOString() ?? null;

test('quiet hours hold from their beginning to their end, also across midnight', () => {
  const night = (at: string) => until(at, '22:00', '07:00', 'UTC');
  expect(night('2027-01-10T21:59:59Z')).toBe(null);
  expect(night('2027-01-10T22:00:00Z')).toBe('2027-01-11T07:00:00.000Z');
  expect(night('2027-01-11T06:59:59Z')).toBe('2027-01-11T07:00:00.000Z');
  expect(night('2027-01-11T07:00:00Z')).toBe(null);
  const noon = (at: string) => until(at, '12:00', '13:00', 'Asia/Kolkata');
  expect(noon('2027-01-10T06:29:59Z')).toBe(null);
  expect(noon('2027-01-10T06:30:00Z')).toBe('2027-01-10T07:30:00.000Z');
});

test('they end by the clocks of the zone when these change in between, or skip or repeat the end', () => {
  // Forward at 01:00 UTC, back at 01:00 UTC.
  expect(until('2027-03-27T22:00:00Z', '22:00', '07:00', 'Europe/Berlin')).toBe('2027-03-28T05:00:00.000Z');
  expect(until('2027-10-30T21:00:00Z', '22:00', '07:00', 'Europe/Berlin')).toBe('2027-10-31T06:00:00.000Z');
  // 02:30 does not come; it is over at 03:30.
  expect(until('2027-03-27T22:00:00Z', '22:00', '02:30', 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z');
  // 02:30 comes twice: the first one ends it.
  expect(until('2027-10-30T21:00:00Z', '22:00', '02:30', 'Europe/Berlin')).toBe('2027-10-31T00:30:00.000Z');
});

test('a digest comes at the next full hour or time of the zone, never at once', () => {
  const next = (at: string, times: Parameters<typeof nextDigest>[1], zone: string) =>
    nextDigest(new Date(at), times, zone).toISOString();
  expect(next('2027-01-10T10:20:00Z', { every: 'hour' }, 'UTC')).toBe('2027-01-10T11:00:00.000Z');
  expect(next('2027-01-10T11:00:00Z', { every: 'hour' }, 'UTC')).toBe('2027-01-10T12:00:00.000Z');
  expect(next('2027-01-10T10:20:00Z', { every: 'hour' }, 'Asia/Kolkata')).toBe('2027-01-10T10:30:00.000Z');
  const daily = { every: 'day', at: '08:00' } as const;
  expect(next('2027-01-10T06:59:00Z', daily, 'Europe/Berlin')).toBe('2027-01-10T07:00:00.000Z');
  expect(next('2027-01-10T07:00:00Z', daily, 'Europe/Berlin')).toBe('2027-01-11T07:00:00.000Z');
  expect(next('2027-03-27T08:00:00Z', daily, 'Europe/Berlin')).toBe('2027-03-28T06:00:00.000Z');
});
