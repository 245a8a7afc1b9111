import { t } from '../words/words.ts';

const words: Record<string, string> = {
  viewer: t('viewer'),
  operator: t('operator'),
  approver: t('approver'),
  tool_admin: t('tool admin'),
  tenant_admin: t('tenant admin'),
  platform_admin: t('platform admin'),
};

/** `tool_admin` → "tool admin". */
export const roleWord = (role: string): string => words[role] ?? role.replaceAll('_', ' ');

/** Whom something waits for, as the API says it: "Any tool admin" in the language of the page. */
export const whoWords = (who: string): string =>
  /^any /i.test(who) ? t`Any ${roleWord(who.slice(4).replaceAll(' ', '_'))}` : who;
