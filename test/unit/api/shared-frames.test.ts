import { expect, test } from 'vitest';
import type { EventFilter } from '../../../api/live/event-filter.ts';
import { sharedFrames } from '../../../api/live/shared-frames.ts';
import type { TailEvent } from '../../../shared/events/db/events.ts';

const event = (id: string, more: Partial<TailEvent> = {}): TailEvent => ({
  xid: '7',
  id,
  tenantId: 'acme',
  type: 'StepOpened',
  subjectType: 'step',
  subjectId: `step-${id}`,
  exceptionId: null,
  actor: { type: 'system', id: 'test', name: 'Test' },
  data: {},
  createdAt: '2026-11-21T00:00:00.000Z',
  ...more,
});
const batchOf = (...events: TailEvent[]) => ({ events, until: events.at(-1)! });
const idsOf = (frames: Buffer | null) =>
  frames === null ? null : [...frames.toString().matchAll(/^id: 7-(\d+)$/gm)].map(([, id]) => id);

test('listeners with the same filter get the same bytes, and an event is serialized once for all', () => {
  let serialized = 0;
  const data = {
    toJSON: () => {
      serialized++;
      return { amount: 5 };
    },
  };
  const batch = batchOf(event('1', { data }), event('2'));
  const [first, second] = [sharedFrames({})(batch), sharedFrames({})(batch)];
  expect(second).toBe(first);
  expect(first?.toString()).toMatch(
    /^id: 7-1\ndata: \{.*"data":\{"amount":5\}.*\}\n\nid: 7-2\ndata: \{.*\}\n\n$/,
  );
  expect(first?.toString()).not.toContain('acme');
  sharedFrames({ types: ['StepOpened'] })(batch);
  expect(serialized).toBe(1);
});

test('a listener gets the events that it asked for, whatever others have asked for', () => {
  const batch = batchOf(
    event('1', { subjectType: 'exception', subjectId: 'e1' }),
    event('2', { exceptionId: 'e1', type: 'StepCompleted' }),
    event('3', { subjectType: 'run', subjectId: 'r1' }),
    event('4', { data: { runId: 'r1' }, exceptionId: 'e2' }),
  );
  const asked: [EventFilter, string[] | null][] = [
    [{}, ['1', '2', '3', '4']],
    [{ exceptionId: 'e1' }, ['1', '2']],
    [{ runId: 'r1' }, ['3', '4']],
    [{ types: ['StepCompleted'] }, ['2']],
    [{ runId: 'r1', exceptionId: 'e2' }, ['4']],
    [{ exceptionId: 'e3' }, null],
    [{}, ['1', '2', '3', '4']],
  ];
  for (const [filter, ids] of asked) expect(idsOf(sharedFrames(filter)(batch))).toEqual(ids);
});
