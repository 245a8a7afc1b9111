import type { CodeLanguage } from '../../../../shared/tools/providers/code/config.ts';

export const languageWords: Record<CodeLanguage, string> = {
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  python: 'Python',
};
