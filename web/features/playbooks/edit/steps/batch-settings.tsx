import { SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { NumberField } from '../../../../kit/document-form/number-field.tsx';

/** How the calls of a step are made, and what follows a failure. */
export function BatchSettings(props: { path: string }) {
  const at = (key: string) => `${props.path}/${key}`;
  return (
    <>
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <NumberField pointer={at('concurrency')} label="Calls at once" placeholder="100" />
        <NumberField pointer={at('perMinute')} label="Calls in a minute" placeholder="No limit" />
        <NumberField
          pointer={at('sample')}
          label="Sample"
          placeholder="None"
          help="Pauses after so many calls, until someone resumes it."
        />
      </div>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer={at('onCallFailure')}
          label="When a call fails"
          otherwise="stop"
          options={[
            { value: 'stop', label: 'No further call begins' },
            { value: 'continue', label: 'The others continue' },
          ]}
        />
        <SelectField
          pointer={at('onFailure')}
          label="When calls have failed"
          otherwise="stay_open"
          options={[
            { value: 'stay_open', label: 'Wait for a person' },
            { value: 'skip', label: 'Skip the step' },
            { value: 'abort', label: 'Abort the run' },
          ]}
        />
      </div>
    </>
  );
}
