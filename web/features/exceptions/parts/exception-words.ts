import type {
  exceptionStatuses,
  linkKinds,
  resolutionCodes,
} from '../../../../shared/exceptions/exception-schemas.ts';

/** How exceptions are spoken of. Pure, so that every word can be tested. */

export const statusWords: Record<(typeof exceptionStatuses)[number], string> = {
  open: 'Open',
  in_progress: 'In progress',
  resolved: 'Resolved',
};

export const resolutionWords: Record<(typeof resolutionCodes)[number], string> = {
  fixed: 'Fixed',
  worked_around: 'Worked around',
  not_a_problem: 'Not a problem',
  duplicate: 'Duplicate',
  gave_up: 'Gave up',
};
/** A code of an older or newer version is shown as it is. */
export const resolutionWord = (code: string): string =>
  (resolutionWords as Record<string, string>)[code] ?? code.replaceAll('_', ' ');

export const linkKindWords: Record<(typeof linkKinds)[number], string> = {
  related: 'Related to',
  duplicate_of: 'Duplicate of',
  caused_by: 'Caused by',
  url: 'Page elsewhere',
};
const inverseWords: Partial<Record<(typeof linkKinds)[number], string>> = {
  duplicate_of: 'Has the duplicate',
  caused_by: 'Cause of',
};
/** What a link says of the exception it is shown on. */
export const linkWord = (link: { kind: (typeof linkKinds)[number]; inverse: boolean }): string =>
  (link.inverse ? inverseWords[link.kind] : undefined) ?? linkKindWords[link.kind];

/** Due and not resolved, and the time has passed. */
export const isOverdue = (exception: { dueAt: string | null; status: string }, now: number): boolean =>
  exception.status !== 'resolved' && exception.dueAt !== null && Date.parse(exception.dueAt) < now;
