import { SwitchField } from '../../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../../words/words.ts';

export const EmailLimits = () => (
  <SwitchField
    pointer="/idempotent"
    label={t('The mail server drops a second message with the same Message-ID')}
    help={t(
      'Then a message without a reply is sent again. Otherwise such an execution ends as “outcome unknown”, and a person decides. Few servers do: ask before you enable this.',
    )}
  />
);
