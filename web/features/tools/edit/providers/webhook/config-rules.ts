export const webhookConfigRules = {
  start: { url: '' },
  auth: 'standard_webhooks',
  templates: ['url', 'headers', 'body'],
  urls: ['url'],
  optionalTexts: [],
};
