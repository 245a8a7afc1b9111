export const grpcConfigRules = {
  start: { target: '', service: '', method: '' },
  templates: ['metadata', 'message'],
  optionalTexts: ['target', 'proto', 'descriptors'],
};
