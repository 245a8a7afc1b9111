import { addParts, type EventParts } from '../../events/server/audit/announced-erasure.ts';
import { type ErasablePart, erasedForm } from '../../events/server/audit/audit-digest.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { LogEvent } from '../db/read-log.ts';
import { createEraser, type Person, quotedNames } from '../traces.ts';

/** What these say proves something of the log, and they hold no value. */
const proofs: readonly string[] = ['RecordsRemoved', 'EventPartsErased', 'EvidenceExported'];

/** Finds which parts of events are about a person. */
export type LogTraces = (event: LogEvent) => ErasablePart[];

export function createLogTraces(person: Person, further: readonly string[]): LogTraces {
  const { account, values } = person;
  const eraser = createEraser({ account, values: [...values, ...quotedNames(account)] }, further);
  return ({ type, actorId, actorName, address, data, subjectType, subjectId }) => {
    const theirs = account !== null && actorId === account.id;
    const about = account !== null && subjectType === 'member' && subjectId === account.id;
    const parts: ErasablePart[] = [];
    if (actorName !== erasedForm.actorName && (theirs || eraser.actorName(actorName) !== actorName))
      parts.push('actorName');
    if (address !== null && (theirs || eraser.text(address) !== address)) parts.push('address');
    if (!proofs.includes(type)) {
      // The subject of an event is not part of its data.
      const whole: JsonValue = about ? { data, id: account.id, ...asObject(data) } : data;
      if (eraser.json(whole) !== whole) parts.push('data');
    }
    return parts;
  };
}

const asObject = (data: JsonValue): Record<string, JsonValue> =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data } : {};

/** The parts of these events that are about a person. */
export function partsIn(events: readonly LogEvent[], traces: LogTraces): EventParts {
  const parts: EventParts = new Map();
  for (const event of events) {
    const found = traces(event);
    if (found.length > 0) addParts(parts, event.id, found);
  }
  return parts;
}
