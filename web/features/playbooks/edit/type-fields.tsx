import type { Component } from 'solid-js';
import { Match, Switch } from 'solid-js';
import type { StepType } from '../../../../shared/playbooks/steps/registry.ts';
import { ListField } from '../../../kit/document-form/list-field.tsx';
import { AssigneeField } from './assignee-field.tsx';
import {
  DurationField,
  ExpressionField,
  NumberField,
  SelectField,
  SwitchField,
  TextField,
} from './bound-fields.tsx';
import { useEditor } from './editor-state.ts';
import { CallToolFields, SubPlaybookFields } from './steps/call-tool.tsx';
import { FormFields } from './steps/form-fields.tsx';
import { GroupFields } from './steps/group-fields.tsx';

/** What only steps of one type have. */
export const typeFields: Record<StepType, Component<{ path: string }>> = {
  call_tool: CallToolFields,
  manual: (props) => (
    <FormFields pointer={`${props.path}/form`} what="What the person fills in: the step's output." />
  ),
  approval: ApprovalFields,
  decision: DecisionFields,
  wait: WaitFields,
  notify: NotifyFields,
  parallel: (props) => <GroupFields path={props.path} of="branches" />,
  playbook: SubPlaybookFields,
};

function ApprovalFields(props: { path: string }) {
  const editor = useEditor();
  const at = (key: string) => `${props.path}/${key}`;
  return (
    <>
      <div class="grid grid-cols-2 gap-3.5">
        <NumberField
          pointer={at('required')}
          label="People who have to approve"
          placeholder="1"
          help="Different people; one rejection is enough to reject."
        />
        <SelectField
          pointer={at('onReject')}
          label="When it is rejected"
          value={editor.text(at('onReject')) || 'abort'}
          options={[
            { value: 'abort', label: 'Abort the run' },
            { value: 'continue', label: 'Go on; later steps can ask for the outcome' },
          ]}
          onChange={(next) => editor.set(at('onReject'), next === 'abort' ? undefined : next)}
        />
      </div>
      <SwitchField
        pointer={at('noSelfApproval')}
        label="No self-approval"
        help="Whoever started the run or completed another step of it may not approve; API keys may not either."
      />
      <ListField
        pointer={at('approvers')}
        label="Who else may approve"
        one="approver"
        start={() => ({ role: 'approver' })}
      >
        {(pointer, index) => (
          <AssigneeField pointer={pointer} label={`Approver ${index + 1}`} stepPath={props.path} />
        )}
      </ListField>
      <FormFields pointer={at('form')} what="What whoever approves fills in: the step's output." />
    </>
  );
}

function DecisionFields(props: { path: string }) {
  return (
    <>
      <ExpressionField
        pointer={`${props.path}/choose`}
        label="Chosen by"
        stepPath={props.path}
        optional
        placeholder={"A person. Or an expression: exception.severity = 'critical' ? 'yes' : 'no'"}
        help="An expression gives the id of an option, and nobody has to be asked."
      />
      <GroupFields path={props.path} of="options" />
    </>
  );
}

const waitKinds = [
  { value: 'for', label: 'For a time' },
  { value: 'until', label: 'Until a time' },
  { value: 'event', label: 'For an event' },
];

function WaitFields(props: { path: string }) {
  const editor = useEditor();
  const at = (key: string) => `${props.path}/${key}`;
  const kind = () => ['event', 'until'].find((key) => editor.at(at(key)) !== undefined) ?? 'for';
  const setKind = (next: string) => {
    const {
      for: _for,
      until: _until,
      event: _event,
      match: _match,
      timeout: _timeout,
      onTimeout: _on,
      ...rest
    } = editor.at(props.path) as Record<string, unknown>;
    editor.set(props.path, { ...rest, [next]: next === 'for' ? 'PT1H' : '' });
  };
  return (
    <>
      <div class="grid grid-cols-2 gap-3.5">
        <SelectField
          pointer={props.path}
          label="Waits"
          value={kind()}
          options={waitKinds}
          onChange={setKind}
        />
        <Switch>
          <Match when={kind() === 'for'}>
            <DurationField
              pointer={at('for')}
              label="How long"
              required
              help="As in 4 h, 1 d 12 h, 90 min."
            />
          </Match>
          <Match when={kind() === 'until'}>
            <ExpressionField
              pointer={at('until')}
              label="Until"
              required
              stepPath={props.path}
              placeholder="exception.dueAt"
              help="Gives a time in ISO 8601."
            />
          </Match>
          <Match when={kind() === 'event'}>
            <TextField
              pointer={at('event')}
              label="Event"
              required
              mono
              placeholder="payment.settled"
              help="Somebody, or another system, sends it to the run."
            />
          </Match>
        </Switch>
      </div>
      <Switch>
        <Match when={kind() === 'event'}>
          <ExpressionField
            pointer={at('match')}
            label="Only if"
            optional
            stepPath={props.path}
            placeholder="event.paymentId = exception.attributes.paymentId"
            help="Over event, the data that was sent. Other events of this name are not meant."
          />
          <div class="grid grid-cols-2 gap-3.5">
            <DurationField pointer={at('timeout')} label="Longest wait" placeholder="None" />
            <SelectField
              pointer={at('onTimeout')}
              label="After that"
              value={editor.text(at('onTimeout')) || 'continue'}
              options={[
                { value: 'continue', label: 'Go on' },
                { value: 'abort', label: 'Abort the run' },
              ]}
              onChange={(next) => editor.set(at('onTimeout'), next === 'continue' ? undefined : next)}
            />
          </div>
        </Match>
      </Switch>
    </>
  );
}

function NotifyFields(props: { path: string }) {
  return (
    <>
      <AssigneeField pointer={`${props.path}/to`} label="To" required stepPath={props.path} />
      <ExpressionField
        pointer={`${props.path}/message`}
        label="Message"
        required
        template
        rows={3}
        stepPath={props.path}
        placeholder={'${{ exception.title }} needs you'}
        help={'May hold ${{ expressions }}.'}
      />
    </>
  );
}
