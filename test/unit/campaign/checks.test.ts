import { describe, expect, test } from 'vitest';
import type { SubscribedEvent } from '../../../shared/client/subscribe-events.ts';
import { inOrder, streamsAreWhole } from '../../campaign/checks/events.ts';
import { doubled, lost, stuck, untrue } from '../../campaign/checks/promises.ts';
import { nothingForeign } from '../../campaign/checks/secrecy.ts';
import type { EventRecord, ExecutionRecord, RunRecord } from '../../campaign/evidence.ts';
import { createJournal, type WantedCall } from '../../campaign/journal.ts';
import type { LedgerEntry } from '../../campaign/ledger.ts';

/** A campaign in which one call of `north` was wanted once and done once. */
function sound() {
  const execution: ExecutionRecord = {
    id: 'x1',
    tenantId: 't1',
    toolName: 'charge',
    status: 'succeeded',
    failureCode: null,
    retryable: null,
    settled: false,
    key: 'key-north-1',
    callId: 'north-1',
    effect: 'e1',
    rerunOf: null,
    ofStep: false,
    attempts: 1,
    createdAt: new Date(1000),
    completedAt: new Date(2000),
  };
  const run: RunRecord = {
    id: 'r1',
    tenantId: 't1',
    playbookName: 'campaign',
    status: 'completed',
    steps: 'check completed',
    createdAt: new Date(1000),
    completedAt: new Date(2000),
  };
  const entry: LedgerEntry = {
    callId: 'north-1',
    tool: 'charge',
    key: null,
    effect: 'e1',
    answer: 'ok',
    at: '2026-01-01T00:00:00.000Z',
  };
  const call: WantedCall = {
    callId: 'north-1',
    tenant: 'north',
    tool: 'charge',
    key: 'key-north-1',
    told: new Map([['x1', 'succeeded']]),
    refused: null,
  };
  const journal = createJournal();
  journal.calls.set('north-1', call);
  const completed = new Map([['check', new Set(['q1'])]]);
  journal.runs.push({ tenant: 'north', callId: 'north-e1', runId: 'r1', exceptionId: null, completed });
  const event = (id: number, subject: string, type: string, data = {}): EventRecord => {
    const [subjectType = '', subjectId = ''] = subject.split(' ');
    return { id: String(id), tenantId: 't1', type, subjectType, subjectId, data };
  };
  const events = [
    event(1, 'run r1', 'PlaybookRunStarted'),
    event(2, 'step s1', 'StepOpened'),
    event(3, 'execution x1', 'ToolExecutionRequested'),
    event(4, 'execution x1', 'ToolExecutionStarted'),
    event(5, 'execution x1', 'ToolExecutionAttempted', { number: 1 }),
    event(6, 'execution x1', 'ToolExecutionCompleted'),
    event(7, 'step s1', 'StepCompleted'),
    event(8, 'run r1', 'PlaybookRunCompleted'),
  ];
  const delivered = events.map(
    (each): SubscribedEvent => ({
      ...each,
      exceptionId: null,
      actor: { type: 'system', id: 'worker', name: 'Interlock' },
      createdAt: '2026-01-01T00:00:00.000Z',
      position: each.id,
    }),
  );
  return {
    tenants: [
      { id: 't1', slug: 'north' },
      { id: 't2', slug: 'south' },
    ],
    journal,
    call,
    execution,
    executions: new Map([['x1', execution]]),
    run,
    runs: new Map([['r1', run]]),
    accepted: new Set(['q1']),
    ledger: [entry],
    entry,
    events,
    streams: [{ tenant: 'north', events: delivered }],
  };
}
type Scene = ReturnType<typeof sound>;

const findings = (scene: Scene) =>
  [lost, doubled, stuck, untrue, inOrder, streamsAreWhole, nothingForeign].flatMap((check) => check(scene));

describe('the checks of a fault campaign', () => {
  test('find nothing where everything is as it was promised', () => {
    expect(findings(sound())).toEqual([]);
  });

  const spoiled: [what: string, kind: string, spoil: (scene: Scene) => void][] = [
    ['an execution that a response named has no row', 'lost', ({ call }) => call.told.set('x2', 'requested')],
    ['a run has no row', 'lost', ({ runs }) => runs.clear()],
    ['an accepted completion is not stored', 'lost', ({ accepted }) => accepted.clear()],
    [
      'an unsafe call was made twice',
      'doubled',
      ({ ledger, entry }) => ledger.push({ ...entry, effect: 'e2' }),
    ],
    [
      'one key made two executions',
      'doubled',
      ({ executions, execution }) =>
        executions.set('x2', { ...execution, id: 'x2', callId: 'other', effect: 'e1' }),
    ],
    [
      'one request made two executions',
      'doubled',
      ({ executions, execution }) => executions.set('x2', { ...execution, id: 'x2', key: null }),
    ],
    [
      'two requests completed one step',
      'doubled',
      ({ journal, accepted }) => {
        accepted.add('q2');
        journal.runs[0]?.completed.get('check')?.add('q2');
      },
    ],
    [
      'an execution stays open',
      'stuck',
      ({ execution }) => Object.assign(execution, { status: 'running', completedAt: null }),
    ],
    ['a run stays open', 'stuck', ({ run }) => Object.assign(run, { status: 'waiting', completedAt: null })],
    [
      'it succeeded, and the provider did nothing',
      'untrue',
      ({ entry }) => Object.assign(entry, { effect: null }),
    ],
    [
      'running it again is called safe, and it happened',
      'untrue',
      ({ execution }) => Object.assign(execution, { status: 'failed', retryable: true }),
    ],
    ['a response told another end', 'untrue', ({ call }) => call.told.set('x1', 'failed')],
    [
      'a response said that nothing was done',
      'untrue',
      ({ call }) => Object.assign(call, { key: null, refused: 'Nothing was changed.' }),
    ],
    ['an end is missing', 'order', ({ events }) => events.splice(5, 1)],
    ['it ended twice', 'order', ({ events }) => events.push({ ...events[5]!, id: '9' })],
    ['an attempt is missing', 'order', ({ execution }) => Object.assign(execution, { attempts: 2 })],
    [
      'a step went on after its end',
      'order',
      ({ events }) => events.push({ ...events[1]!, id: '9', type: 'StepStarted' }),
    ],
    [
      'a step completed before it opened',
      'order',
      ({ events }) => events.unshift({ ...events[6]!, id: '0' }),
    ],
    ['an event was not delivered', 'stream', ({ streams }) => streams[0]!.events.splice(3, 1)],
    [
      'an event was delivered twice',
      'stream',
      ({ streams }) => streams[0]!.events.splice(3, 0, streams[0]!.events[3]!),
    ],
    [
      'two events were delivered in another order',
      'stream',
      ({ streams: [stream] }) => stream!.events.splice(3, 2, stream!.events[4]!, stream!.events[3]!),
    ],
    [
      'a stream got an event of the other tenant',
      'foreign',
      ({ execution }) => Object.assign(execution, { tenantId: 't2' }),
    ],
  ];
  test.each(spoiled)('%s: %s', (_what, kind, spoil) => {
    const scene = sound();
    spoil(scene);
    expect(findings(scene).map((each) => each.kind)).toContain(kind);
  });
});
