import { router } from '../trpc.ts';
import { listLegalHolds } from './list-holds.ts';
import { placeLegalHold } from './place-hold.ts';
import { releaseLegalHold } from './release-hold.ts';

export const legalHoldsRouter = router({
  list: listLegalHolds,
  place: placeLegalHold,
  release: releaseLegalHold,
});
