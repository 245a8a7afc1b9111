import { describe, expect, test } from 'vitest';
import type { UndoAttempt } from '../../../shared/executions/db/executions-undo.ts';
import { type Undone, whyNotUndone } from '../../../shared/executions/server/undo-rules.ts';
import { undoableOf } from '../../../shared/executions/undoable.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

const tool = (more: Record<string, unknown> = {}) =>
  toolDefinitionSchema.parse({
    name: 'hold',
    type: 'http',
    config: { method: 'POST', url: 'https://pay.example/holds' },
    ...more,
  });
const undoable = tool({ undo: { tool: 'release', withinMs: 60_000 } });
const ended = new Date('2026-11-22T10:00:00Z');
const at = (seconds: number) => ended.getTime() + seconds * 1000;
const execution: Undone = {
  status: 'succeeded',
  failure_code: null,
  completed_at: ended,
  payloads_removed_at: null,
  tool_name: 'hold',
  may_have_acted: true,
};
const attempt = (more: Partial<UndoAttempt>): UndoAttempt => ({
  undone_id: 'x',
  attempt: 0,
  key: 'undo/x',
  id: 'u',
  status: 'failed',
  failure_code: 'provider_error',
  failure_retryable: true,
  error_message: null,
  failure_reason: null,
  approval_status: null,
  ...more,
});
const kind = (
  of: Partial<Undone>,
  definition: typeof undoable | null = undoable,
  last?: UndoAttempt,
  now = at(1),
) => whyNotUndone({ ...execution, ...of }, definition, last, now)?.kind ?? null;

describe('whether an execution is undone', () => {
  test('it can be while there is time, and its values are kept', () => {
    expect(kind({})).toBeNull();
    expect(kind({}, undoable, undefined, at(60))).toBeNull();
    expect(kind({}, undoable, undefined, at(61))).toBe('cannot');
    expect(kind({ payloads_removed_at: ended })).toBe('cannot');
  });

  test('only what has succeeded is undone', () => {
    expect(kind({ status: 'running', completed_at: null })).toBe('open');
    expect(kind({ status: 'requested', completed_at: null })).toBe('open');
    const refused = { status: 'failed', failure_code: 'provider_error' } as const;
    expect(kind({ ...refused, may_have_acted: false })).toBe('nothing');
    expect(kind({ ...refused, failure_code: 'invalid_output' })).toBe('cannot');
    expect(kind({ status: 'failed', failure_code: 'outcome_unknown' })).toBe('unsettled');
  });

  test('another attempt needs a last one after which it has no second effect', () => {
    expect(kind({}, undoable, attempt({}))).toBeNull();
    expect(kind({}, undoable, attempt({ id: null, status: null }))).toBeNull();
    expect(kind({}, undoable, attempt({ status: 'succeeded' }))).toBe('done');
    expect(kind({}, undoable, attempt({ status: 'running' }))).toBe('going');
    expect(kind({}, undoable, attempt({ status: 'requested' }))).toBe('going');
    const unknown = { failure_code: 'outcome_unknown', failure_retryable: false } as const;
    expect(kind({}, undoable, attempt(unknown))).toBe('unsettled');
    expect(kind({}, undoable, attempt({ ...unknown, failure_retryable: true }))).toBeNull();
    // It was done, and the response was not as it should be.
    const done = { failure_code: 'invalid_output', failure_retryable: false } as const;
    expect(kind({}, undoable, attempt(done))).toBe('doubtful');
  });

  test('a tool that names no undo, or is gone, stays done; one that reads has done nothing', () => {
    expect(kind({}, tool())).toBe('cannot');
    expect(kind({}, null)).toBe('cannot');
    expect(kind({}, tool({ config: { method: 'GET', url: 'https://pay.example/holds' } }))).toBe('nothing');
  });
});

describe('what is said before a call', () => {
  test('it names the undo, its time and what stays', () => {
    const day = { tool: 'release', withinMs: 86_400_000, cannot: 'The message.' };
    expect(undoableOf(tool({ undo: day }))).toEqual({
      ...day,
      words: 'It can be undone by release within 1 d. What stays: The message.',
    });
    expect(undoableOf(tool({ undo: { tool: 'release' } })).words).toBe('It can be undone by release.');
    expect(undoableOf(tool())).toEqual({ tool: null, words: 'It cannot be undone.' });
  });
});
