import { describe, expect, it } from 'vitest';
import { nextAction } from '../../../web/features/exceptions/detail/next-action.ts';
import {
  byDay,
  dayWords,
  deliveriesIn,
  deliveryWords,
  type EventItem,
  inOrder,
  isCut,
  type TimelineItem,
} from '../../../web/features/exceptions/detail/timeline-items.ts';

const item = (key: string, at: string, type = 'ExceptionUpdated'): TimelineItem => ({
  kind: 'event',
  key,
  at,
  event: {
    id: key,
    type,
    subjectType: 'exception',
    subjectId: 'x',
    actor: { type: 'user', id: 'u', name: 'Ana' },
    data: {},
    requestId: null,
    createdAt: at,
  },
});
/** In the local time zone. */
const local = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

describe('the timeline', () => {
  it('puts older pages above the newest one, and shows an item of two pages once', () => {
    const newest = { items: [item('3', local(20, 9)), item('4', local(20, 10))] };
    const older = { items: [item('1', local(19, 9)), item('2', local(19, 10)), item('3', local(20, 9))] };
    expect([...inOrder([newest, older]).keys()]).toEqual(['1', '2', '3', '4']);
  });

  it('leaves out details of an execution', () => {
    const items = [item('1', local(20, 9)), item('2', local(20, 9), 'CredentialUsed')];
    expect([...inOrder([{ items }]).keys()]).toEqual(['1']);
  });

  it('is divided by local days', () => {
    const items = [item('1', local(18, 23)), item('2', local(19, 0)), item('3', local(19, 23))];
    expect(byDay(items)).toEqual([
      { id: '2026-11-18', keys: ['1'] },
      { id: '2026-11-19', keys: ['2', '3'] },
    ]);
  });

  it('groups deliveries of one webhook that follow each other on a day, and names them', () => {
    const seen = (key: string, day: number, event?: string, actor = 'w1') => {
      const made = item(key, local(day, 9), 'ExceptionSeenAgain') as EventItem;
      return {
        ...made,
        event: { ...made.event, actor: { type: 'api_key', id: actor, name: 'Stripe' }, data: { event } },
      } as EventItem;
    };
    const items = [
      seen('1', 19, 'payment_intent.failed'),
      seen('2', 19, 'payment_intent.failed'),
      seen('3', 19, 'charge.failed'),
      seen('4', 19, 'charge.failed', 'w2'),
      item('5', local(19, 10)),
      seen('6', 19),
      seen('7', 20),
      seen('8', 20),
    ];
    const groups = deliveriesIn(byDay(items), new Map(items.map((each) => [each.key, each])));
    expect(
      [...groups].map(([key, group]) => [key, group.map((each) => each.key), deliveryWords(group)]),
    ).toEqual([
      ['1', ['1', '2', '3'], '3 deliveries of Stripe: payment_intent.failed and charge.failed; all handled'],
      ['7', ['7', '8'], '2 deliveries of Stripe, all handled'],
    ]);
  });

  it('names today and yesterday, and writes out other days', () => {
    const now = new Date(2026, 10, 20, 0, 5).getTime();
    expect(dayWords('2026-11-20', now)).toBe('Today');
    expect(dayWords('2026-11-19', now)).toBe('Yesterday');
    expect(dayWords('2026-11-13', now)).toBe('Friday 13 November 2026');
  });

  it('tells a truncated payload from a payload that is a text', () => {
    expect(isCut('{"a": 1', true)).toBe(true);
    expect(isCut('done', false)).toBe(false);
    expect(isCut({ a: 1 }, true)).toBe(false);
  });
});

describe('the next action', () => {
  type Run = NonNullable<Parameters<typeof nextAction>[0]['run']>;
  const step = (id: string, status: string, mayComplete: boolean) => ({
    id,
    runId: 'r',
    title: id,
    status,
    mayComplete,
  });
  const run = (steps: object[], paused: object | null = null) => ({ paused, steps }) as unknown as Run;
  const open = { status: 'open' as const };
  const at = { exception: open, run: undefined, canStart: true, mayWrite: true };

  it('is the waiting step that I may complete, not the step of someone else', () => {
    const steps = [
      step('check', 'completed', false),
      step('theirs', 'waiting', false),
      step('mine', 'waiting', true),
    ];
    expect(nextAction({ ...at, run: run(steps) })).toEqual({
      kind: 'step',
      runId: 'r',
      stepId: 'mine',
      title: 'mine',
    });
    expect(nextAction({ ...at, run: run(steps.slice(0, 2)) })).toEqual({ kind: 'none' });
  });

  it('is nothing while the run is paused', () => {
    expect(nextAction({ ...at, run: run([step('mine', 'waiting', true)], {}) })).toEqual({ kind: 'none' });
  });

  it('is to start a matching playbook, otherwise to resolve', () => {
    expect(nextAction(at)).toEqual({ kind: 'start' });
    expect(nextAction({ ...at, canStart: false })).toEqual({ kind: 'resolve' });
  });

  it('is nothing for a viewer', () => {
    expect(nextAction({ ...at, canStart: false, mayWrite: false })).toEqual({ kind: 'none' });
    expect(nextAction({ ...at, exception: { status: 'resolved' }, mayWrite: false })).toEqual({
      kind: 'none',
    });
  });

  it('of a resolved exception is to reopen it', () => {
    expect(nextAction({ ...at, exception: { status: 'resolved' } })).toEqual({ kind: 'reopen' });
  });
});
