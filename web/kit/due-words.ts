import { t } from '../words/words.ts';
import { formatRelative } from './format.ts';

const dayMs = 86_400_000;

/** Has the time passed, and is the work not done? */
export const isOverdue = (due: { at: string | null; done?: boolean | undefined }, now: number): boolean =>
  !due.done && due.at !== null && Date.parse(due.at) < now;

/** "in 2 h", "23 min overdue", "12 days overdue". */
export function dueWords(due: { at: string; done?: boolean | undefined }, now: number): string {
  const relative = formatRelative(due.at, now);
  if (!isOverdue(due, now)) return relative;
  const days = Math.floor((now - Date.parse(due.at)) / dayMs);
  if (days >= 7) return t`${days} days overdue`;
  return relative.endsWith(' ago') ? relative.replace(/ ago$/, ' overdue') : relative;
}
