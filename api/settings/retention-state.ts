import type { RetentionSettings } from '../../shared/retention/retention-schemas.ts';

/** What the entity tag of the settings begins with. */
export const retentionState = ({ revision }: RetentionSettings): number => revision;
