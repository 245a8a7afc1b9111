import { createSignal, Show } from 'solid-js';
import { holdScopes } from '../../../../shared/retention/hold-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';

const scopeWords = {
  everything: 'Everything of the organization',
  exception: 'One exception, with its executions, runs and events',
  executions: 'Executions',
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
      title="Place a legal hold"
      width="520px"
      verb="Place"
      ready={reason().trim() !== '' && (scope() !== 'exception' || exception().trim() !== '')}
      send={async () => {
        await api.legalHolds.place.mutate({ scope: scope(), ...covered(), reason: reason().trim() });
        toast('Legal hold placed');
        await props.onDone();
      }}
      failed="The hold was not placed."
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <Field label="Covers">
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
              label="Exception"
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
              label="ID of the tool"
              help="Empty: of every tool"
              mono
              maxLength={64}
              error={issueAt('/toolId')}
              value={tool()}
              onInput={setTool}
            />
            <DayField label="Requested from" error={issueAt('/from')} value={from()} onInput={setFrom} />
            <DayField label="Requested before" error={issueAt('/until')} value={until()} onInput={setUntil} />
          </Show>
          <TextInput
            label="Reason"
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
