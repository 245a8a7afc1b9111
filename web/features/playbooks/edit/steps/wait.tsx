import { Match, Show, Switch } from 'solid-js';
import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { DurationField } from '../../../../kit/document-form/duration-field.tsx';
import { t } from '../../../../words/words.ts';
import { stepAt } from '../../parts/outline.ts';
import { waitWords } from '../../parts/playbook-words.ts';
import { ExpressionField } from '../expression-field.tsx';
import type { StepForm } from './step-form.ts';

export const waitForm: StepForm = {
  Fields: WaitFields,
  summary: (step) => ({ text: waitWords(step) }),
  canBeOptional: false,
};

const waitKinds = [
  { value: 'for', label: t('For a duration') },
  { value: 'until', label: t('Until a time') },
  { value: 'event', label: t('For an event') },
];

function WaitFields(props: { path: string }) {
  const form = useDocumentForm();
  const at = (key: string) => `${props.path}/${key}`;
  const kind = () => ['event', 'until'].find((key) => form.at(at(key)) !== undefined) ?? 'for';
  const setKind = (next: string) => {
    const {
      for: _for,
      until: _until,
      event: _event,
      match: _match,
      timeout: _timeout,
      onTimeout: _on,
      ...rest
    } = stepAt(form.value(), props.path);
    form.set(props.path, { ...rest, [next]: next === 'for' ? 'PT1H' : '' });
  };
  return (
    <>
      <div class="grid grid-cols-2 gap-3.5">
        <SelectField
          pointer={props.path}
          label={t('Wait')}
          value={kind()}
          options={waitKinds}
          onChange={setKind}
        />
        <Switch>
          <Match when={kind() === 'for'}>
            <DurationField
              pointer={at('for')}
              label={t('Duration')}
              required
              help={t('As in 4 h, 1 d 12 h, 90 min.')}
            />
          </Match>
          <Match when={kind() === 'until'}>
            <ExpressionField
              pointer={at('until')}
              label={t('Until')}
              required
              stepPath={props.path}
              placeholder="exception.dueAt"
              help={t('Returns a time in ISO 8601.')}
            />
          </Match>
          <Match when={kind() === 'event'}>
            <TextField
              pointer={at('event')}
              label={t('Event')}
              required
              mono
              placeholder="payment.settled"
              help={t('A person or another system sends it to the run.')}
            />
          </Match>
        </Switch>
      </div>
      <Show when={kind() === 'event'}>
        <ExpressionField
          pointer={at('match')}
          label={t('Condition')}
          optional
          stepPath={props.path}
          placeholder="event.paymentId = exception.attributes.paymentId"
          help={t('Uses event, the data that was sent. Other events with this name are ignored.')}
        />
        <div class="grid grid-cols-2 gap-3.5">
          <DurationField pointer={at('timeout')} label={t('Timeout')} placeholder={t('None')} />
          <SelectField
            pointer={at('onTimeout')}
            label={t('On timeout')}
            otherwise="continue"
            options={[
              { value: 'continue', label: t('Continue') },
              { value: 'abort', label: t('Abort the run') },
            ]}
          />
        </div>
      </Show>
    </>
  );
}
