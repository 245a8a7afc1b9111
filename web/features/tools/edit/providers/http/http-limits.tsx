import { SwitchField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';

/** Methods that may be sent twice by the HTTP standard. */
const idempotentMethods = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

export function HttpLimits() {
  const form = useDocumentForm();
  const help = () => {
    const method = form.text('/config/method') || 'GET';
    if (idempotentMethods.has(method))
      return `${method} requests are always retried. Enable this to send the same Idempotency-Key with every attempt.`;
    return form.at('/idempotent') === true
      ? `Every attempt sends the same Idempotency-Key, so a ${method} without a response is retried.`
      : `A ${method} without a response is not retried, because it could take effect twice. The execution ends as “outcome unknown”, and a person decides. Enable this only if the provider supports it.`;
  };
  return <SwitchField pointer="/idempotent" label="The provider supports Idempotency-Key" help={help()} />;
}
