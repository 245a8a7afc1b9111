export const mcpConfigRules = {
  start: { url: '', tool: '' },
  templates: [],
  optionalTexts: ['url'],
};
