export const httpConfigRules = {
  start: { method: 'GET', url: '' },
  templates: ['url', 'path', 'headers', 'query', 'body'],
  urls: ['url', 'path'],
  optionalTexts: ['url', 'path', 'transform'],
};
