import { SelectField } from '../../../../kit/document-form/bound-fields.tsx';
import { NumberField } from '../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../words/words.ts';

/** How the calls of a step are made, and what follows a failure. */
export function BatchSettings(props: { path: string }) {
  const at = (key: string) => `${props.path}/${key}`;
  return (
    <>
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <NumberField pointer={at('concurrency')} label={t('Calls at once')} placeholder="100" />
        <NumberField pointer={at('perMinute')} label={t('Calls in a minute')} placeholder={t('No limit')} />
        <NumberField
          pointer={at('sample')}
          label={t('Sample')}
          placeholder={t('None')}
          help={t('Pauses after so many calls, until someone resumes it.')}
        />
      </div>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer={at('onCallFailure')}
          label={t('When a call fails')}
          otherwise="stop"
          options={[
            { value: 'stop', label: t('No further call begins') },
            { value: 'continue', label: t('The others continue') },
          ]}
        />
        <SelectField
          pointer={at('onFailure')}
          label={t('When calls have failed')}
          otherwise="stay_open"
          options={[
            { value: 'stay_open', label: t('Wait for a person') },
            { value: 'skip', label: t('Skip the step') },
            { value: 'abort', label: t('Abort the run') },
          ]}
        />
      </div>
    </>
  );
}
