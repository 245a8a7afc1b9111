import { t } from '../../../../words/words.ts';
import { FormFields } from './form-fields.tsx';
import type { StepForm } from './step-form.ts';

export const manualForm: StepForm = {
  Fields: (props) => (
    <FormFields
      pointer={`${props.path}/form`}
      help={t("The person fills it in. It becomes the step's output.")}
    />
  ),
};
