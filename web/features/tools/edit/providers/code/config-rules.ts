import { starters } from './starters.ts';

export const codeConfigRules = {
  start: { language: 'javascript', source: starters.javascript },
  // Braces of a program are its own.
  templates: [],
  optionalTexts: [],
};
