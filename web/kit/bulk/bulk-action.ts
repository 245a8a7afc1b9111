import type { JSX } from 'solid-js';

interface OfRows {
  id: string;
  /** Of the button, such as "Disable". */
  label: string;
  keys?: string;
}

/** What can be done to several rows at once by a request for all of them, in a sheet of its own. */
export interface SheetAction<Row> extends OfRows {
  sheet: (props: {
    rows: readonly Row[];
    /** Gets the rows to which it was not done although it was wanted. */
    onEnd: (rest: readonly Row[]) => void;
    onClose: () => void;
  }) => JSX.Element;
}

/** The same by one ordinary request for each, one after the other. */
export interface BulkAction<Row> extends OfRows {
  /** What a person chooses before it runs, such as the assignee. */
  choice?: { label: string; options: readonly { value: string; label: string }[] };
  /** What it does to the rows: "Assigns 3 exceptions to you." */
  about: (count: number) => string;
  /** Why a row is left out, before anything is sent; null for a row that it applies to. */
  leaves?: (row: Row) => string | null;
  /** Gets what was chosen; empty without a choice. What it throws is shown with the row. */
  run: (row: Row, choice: string) => Promise<unknown>;
  /** After the last row, whatever became of them. */
  settled: () => void;
}

/** The bulk actions of a list. */
export interface Bulk<Row> {
  /** How a row is called, such as "EX-12 Card payment failed". */
  name: (row: Row) => string;
  /** Those that the person may take. */
  actions: readonly (BulkAction<Row> | SheetAction<Row>)[];
}
