import type { SavedView } from '../../shared/views/view-schemas.ts';

/** What the entity tag of a view begins with. */
export const viewState = ({ revision }: Pick<SavedView, 'revision'>): number => revision;
