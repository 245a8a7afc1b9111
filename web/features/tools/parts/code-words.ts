import type { CodeLanguage } from '../../../../shared/tools/providers/code/config.ts';
import { t } from '../../../words/words.ts';

export const languageWords: Record<CodeLanguage, string> = {
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  python: t('Python'),
};
