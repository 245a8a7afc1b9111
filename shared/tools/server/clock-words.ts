import type { ResponseHeaders } from './provider.ts';

/** Signatures count for a few minutes; most providers allow five. */
const allowedMs = 4 * 60_000;

/** What to do when a signed request was refused by a provider whose clock says another time; null when it does not. */
export function clockWords({ date }: ResponseHeaders, now: Date): string | null {
  const theirs = Date.parse([date ?? ''].flat()[0] ?? '');
  const difference = now.getTime() - theirs;
  if (Number.isNaN(difference) || Math.abs(difference) < allowedMs) return null;
  const minutes = Math.round(Math.abs(difference) / 60_000);
  const side = difference > 0 ? 'ahead of' : 'behind';
  return `The clock of this worker is ${minutes} minutes ${side} the provider's, and a signature counts for a few minutes: set the clock`;
}
