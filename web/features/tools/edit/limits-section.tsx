import { createMemo, Show } from 'solid-js';
import { FormSection, NumberField, SwitchField } from '../../../kit/document-form/bound-fields.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { useToolForm } from './form-state.ts';

const repeatable = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** How long, how often, how many. */
export function LimitsSection() {
  const form = useToolForm();
  const method = () => form.text('/config/method') || 'GET';
  const isHttp = () => form.text('/type') === 'http';
  const hasRate = () => form.at('/rateLimit') !== undefined;
  return (
    <FormSection id="limits" title="Limits and repeats">
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <NumberField
          pointer="/timeoutMs"
          label="Time for one attempt"
          unit="s"
          scale={1000}
          placeholder="10"
        />
        <NumberField
          pointer="/deadlineMs"
          label="Time for everything"
          unit="s"
          scale={1000}
          placeholder="60"
        />
        <NumberField pointer="/retry/maxAttempts" label="Attempts, at most" placeholder="3" />
      </div>
      <Show when={form.at('/retry/maxAttempts') !== 1}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <NumberField
            pointer="/retry/initialMs"
            label="Wait before the second"
            unit="s"
            scale={1000}
            placeholder="0.5"
          />
          <NumberField pointer="/retry/factor" label="Each wait longer by" unit="×" placeholder="2" />
          <NumberField pointer="/retry/maxMs" label="Longest wait" unit="s" scale={1000} placeholder="10" />
        </div>
        <Schedule />
      </Show>
      <Show when={isHttp()}>
        <SwitchField
          pointer="/idempotent"
          label="The provider honours Idempotency-Key"
          help={
            repeatable.has(method())
              ? `A ${method()} is repeated in any case. On, every attempt also carries the same Idempotency-Key.`
              : form.at('/idempotent') === true
                ? `Every attempt carries the same Idempotency-Key, so the provider makes one effect of them, and a ${method()} whose answer is lost is tried again.`
                : `A ${method()} whose answer is lost is not sent a second time, since it could act twice. The run ends as “outcome unknown” and a person decides. Turn this on only if the provider promises it.`
          }
        />
      </Show>
      <SwitchField
        pointer="/rateLimit"
        label="Limit the rate"
        help="For all runs of this tool in the tenant together. A run above it is refused at once."
        checked={hasRate()}
        onChange={(on) => form.set('/rateLimit', on ? { requestsPerMinute: 60, burst: 10 } : undefined)}
      />
      <Show when={hasRate()}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <NumberField pointer="/rateLimit/requestsPerMinute" label="Runs a minute" />
          <NumberField pointer="/rateLimit/burst" label="At once, at most" />
        </div>
      </Show>
    </FormSection>
  );
}

/** When the attempts come, said plainly. */
function Schedule() {
  const form = useToolForm();
  const number = (pointer: string, otherwise: number) => {
    const value = form.at(pointer);
    return typeof value === 'number' && value > 0 ? value : otherwise;
  };
  const words = createMemo(() => {
    const attempts = Math.min(20, number('/retry/maxAttempts', 3));
    const longest = number('/retry/maxMs', 10_000);
    const waits = Array.from({ length: Math.max(0, attempts - 1) }, (_, index) =>
      Math.min(longest, number('/retry/initialMs', 500) * number('/retry/factor', 2) ** index),
    );
    const shown = waits.slice(0, 5).map(formatDuration).join(', ');
    const more = waits.length > 5 ? ` … (${waits.length} in all)` : '';
    return `Waits between attempts: ${shown}${more}, each shortened by up to half at random. A Retry-After is never undercut.`;
  });
  return <p class="-mt-1 text-faint text-sm">{words()}</p>;
}
