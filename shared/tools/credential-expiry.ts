const dayMs = 24 * 60 * 60_000;

/** Days before the expiry at which a reminder is written to the event log. */
export const reminderDays = [14, 3, 0] as const;

export type ExpiryState = 'none' | 'valid' | 'soon' | 'expired';

/** `soon`: within the time of the reminders. */
export function expiryState(expiresAt: Date | null, now: Date): ExpiryState {
  if (!expiresAt) return 'none';
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left <= reminderDays[0] * dayMs ? 'soon' : 'valid';
}

/** When the next reminder after `now` is due; null: there is none left. */
export function nextReminder(expiresAt: Date | null, now: Date): Date | null {
  if (!expiresAt) return null;
  const due = reminderDays.map((days) => expiresAt.getTime() - days * dayMs);
  const next = due.find((at) => at > now.getTime());
  return next === undefined ? null : new Date(next);
}

/** Whole days until the expiry, rounded up. */
export function daysLeft(expiresAt: Date, now: Date): number {
  return Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / dayMs));
}
