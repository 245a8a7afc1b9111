import { SelectField, SwitchField } from '../../../../kit/document-form/bound-fields.tsx';
import { ListField } from '../../../../kit/document-form/list-field.tsx';
import { NumberField } from '../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../words/words.ts';
import { AssigneeField } from '../assignee-field.tsx';
import { CoversField } from './covers-field.tsx';
import { FormFields } from './form-fields.tsx';
import type { StepForm } from './step-form.ts';

export const approvalForm: StepForm = { Fields: ApprovalFields, canBeOptional: false };

function ApprovalFields(props: { path: string }) {
  const at = (key: string) => `${props.path}/${key}`;
  return (
    <>
      <div class="grid grid-cols-2 gap-3.5">
        <NumberField
          pointer={at('required')}
          label={t('Required approvals')}
          placeholder="1"
          help={t('From different people. One rejection rejects the step.')}
        />
        <SelectField
          pointer={at('onReject')}
          label={t('If rejected')}
          otherwise="abort"
          options={[
            { value: 'abort', label: t('Abort the run') },
            { value: 'continue', label: t('Continue; later steps can check the outcome') },
          ]}
        />
      </div>
      <CoversField path={props.path} />
      <SwitchField
        pointer={at('noSelfApproval')}
        label={t('No self-approval')}
        help={t(
          'People who started the run, completed another step or edited the case cannot approve, not with another account or API key either.',
        )}
        onByDefault
      />
      <ListField
        pointer={at('approvers')}
        label={t('Other approvers')}
        one={t('approver')}
        start={() => ({ role: 'approver' })}
      >
        {(pointer, index) => (
          <AssigneeField pointer={pointer} label={t`Approver ${index + 1}`} stepPath={props.path} />
        )}
      </ListField>
      <FormFields pointer={at('form')} help={t("The approver fills it in. It becomes the step's output.")} />
    </>
  );
}
