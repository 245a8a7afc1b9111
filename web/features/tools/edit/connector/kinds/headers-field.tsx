import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import { t } from '../../../../../words/words.ts';

/** The headers that every request of a connector carries. */
export const HeadersField = () => (
  <div>
    <p class="pb-1 font-medium text-sm">{t('Headers')}</p>
    <JsonPart
      pointer="/headers"
      label={t('Headers')}
      height="96px"
      help={t('Sent with every request, as JSON.')}
    />
  </div>
);
