import { type Accessor, createMemo, createSignal } from 'solid-js';
import { extended, nothingPicked, pickedOnly, toggled } from './picked-ids.ts';

/** The rows that a person has picked to act on together. */
export interface RowPicks<Row> {
  /** Only rows that are on the page: nothing that is out of sight is acted on. */
  rows: Accessor<readonly Row[]>;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Picks the rows from the one picked before to this one. */
  extend: (from: string, to: string) => void;
  all: () => void;
  /** Picks only these. */
  keep: (rows: readonly Row[]) => void;
  clear: () => void;
  /** How a row is called. */
  name: (row: Row) => string;
}

export function createRowPicks<Row>(
  shown: Accessor<readonly Row[]>,
  rowId: (row: Row) => string,
  name: (row: Row) => string,
): RowPicks<Row> {
  const [picked, setPicked] = createSignal(nothingPicked);
  const order = () => shown().map(rowId);
  return {
    rows: createMemo(() => shown().filter((row) => picked().ids.has(rowId(row)))),
    has: (id) => picked().ids.has(id),
    toggle: (id) => setPicked((now) => toggled(now, id)),
    extend: (from, to) => setPicked((now) => extended(now, order(), from, to)),
    all: () => setPicked(pickedOnly(order())),
    keep: (rows) => setPicked(pickedOnly(rows.map(rowId))),
    clear: () => setPicked(nothingPicked),
    name,
  };
}
