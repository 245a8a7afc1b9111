import type { JsonValue } from '../../platform/json.ts';
import { writeJson } from '../../platform/json-text.ts';
import type { PlaceRow } from '../db/place-rows.ts';
import type { Place } from '../db/places.ts';
import { type Eraser, erasedName } from '../traces.ts';

export interface Traces {
  /** The columns with something of the person; those without a change are changed by hand. */
  columns: string[];
  /** Their values afterwards, as they are written; null: the column stays. */
  changes: Record<string, string | string[] | null>;
}

export interface Subject {
  eraser: Eraser;
  /** The same for what quotes names. */
  quoting: Eraser;
  accountId: string | null;
  pseudonym: string;
}

/** What a row has of a person, and what it says without it. Pure. */
export function tracesIn(
  place: Place,
  { key, values }: Pick<PlaceRow, 'key' | 'values'>,
  subject: Subject,
): Traces {
  const { eraser, quoting, accountId, pseudonym } = subject;
  const eraserOf = (column: string) => (place.quoting?.includes(column) ? quoting : eraser);
  const found = new Map<string, string | string[] | null | undefined>();
  const note = (column: string, before: unknown, after: string | null) => {
    if (after !== before) found.set(column, after);
  };
  for (const column of place.texts ?? [])
    ifText(values[column], (text) =>
      note(column, text, oneOfItsKind(column, text, eraserOf(column).text(text))),
    );
  for (const column of place.json ?? []) {
    const before = (values[column] ?? null) as JsonValue;
    const after = eraserOf(column).json(before);
    if (after !== before) found.set(column, writeJson(after));
  }
  for (const column of place.written ?? []) {
    const before = (values[column] ?? null) as JsonValue;
    if (eraser.json(before) !== before) found.set(column, undefined);
  }
  for (const { id, name, person } of place.actors ?? []) {
    const theirs = accountId !== null && values[id] === accountId;
    ifText(values[name], (text) => note(name, text, theirs ? erasedName : eraser.actorName(text)));
    if (person) ifText(values[person], (text) => note(person, text, mailboxOf(text, theirs)));
  }
  for (const column of place.persons ?? [])
    ifText(values[column], (text) => note(column, text, mailboxOf(text)));
  for (const column of place.personLists ?? []) {
    const before = values[column];
    if (!Array.isArray(before)) continue;
    const after = before.map((each) => (typeof each === 'string' ? mailboxOf(each) : each));
    if (after.some((each, index) => each !== before[index])) found.set(column, after);
  }
  for (const column of place.names ?? [])
    ifText(values[column], (text) =>
      note(column, text, eraser.isName(text) ? erasedName : eraser.text(text)),
    );
  const { address } = place;
  if (address && accountId !== null && values[address.of] === accountId)
    ifText(values[address.column], (text) => note(address.column, text, null));

  function oneOfItsKind(column: string, before: string, after: string): string {
    return after !== before && place.unique?.includes(column) ? `${after}-${key.join('').slice(-8)}` : after;
  }
  function mailboxOf(text: string, theirs = false): string {
    return text !== '' && (theirs || eraser.isMailbox(text)) ? pseudonym : text;
  }
  return {
    columns: [...found.keys()],
    changes: Object.fromEntries(
      [...found].flatMap(([column, after]) => (after === undefined ? [] : [[column, after]])),
    ),
  };
}

function ifText(value: unknown, work: (text: string) => void): void {
  if (typeof value === 'string') work(value);
}
