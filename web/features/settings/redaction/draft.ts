import type { RedactionSettings } from '../../../../shared/tools/redaction-settings.ts';

/** What a person may change. */
export type Draft = Pick<RedactionSettings, 'kinds' | 'tools' | 'note'>;

export const draftOf = ({ kinds, tools, note }: RedactionSettings): Draft => ({ kinds, tools, note });
