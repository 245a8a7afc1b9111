import { Show } from 'solid-js';
import {
  FormSection,
  NumberField,
  SelectField,
  SwitchField,
  TextField,
} from '../../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import { useToolForm } from '../../form-state.ts';

/** The provider that answers by itself. */
export function DummySection() {
  const form = useToolForm();
  const fails = () => form.at('/config/failure') !== undefined;
  return (
    <FormSection
      id="request"
      title="Answer"
      lead="Nothing leaves Interlock: for trying out playbooks, retries and failures."
    >
      <div class="max-w-60">
        <NumberField pointer="/config/delayMs" label="Answers after" unit="s" scale={1000} placeholder="0" />
      </div>
      <div>
        <p class="pb-1 font-medium text-sm">Answer</p>
        <JsonPart pointer="/config/response" label="Answer" height="120px" help="Any JSON." />
      </div>
      <SwitchField
        pointer="/config/failure"
        label="Fail"
        help="Every attempt, or some of them."
        checked={fails()}
        onChange={(on) =>
          form.set(
            '/config/failure',
            on ? { code: 'provider_error', message: 'The dummy provider was told to fail' } : undefined,
          )
        }
      />
      <Show when={fails()}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <SelectField
            pointer="/config/failure/code"
            label="As"
            options={[
              { value: 'provider_error', label: 'Provider error' },
              { value: 'timeout', label: 'Timed out' },
            ]}
          />
          <TextField pointer="/config/failure/message" label="Saying" />
          <NumberField
            pointer="/config/failureRate"
            label="Share of attempts"
            unit="%"
            scale={0.01}
            placeholder="100"
          />
        </div>
      </Show>
    </FormSection>
  );
}
