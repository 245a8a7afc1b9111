import { t } from '../../../../../words/words.ts';
import type { ProviderForm } from '../provider-form.ts';
import { EmailLimits } from './email-limits.tsx';
import { EmailMessage } from './email-message.tsx';

export const emailForm: ProviderForm = {
  label: t('Email'),
  title: t('Message'),
  lead: t('A name in braces, like {customer}, is replaced by that input.'),
  Config: EmailMessage,
  Limits: EmailLimits,
};
