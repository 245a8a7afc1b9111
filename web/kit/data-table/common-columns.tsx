import { RelativeTime } from '../relative-time.tsx';
import type { Column } from './column.tsx';

type Look = Omit<Column<never>, 'cell'>;

/** A text in the background, such as a name or a version. */
export const textColumn = <Row,>(look: Look, text: (row: Row) => string | null): Column<Row> => ({
  ...look,
  cell: (row) => <span class="text-muted">{text(row())}</span>,
});

/** A time, relative to now. `none` is shown where there is none. */
export const timeColumn = <Row,>(
  look: Look,
  at: (row: Row) => string | null,
  none?: string,
): Column<Row> => ({
  ...look,
  align: 'right',
  cell: (row) => (
    <span class="text-muted">
      <RelativeTime at={at(row())} none={none} />
    </span>
  ),
});
