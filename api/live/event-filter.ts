import type { TailEvent } from '../../shared/events/db/events.ts';

/** Which events a listener asked for; all of them without any of these. */
export interface EventFilter {
  exceptionId?: string | undefined;
  runId?: string | undefined;
  types?: readonly string[] | undefined;
}

export function isWanted(event: TailEvent, { exceptionId, runId, types }: EventFilter): boolean {
  const { type, subjectType, subjectId, data } = event;
  const isOf = (subject: string, id: string) => subjectType === subject && subjectId === id;
  return (
    (types === undefined || types.includes(type)) &&
    (exceptionId === undefined || event.exceptionId === exceptionId || isOf('exception', exceptionId)) &&
    (runId === undefined || data.runId === runId || isOf('run', runId))
  );
}
