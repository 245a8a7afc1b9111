import { router } from '../trpc.ts';
import { erasePersonData } from './erase-person.ts';
import { getSearch } from './get-search.ts';
import { listKnownPeople } from './list-people.ts';
import { listSearches } from './list-searches.ts';
import { createPersonSearch } from './search-person.ts';

export const personalDataRouter = router({
  people: listKnownPeople,
  list: listSearches,
  get: getSearch,
  search: createPersonSearch,
  erase: erasePersonData,
});
