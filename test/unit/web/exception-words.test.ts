import { describe, expect, it } from 'vitest';
import { type EventType, eventTypes } from '../../../shared/events/event-types.ts';
import {
  eventDid,
  eventNote,
  eventTail,
  eventWord,
} from '../../../web/features/exceptions/parts/event-words.ts';
import { linkWord, resolutionWord } from '../../../web/features/exceptions/parts/exception-words.ts';

describe('what happens on an exception, in words', () => {
  const onExceptions = eventTypes.filter(
    (type) =>
      /^(Exception|PlaybookRun|Step|Notice|Evidence)/.test(type) &&
      !/^Exception(Domain|View|Rule(Created|Updated|Archived|Unarchived)|RulesReordered)/.test(type),
  );

  it('has words for every event, whatever its data', () => {
    const spelt = (type: EventType) => type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
    for (const type of onExceptions) {
      expect(eventDid(type, {}), type).not.toContain('undefined');
      expect(eventDid(type, {}), type).not.toBe(spelt(type));
      expect(eventWord(type), type).not.toBe('');
    }
  });

  it('spells out an unknown event', () => {
    expect(eventWord('ShipmentLost')).toBe('Shipment lost');
    expect(eventDid('ShipmentLost', {})).toBe('shipment lost');
  });

  it('says who it was assigned to, and that the assignee was removed', () => {
    expect(eventDid('ExceptionAssigned', { assignee: { id: '1', name: 'Ben' } })).toBe('assigned it to Ben');
    expect(eventDid('ExceptionAssigned', { assignee: null })).toBe('removed the assignee');
    expect(eventDid('ExceptionCreated', { assignee: { id: '1', name: 'Ben' } })).toBe(
      'opened it and assigned it to Ben',
    );
  });

  it('names the fields that were changed', () => {
    expect(eventDid('ExceptionUpdated', { changed: ['dueAt'] })).toBe('changed due date');
    expect(eventDid('ExceptionUpdated', { changed: ['title', 'severity', 'dueAt'] })).toBe(
      'changed title, severity and due date',
    );
  });

  it('says from what to what something changed, and why', () => {
    const status = { from: 'open', to: 'in_progress' };
    expect(
      eventDid('ExceptionUpdated', {
        changed: ['title', 'description', 'severity', 'dueAt'],
        changes: {
          title: { from: 'One', to: 'Two' },
          severity: { from: 'low', to: 'high' },
          dueAt: { from: '2030-01-01T12:00:00.000Z', to: null },
        },
      }),
    ).toMatch(
      /^changed title from One to Two, description, severity from Low to High and due date from .*2030.* to none$/,
    );
    const run = { playbookTitle: 'Refund', playbookVersion: 3, changed: ['status'], changes: { status } };
    expect(eventDid('ExceptionUpdated', { ...run, run: 'started' })).toBe(
      'changed status from Open to In progress by starting Refund v3',
    );
    expect(eventDid('ExceptionUpdated', { ...run, run: 'failed' })).toBe(
      'changed status from Open to In progress, because Refund v3 failed',
    );
    expect(eventDid('ExceptionUpdated', { ...run, run: 'cancelled' })).toContain('was cancelled');
    expect(eventDid('ExceptionResolved', { ...run, run: 'completed', code: 'fixed' })).toBe(
      'resolved it, because Refund v3 completed',
    );
    expect(
      eventDid('ExceptionResolved', {
        code: 'duplicate',
        changes: { status: { from: 'in_progress', to: 'resolved' } },
      }),
    ).toBe('resolved it (it was in progress): duplicate');
    expect(eventDid('ExceptionReopened', { changes: { status: { from: 'resolved', to: 'open' } } })).toBe(
      'reopened it: status from Resolved to Open',
    );
    const [ana, ben] = [
      { id: '1', name: 'Ana' },
      { id: '2', name: 'Ben' },
    ];
    expect(eventDid('ExceptionAssigned', { assignee: ben, from: ana })).toBe(
      'assigned it to Ben instead of Ana',
    );
    expect(eventDid('ExceptionAssigned', { assignee: null, from: ana })).toBe('removed the assignee Ana');
  });

  it('names the playbook with its version, and the other exception by its number', () => {
    const run = { playbookTitle: 'Failed payment', playbookVersion: 3 };
    expect(eventDid('PlaybookRunStarted', run)).toBe('started Failed payment v3');
    expect(eventDid('ExceptionLinked', { targetNumber: 7 })).toBe('linked EX-7');
    expect(eventDid('ExceptionLinked', { kind: 'url' })).toBe('added a link');
    expect(eventDid('ExceptionAttachmentAdded', { name: 'parcel.png' })).toBe('added parcel.png');
    expect(eventDid('ExceptionAttachmentRemoved', { erased: true })).toBe('removed a file');
  });

  it('says who a step is for, who it was escalated to and what was chosen', () => {
    expect(eventTail('StepOpened', { role: 'tool_admin', user: null })).toBe('for any tool admin');
    expect(eventTail('StepOpened', { role: null, user: 'ana@acme.test' })).toBe('for ana@acme.test');
    expect(eventTail('StepEscalated', { from: 'Ana', to: 'Any approver' })).toBe('to any approver');
    expect(eventTail('StepCompleted', { outcome: 'ship_again' })).toBe(': ship again');
    expect(eventTail('StepCompleted', { outcome: 'done' })).toBe('');
    expect(eventTail('StepSkipped', {})).toBe('');
  });

  it('gives the reason or note that someone wrote', () => {
    expect(eventNote({ reason: 'It came back' })).toBe('It came back');
    expect(eventNote({ note: 'Refunded by hand' })).toBe('Refunded by hand');
    expect(eventNote({ reason: '', outcome: 'approve' })).toBeUndefined();
  });
});

describe('an exception in words', () => {
  it('words a link from the side that shows it', () => {
    expect(linkWord({ kind: 'caused_by', inverse: false })).toBe('Caused by');
    expect(linkWord({ kind: 'caused_by', inverse: true })).toBe('Cause of');
    expect(linkWord({ kind: 'related', inverse: true })).toBe('Related to');
  });

  it('shows the name of an unknown resolution', () => {
    expect(resolutionWord('worked_around')).toBe('Worked around');
    expect(resolutionWord('handed_over')).toBe('handed over');
  });
});
