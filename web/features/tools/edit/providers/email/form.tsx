import type { ProviderForm } from '../provider-form.ts';
import { EmailLimits } from './email-limits.tsx';
import { EmailMessage } from './email-message.tsx';

export const emailForm: ProviderForm = {
  label: 'Email',
  title: 'Message',
  lead: 'A name in braces, like {customer}, is replaced by that input.',
  Config: EmailMessage,
  Limits: EmailLimits,
};
