import { router } from '../trpc.ts';
import { getArchived } from './get-archived.ts';
import { listArchived } from './list-archived.ts';

export const archivedRouter = router({
  list: listArchived,
  get: getArchived,
});
