export const emailConfigRules = {
  start: { host: '', tls: 'starttls', from: '', to: '', subject: '', text: '' },
  templates: ['from', 'to', 'cc', 'bcc', 'replyTo', 'subject', 'text', 'html', 'headers', 'attachments'],
  optionalTexts: ['from', 'to', 'text', 'html', 'attachments', 'ca'],
};
