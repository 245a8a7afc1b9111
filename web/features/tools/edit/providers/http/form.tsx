import { t } from '../../../../../words/words.ts';
import type { ProviderForm } from '../provider-form.ts';
import { HttpLimits } from './http-limits.tsx';
import { HttpOutput } from './http-output.tsx';
import { HttpRequest } from './http-request.tsx';

export const httpForm: ProviderForm = {
  label: t('HTTP request'),
  title: t('Request'),
  lead: t(
    'A name in braces, like {paymentId}, is replaced by that input. Unused inputs are sent in the query, or in the body where there is one.',
  ),
  Config: HttpRequest,
  Output: HttpOutput,
  Limits: HttpLimits,
};
