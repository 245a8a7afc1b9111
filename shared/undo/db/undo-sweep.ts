import { type DueRow, dueRows } from '../../executions/db/due-rows.ts';

/** A series whose workflow has to be there. */
export type DueSeries = DueRow;

export const dueSeries = dueRows<DueSeries>('undo', 'undo_series', ['running']);
