import { JsonPart } from '../../../../kit/document-form/json-part.tsx';
import { t } from '../../../../words/words.ts';
import type { StepForm } from './step-form.ts';

/** Any step as JSON. */
export const unknownForm: StepForm = {
  Fields: (props) => (
    <JsonPart
      pointer={props.path}
      label={t('Step as JSON')}
      height="240px"
      required
      help={t('This page has no fields for this type of step.')}
    />
  ),
};
