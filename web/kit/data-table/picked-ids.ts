/** Which rows of a list are picked. Pure: the ids that are picked, and the row from which shift extends. */
export interface Picked {
  ids: ReadonlySet<string>;
  /** Where a range starts. */
  anchor: string | undefined;
  /** What was picked before the range, so that a range that shrinks gives rows back. */
  before: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();
export const nothingPicked: Picked = { ids: none, anchor: undefined, before: none };

export function toggled({ ids }: Picked, id: string): Picked {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id, before: next };
}

/** Picks every row from the anchor to `to`, in the order of the list. */
export function extended(picked: Picked, order: readonly string[], from: string, to: string): Picked {
  const kept = picked.anchor !== undefined && order.includes(picked.anchor);
  const anchor = kept ? (picked.anchor as string) : from;
  const before = kept ? picked.before : picked.ids;
  const [start, end] = [order.indexOf(anchor), order.indexOf(to)].sort((a, b) => a - b) as [number, number];
  return { ids: new Set([...before, ...order.slice(Math.max(0, start), end + 1)]), anchor, before };
}

/** Just these. */
export function pickedOnly(wanted: readonly string[]): Picked {
  const ids = new Set(wanted);
  return { ids, anchor: undefined, before: ids };
}
