import type { RedactionSettings } from '../../shared/tools/redaction-settings.ts';

/** What the entity tag of the settings begins with. */
export const redactionState = ({ revision }: RedactionSettings): number => revision;
