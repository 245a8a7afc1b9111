import { t } from '../../../../words/words.ts';
import { ExpressionField } from '../expression-field.tsx';
import { GroupFields } from './group-fields.tsx';
import type { StepForm } from './step-form.ts';

export const decisionForm: StepForm = {
  Fields: (props) => (
    <>
      <ExpressionField
        pointer={`${props.path}/choose`}
        label={t('Chosen by')}
        stepPath={props.path}
        optional
        placeholder={"A person, or an expression: exception.severity = 'critical' ? 'yes' : 'no'"}
        help={t('An expression returns the ID of an option, and no person is asked.')}
      />
      <GroupFields path={props.path} of="options" />
    </>
  ),
};
