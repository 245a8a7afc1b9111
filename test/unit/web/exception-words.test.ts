import { describe, expect, it } from 'vitest';
import { type EventType, eventTypes } from '../../../shared/events/event-types.ts';
import {
  eventDid,
  eventSaying,
  eventTail,
  eventWord,
} from '../../../web/features/exceptions/parts/event-words.ts';
import {
  isOverdue,
  linkWord,
  resolutionWord,
} from '../../../web/features/exceptions/parts/exception-words.ts';

describe('what happens on an exception, in words', () => {
  const onExceptions = eventTypes.filter(
    (type) => /^(Exception|PlaybookRun|Step|Notice)/.test(type) && type !== 'ExceptionDomainChanged',
  );

  it('has words for every event that can stand there, whatever data came with it', () => {
    const spelt = (type: EventType) => type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
    for (const type of onExceptions) {
      expect(eventDid(type, {}), type).not.toContain('undefined');
      expect(eventDid(type, {}), type).not.toBe(spelt(type));
      expect(eventWord(type), type).not.toBe('');
    }
  });

  it('spells out an event that is not known here', () => {
    expect(eventWord('ShipmentLost')).toBe('Shipment lost');
    expect(eventDid('ShipmentLost', {})).toBe('shipment lost');
  });

  it('says who it was given to, and that it was taken away', () => {
    expect(eventDid('ExceptionAssigned', { assignee: { id: '1', name: 'Ben' } })).toBe('assigned it to Ben');
    expect(eventDid('ExceptionAssigned', { assignee: null })).toBe('took the assignee off');
    expect(eventDid('ExceptionCreated', { assignee: { id: '1', name: 'Ben' } })).toBe('opened it for Ben');
  });

  it('names the fields that were changed', () => {
    expect(eventDid('ExceptionUpdated', { changed: ['dueAt'] })).toBe('changed due time');
    expect(eventDid('ExceptionUpdated', { changed: ['title', 'severity', 'dueAt'] })).toBe(
      'changed title, severity and due time',
    );
  });

  it('names the playbook with its version, and the other exception by its number', () => {
    const run = { playbookTitle: 'Failed payment', playbookVersion: 3 };
    expect(eventDid('PlaybookRunStarted', run)).toBe('started Failed payment v3');
    expect(eventDid('ExceptionLinked', { targetNumber: 7 })).toBe('linked EX-7');
    expect(eventDid('ExceptionLinked', { kind: 'url' })).toBe('linked a page');
  });

  it('says whom a step is for, whom it went to and what was chosen', () => {
    expect(eventTail('StepOpened', { role: 'tool_admin', user: null })).toBe('for tool admin');
    expect(eventTail('StepOpened', { role: null, user: 'ana@acme.test' })).toBe('for ana@acme.test');
    expect(eventTail('StepEscalated', { from: 'Ana', to: 'role approver' })).toBe('to role approver');
    expect(eventTail('StepCompleted', { outcome: 'ship_again' })).toBe(': ship again');
    expect(eventTail('StepCompleted', { outcome: 'done' })).toBe('');
    expect(eventTail('StepSkipped', {})).toBe('');
  });

  it('gives the words that somebody wrote with it', () => {
    expect(eventSaying({ reason: 'It came back' })).toBe('It came back');
    expect(eventSaying({ note: 'Refunded by hand' })).toBe('Refunded by hand');
    expect(eventSaying({ reason: '', outcome: 'approve' })).toBeUndefined();
  });
});

describe('an exception in words', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');

  it('is overdue only while it is not resolved and its time has passed', () => {
    const dueAt = '2026-11-20T11:59:59Z';
    expect(isOverdue({ dueAt, status: 'open' }, now)).toBe(true);
    expect(isOverdue({ dueAt, status: 'resolved' }, now)).toBe(false);
    expect(isOverdue({ dueAt: '2026-11-20T12:00:01Z', status: 'open' }, now)).toBe(false);
    expect(isOverdue({ dueAt: null, status: 'open' }, now)).toBe(false);
  });

  it('says a link from the side it is seen from', () => {
    expect(linkWord({ kind: 'caused_by', inverse: false })).toBe('Caused by');
    expect(linkWord({ kind: 'caused_by', inverse: true })).toBe('Cause of');
    expect(linkWord({ kind: 'related', inverse: true })).toBe('Related to');
  });

  it('shows a resolution that is not known here as it is', () => {
    expect(resolutionWord('worked_around')).toBe('Worked around');
    expect(resolutionWord('handed_over')).toBe('handed over');
  });
});
