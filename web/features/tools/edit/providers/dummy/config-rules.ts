export const dummyConfigRules = {
  start: { delayMs: 0, response: { ok: true }, failureRate: 1 },
  templates: [],
  optionalTexts: [],
};
