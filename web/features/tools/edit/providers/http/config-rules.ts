export const httpConfigRules = {
  start: { method: 'GET', url: '' },
  templates: ['url', 'path', 'headers', 'query', 'body'],
  optionalTexts: ['url', 'path', 'transform'],
};
