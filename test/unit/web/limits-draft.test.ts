import { expect, test } from 'vitest';
import { callLimitsSchema } from '../../../shared/tools/call-limits.ts';
import { draftOf, limitsIn, problemsOf } from '../../../web/features/settings/limits/limits-draft.ts';

const limits = callLimitsSchema.parse({
  rateLimit: { requestsPerMinute: 60, burst: 5 },
  hosts: [{ host: 'pay.example:443', concurrency: 2 }],
  circuitBreaker: { enabled: false, openSeconds: 5 },
});

test('limits that are shown and saved unchanged are the same limits', () => {
  expect(limitsIn(draftOf(limits))).toEqual(limits);
  expect(problemsOf(draftOf(limits))).toEqual({});
});

test('a draft says what is wrong with each field', () => {
  const draft = { ...draftOf(limits), perMinute: '', hostConcurrency: 'many', failurePercent: '' };
  draft.hosts.push({ host: 'pay.example', concurrency: '3' });
  expect(Object.keys(problemsOf(draft)).toSorted()).toEqual([
    'burst',
    'failurePercent',
    'hostConcurrency',
    'hosts',
  ]);
});
