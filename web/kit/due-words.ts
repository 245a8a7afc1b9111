import { t } from '../words/words.ts';
import { formatAmount, formatRelative } from './format.ts';

/** Has the time passed, and is the work not done? */
export const isOverdue = (due: { at: string | null; done?: boolean | undefined }, now: number): boolean =>
  !due.done && due.at !== null && Date.parse(due.at) < now;

/** "in 2 h", "23 min overdue", "12 days overdue". */
export function dueWords(due: { at: string; done?: boolean | undefined }, now: number): string {
  const late = now - Date.parse(due.at);
  return isOverdue(due, now) && Math.round(late / 1000) > 0
    ? t`${formatAmount(late)} overdue`
    : formatRelative(due.at, now);
}
