import { factWords, type NotificationFacts } from './notification-facts.ts';
import { kindDefinitions, type NotificationKind } from './notification-kinds.ts';

interface Said {
  kind: string;
  eventType: string;
  facts: NotificationFacts;
  link: string;
}

/** One line of a message. */
export interface NoticeLine {
  text: string;
  /** Below the page of the organization. */
  link: string;
}

/** A name that someone has given never begins another line. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ');

/** The line of some notifications of one kind. */
export function lineOf(said: Said, count: number): NoticeLine {
  const many = Object.hasOwn(kindDefinitions, said.kind)
    ? kindDefinitions[said.kind as NotificationKind]
    : null;
  return count > 1 && many
    ? { text: many.many(count), link: many.link }
    : { text: oneLine(factWords(said.eventType, said.facts)), link: said.link };
}

/** The lines of a message: what belongs to one line of the list is one line here too. */
export function linesOf(all: readonly (Said & { lineId: string })[]): NoticeLine[] {
  return [...Map.groupBy(all, ({ lineId }) => lineId).values()].map((of) => lineOf(of[0]!, of.length));
}
