import type {
  exceptionStatuses,
  linkKinds,
  resolutionCodes,
  Severity,
} from '../../../../shared/exceptions/exception-schemas.ts';

export const statusWords: Record<(typeof exceptionStatuses)[number], string> = {
  open: 'Open',
  in_progress: 'In progress',
  resolved: 'Resolved',
};

export const severityWords: Record<Severity, string> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const resolutionWords: Record<(typeof resolutionCodes)[number], string> = {
  fixed: 'Fixed',
  worked_around: 'Worked around',
  not_a_problem: 'Not a problem',
  duplicate: 'Duplicate',
  gave_up: 'Won’t fix',
};
/** A code that this page does not know shows its name. */
export const resolutionWord = (code: string): string =>
  (resolutionWords as Record<string, string>)[code] ?? code.replaceAll('_', ' ');

export const linkKindWords: Record<(typeof linkKinds)[number], string> = {
  related: 'Related to',
  duplicate_of: 'Duplicate of',
  caused_by: 'Caused by',
  url: 'External page',
};
const inverseWords: Partial<Record<(typeof linkKinds)[number], string>> = {
  duplicate_of: 'Has duplicate',
  caused_by: 'Cause of',
};
/** The relation, seen from the exception that shows the link. */
export const linkWord = (link: { kind: (typeof linkKinds)[number]; inverse: boolean }): string =>
  (link.inverse ? inverseWords[link.kind] : undefined) ?? linkKindWords[link.kind];
