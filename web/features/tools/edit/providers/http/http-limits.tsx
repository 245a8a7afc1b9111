import { Show } from 'solid-js';
import { SelectField, SwitchField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { t } from '../../../../../words/words.ts';

/** Methods that may be sent twice by the HTTP standard. */
const idempotentMethods = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

const serverErrors = [
  { value: 'unknown', label: t('Outcome unknown: a person decides') },
  { value: 'not_done', label: t('Not done: retry') },
];

export function HttpLimits() {
  const form = useDocumentForm();
  const method = () => form.text('/config/method') || 'GET';
  const help = () => {
    if (idempotentMethods.has(method()))
      return t`${method()} requests are always retried. Enable this to send the same Idempotency-Key with every attempt.`;
    return form.at('/idempotent') === true
      ? t`Every attempt sends the same Idempotency-Key, so a ${method()} without a response is retried.`
      : t`A ${method()} without a response is not retried, because it could take effect twice. The execution ends as “outcome unknown”, and a person decides. Enable this only if the provider supports it.`;
  };
  return (
    <>
      <SwitchField pointer="/idempotent" label={t('The provider supports Idempotency-Key')} help={help()} />
      <Show when={!idempotentMethods.has(method()) && form.at('/idempotent') !== true}>
        <SelectField
          pointer="/serverErrors"
          label={t('A 5xx response means')}
          help={t`A server that returns 500, 502 or 504 may have done the work. Choose “not done” only if the provider guarantees that a ${method()} with a 5xx had no effect.`}
          options={serverErrors}
          otherwise="unknown"
        />
      </Show>
      <SwitchField
        pointer="/propagateTrace"
        label={t('Continue traces at the provider')}
        help={t(
          'Sends a traceparent header with each call, which tells the provider the id of the trace and nothing else. It has an effect where whoever runs Interlock records traces.',
        )}
      />
    </>
  );
}
