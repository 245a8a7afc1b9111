import { JsonPart } from '../../../../kit/document-form/json-part.tsx';
import { t } from '../../../../words/words.ts';
import { toolsOf } from '../../parts/steps/batch.tsx';
import { BatchSettings } from './batch-settings.tsx';
import type { StepForm } from './step-form.ts';

export const batchForm: StepForm = {
  Fields: (props) => (
    <>
      <JsonPart
        pointer={`${props.path}/calls`}
        label={t('Calls as JSON')}
        height="240px"
        required
        help={
          'Each has id, tool and payload, and may have dependsOn and when. ${{ calls.<id>.output }} is the result of another call.'
        }
      />
      <BatchSettings path={props.path} />
    </>
  ),
  summary: (step) => ({ text: toolsOf(step), mono: true }),
};
