export const soapConfigRules = {
  start: { operation: '', wsdl: '' },
  templates: ['message'],
  optionalTexts: ['wsdl', 'endpoint'],
};
