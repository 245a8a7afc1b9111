import { describe, expect, test } from 'vitest';
import type { InboundAction } from '../../../shared/inbound/inbound-actions.ts';
import { inboundTemplates } from '../../../shared/inbound/inbound-templates.ts';
import {
  newDraft,
  toAction,
  toActions,
  toDraft,
} from '../../../web/features/settings/inbound/action-draft.ts';

describe('the form of an action', () => {
  const others: InboundAction[] = [
    { do: 'start_playbook', when: 'body.ok', playbook: 'look', exceptionId: 'EX-1', input: '${{ body }}' },
    { do: 'deliver_event', event: 'paid', groupBy: '${{ body.id }}', data: { amount: 1 } },
    { do: 'deliver_event', step: 'check', outcome: 'done', runId: '${{ body.run }}' },
    { do: 'execute_tool', forEach: 'body.items', tool: 'refund', payload: { id: '${{ item.id }}' } },
  ];

  test('keeps every field of every ready-made action and of the other kinds', () => {
    for (const action of [...inboundTemplates.flatMap(({ actions }) => actions), ...others])
      expect(toActions([toDraft(action)])).toEqual([action]);
  });

  test('is sent as it is while it is not complete, so that the server says what is missing', () => {
    const draft = { ...newDraft(), values: { title: '  ', attributes: '{ "a": ' } };
    expect(toAction(draft)).toEqual({ do: 'open_exception', attributes: '{ "a":' });
    expect(toActions([draft])).toBeNull();
  });

  test('leaves out the fields of the kind that it had before', () => {
    const draft = toDraft({ do: 'execute_tool', tool: 'refund', payload: { a: 1 } });
    expect(toAction({ ...draft, do: 'open_exception' })).toEqual({ do: 'open_exception' });
  });
});
