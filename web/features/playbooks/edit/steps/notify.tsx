import { t } from '../../../../words/words.ts';
import { AssigneeField } from '../assignee-field.tsx';
import { ExpressionField } from '../expression-field.tsx';
import type { StepForm } from './step-form.ts';

export const notifyForm: StepForm = {
  Fields: (props) => (
    <>
      <AssigneeField pointer={`${props.path}/to`} label={t('To')} required stepPath={props.path} />
      <ExpressionField
        pointer={`${props.path}/message`}
        label={t('Message')}
        required
        template
        rows={3}
        stepPath={props.path}
        placeholder={'${{ exception.title }} needs you'}
        help={'May contain ${{ expressions }}.'}
      />
    </>
  ),
};
