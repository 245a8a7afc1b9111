import { mentionOf } from '../../../../shared/exceptions/mentions.ts';

/** Someone who was chosen, and how the text names them until it is sent. */
export interface Picked {
  id: string;
  /** "@Ana Silva" */
  label: string;
}

/** The name that is being typed before the caret: after an `@` that begins a word, at most two more words. */
export function queryBefore(text: string, caret: number): { text: string; at: number } | null {
  const match = /(?:^|[\s([{"'])@([^\s@[\]]{0,60}(?: [^\s@[\]]{1,60})?)$/u.exec(text.slice(0, caret));
  return match ? { text: match[1]!, at: caret - match[1]!.length - 1 } : null;
}

/** Whether the server finds someone by this text: until it has answered, it has found others too. */
export function isFoundBy({ name, email }: { name: string; email: string }, text: string): boolean {
  const sought = text.trim().toLowerCase();
  return ` ${name.toLowerCase()}`.includes(` ${sought}`) || email.startsWith(sought);
}

/** How someone who is chosen is named: two people of one name are told apart by their addresses. */
export function withLabel(
  picked: readonly Picked[],
  { id, name, email }: { id: string; name: string; email: string },
): { label: string; picked: readonly Picked[] } {
  const before = picked.find((each) => each.id === id);
  if (before) return { label: before.label, picked };
  const label = picked.some((each) => each.label === `@${name}`) ? `@${name} (${email})` : `@${name}`;
  return { label, picked: [...picked, { id, label }] };
}

/** The text as it is sent: those who were chosen are named by their ids. The longest name counts. */
export function withIds(text: string, picked: readonly Picked[]): string {
  if (picked.length === 0) return text;
  const ids = new Map(picked.map(({ id, label }) => [label, id]));
  const labels = [...ids.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  // "@Ana" does not name Ana in "@Anabel".
  const named = new RegExp(`(?:${labels.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(named, (label) => mentionOf(ids.get(label) ?? label));
}
