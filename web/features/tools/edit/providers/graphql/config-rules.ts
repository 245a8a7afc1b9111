export const graphqlConfigRules = {
  start: { url: '', document: '' },
  templates: [],
  optionalTexts: ['url', 'operationName'],
};
