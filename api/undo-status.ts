import type { UndoSeries } from '../shared/undo/undo-schemas.ts';

/** The HTTP status of a response that is a series: 202 while it is in progress. */
export const undoHttpStatus = ({ status }: Pick<UndoSeries, 'status'>): number =>
  status === 'running' ? 202 : 200;
