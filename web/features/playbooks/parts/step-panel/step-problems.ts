import type { Issue } from '../../../../../shared/platform/error-codes.ts';
import { type ApiError, toApiError } from '../../../../api/api-error.ts';
import { t } from '../../../../words/words.ts';
import { inputIssues } from '../input-issues.ts';

/** What a failed request means for the form of a step. */
export interface StepProblem {
  /** Located in the form. */
  issues: Issue[];
  /** For the whole form; null when the issues say it all. */
  message: string | null;
}

/**
 * A preview fails while someone types: issues appear at their fields, anything else as a message.
 * @param many of many requests, which have no fields
 */
export function previewProblem(thrown: unknown, many = false): StepProblem {
  const { issues, message } = toApiError(thrown);
  if (many) return { issues: [], message: [message, ...issues.slice(0, 5).map(inWords)].join(' ') };
  return { issues, message: issues.length > 0 ? null : message };
}

/** Issues of the input belong to the form; the message says the rest. */
export function completionProblem({ issues, message }: Pick<ApiError, 'issues' | 'message'>): StepProblem {
  const inForm = inputIssues(issues);
  return {
    issues: inForm,
    message: inForm.length > 0 ? t('Fix the highlighted fields. Nothing was sent.') : message,
  };
}

const inWords = ({ path, message }: Issue): string => `${path}: ${message}.`;
