import type { SearchMatch } from '../../search/db/search-read.ts';
import type { SearchSubject } from '../../search/search-subjects.ts';
import type { NewestPage, SearchIndex } from '../../search/server/search-index.ts';
import type { PersonalData } from './personal-data.ts';

/**
 * What a list shows of a search, also where a value is stored as its hash: the first form of the words that finds something.
 * What was stored before a kind was hashed is found by the words themselves.
 */
export async function matchStored(
  { search, personal }: { search: SearchIndex; personal: PersonalData },
  tenantId: string,
  { subject, q, newest }: { subject: SearchSubject; q: string; newest: NewestPage | null },
): Promise<SearchMatch> {
  for (const form of await personal.hashedForms(tenantId, q)) {
    const match = await search.match(tenantId, subject, form, newest);
    if (!('ids' in match) || match.ids.length > 0) return match;
  }
  return search.match(tenantId, subject, q, newest);
}
