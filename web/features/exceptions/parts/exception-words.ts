import type {
  exceptionStatuses,
  linkKinds,
  resolutionCodes,
  Severity,
} from '../../../../shared/exceptions/exception-schemas.ts';
import { t } from '../../../words/words.ts';

export const statusWords: Record<(typeof exceptionStatuses)[number], string> = {
  open: t('Open'),
  in_progress: t('In progress'),
  resolved: t('Resolved'),
};

export const severityWords: Record<Severity, string> = {
  critical: t('Critical'),
  high: t('High'),
  medium: t('Medium'),
  low: t('Low'),
};

export const resolutionWords: Record<(typeof resolutionCodes)[number], string> = {
  fixed: t('Fixed'),
  worked_around: t('Worked around'),
  not_a_problem: t('Not a problem'),
  duplicate: t('Duplicate'),
  gave_up: t('Won’t fix'),
};
/** A code that this page does not know shows its name. */
export const resolutionWord = (code: string): string =>
  (resolutionWords as Record<string, string>)[code] ?? code.replaceAll('_', ' ');

export const linkKindWords: Record<(typeof linkKinds)[number], string> = {
  related: t('Related to'),
  duplicate_of: t('Duplicate of'),
  caused_by: t('Caused by'),
  url: t('External page'),
};
const inverseWords: Partial<Record<(typeof linkKinds)[number], string>> = {
  duplicate_of: t('Has duplicate'),
  caused_by: t('Cause of'),
};
/** The relation, seen from the exception that shows the link. */
export const linkWord = (link: { kind: (typeof linkKinds)[number]; inverse: boolean }): string =>
  (link.inverse ? inverseWords[link.kind] : undefined) ?? linkKindWords[link.kind];
