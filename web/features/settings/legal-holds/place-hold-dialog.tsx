import { createSignal, Show } from 'solid-js';
import { holdScopes } from '../../../../shared/retention/hold-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';

const scopeWords = {
  everything: t('Everything of the organization'),
  exception: t('One exception, with its executions, runs and events'),
  executions: t('Executions'),
} as const;

/** A day of a date field as the time at which it begins (UTC). */
const startOf = (day: string) => (day === '' ? {} : { day: `${day}T00:00:00Z` });

/** Places a hold. */
export function PlaceHoldDialog(props: { onClose: () => void; onDone: () => Promise<void> }) {
  const [scope, setScope] = createSignal<(typeof holdScopes)[number]>('everything');
  const [exception, setException] = createSignal('');
  const [tool, setTool] = createSignal('');
  const [from, setFrom] = createSignal('');
  const [until, setUntil] = createSignal('');
  const [reason, setReason] = createSignal('');

  function covered() {
    if (scope() === 'exception') return { exceptionId: exception().trim() };
    if (scope() !== 'executions') return {};
    const [begin, end] = [startOf(from()).day, startOf(until()).day];
    return {
      ...(tool().trim() && { toolId: tool().trim() }),
      ...(begin && { from: begin }),
      ...(end && { until: end }),
    };
  }

  return (
    <FormDialog
      title={t('Place a legal hold')}
      width="520px"
      verb={t('Place')}
      ready={reason().trim() !== '' && (scope() !== 'exception' || exception().trim() !== '')}
      send={async () => {
        await api.legalHolds.place.mutate({ scope: scope(), ...covered(), reason: reason().trim() });
        toast(t('Legal hold placed'));
        await props.onDone();
      }}
      failed={t('The hold was not placed.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <Field label={t('Covers')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={scope()}
                onChange={(event) =>
                  setScope(holdScopes.find((each) => each === event.currentTarget.value) ?? 'everything')
                }
              >
                {holdScopes.map((each) => (
                  <option value={each}>{scopeWords[each]}</option>
                ))}
              </select>
            )}
          </Field>
          <Show when={scope() === 'exception'}>
            <TextInput
              label={t('Exception')}
              required
              placeholder="EX-42"
              maxLength={128}
              error={issueAt('/exceptionId')}
              value={exception()}
              onInput={setException}
            />
          </Show>
          <Show when={scope() === 'executions'}>
            <TextInput
              label={t('ID of the tool')}
              help={t('Empty: of every tool')}
              mono
              maxLength={64}
              error={issueAt('/toolId')}
              value={tool()}
              onInput={setTool}
            />
            <DayField label={t('Requested from')} error={issueAt('/from')} value={from()} onInput={setFrom} />
            <DayField
              label={t('Requested before')}
              error={issueAt('/until')}
              value={until()}
              onInput={setUntil}
            />
          </Show>
          <TextInput
            label={t('Reason')}
            required
            maxLength={1000}
            error={issueAt('/reason')}
            value={reason()}
            onInput={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}

function DayField(props: {
  label: string;
  error: string | undefined;
  value: string;
  onInput: (day: string) => void;
}) {
  return (
    <Field label={props.label} error={props.error}>
      {(input) => (
        <input
          {...input}
          type="date"
          class={inputClass}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
