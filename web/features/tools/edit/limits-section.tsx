import { createMemo, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { SelectField, SwitchField } from '../../../kit/document-form/bound-fields.tsx';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { NumberField } from '../../../kit/document-form/number-field.tsx';
import { formatDuration } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';
import { providerFormOf } from './providers/registry.ts';
import { useToolForm } from './tool-form-state.ts';

const whenPaused = [
  { value: 'wait', label: t('Wait until the total timeout') },
  { value: 'fail', label: t('Fail at once') },
] as const;

/** Timeouts, retry policy, rate limit and calls at once. */
export function LimitsSection() {
  const form = useToolForm();
  return (
    <FormSection id="limits" title={t('Limits and retries')}>
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <NumberField
          pointer="/timeoutMs"
          label={t('Attempt timeout')}
          unit="s"
          scale={1000}
          placeholder="10"
        />
        <NumberField
          pointer="/deadlineMs"
          label={t('Total timeout')}
          unit="s"
          scale={1000}
          placeholder="60"
        />
        <NumberField pointer="/retry/maxAttempts" label={t('Maximum attempts')} placeholder="3" />
      </div>
      <Show when={form.at('/retry/maxAttempts') !== 1}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <NumberField
            pointer="/retry/initialMs"
            label={t('Initial backoff')}
            unit="s"
            scale={1000}
            placeholder="0.5"
          />
          <NumberField pointer="/retry/factor" label={t('Backoff factor')} unit="×" placeholder="2" />
          <NumberField
            pointer="/retry/maxMs"
            label={t('Maximum backoff')}
            unit="s"
            scale={1000}
            placeholder="10"
          />
        </div>
        <Schedule />
      </Show>
      <Show when={providerFormOf(form.text('/type')).Limits}>
        {(fields) => <Dynamic component={fields()} />}
      </Show>
      <SwitchField
        pointer="/rateLimit"
        label={t('Rate limit')}
        help={t(
          'For all executions of this tool in the organization. An execution above the limit is rejected.',
        )}
        start={() => ({ requestsPerMinute: 60, burst: 10 })}
      />
      <Show when={form.at('/rateLimit') !== undefined}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <NumberField pointer="/rateLimit/requestsPerMinute" label={t('Executions per minute')} />
          <NumberField pointer="/rateLimit/burst" label={t('Burst')} />
        </div>
      </Show>
      <SwitchField
        pointer="/policy"
        label={t('Calls at once, and a host that is not called')}
        help={t(
          'A call above the bound waits. When calls to the host are paused, a call that is safe to retry waits or fails.',
        )}
        start={() => ({ concurrency: 10 })}
      />
      <Show when={form.at('/policy') !== undefined}>
        <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
          <NumberField pointer="/policy/concurrency" label={t('Calls at once')} placeholder={t('No limit')} />
          <SelectField
            pointer="/policy/whenPaused"
            label={t('While its host is paused')}
            options={whenPaused}
            otherwise="wait"
          />
        </div>
      </Show>
    </FormSection>
  );
}

/** The backoff before each retry, as the policy gives it. */
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
    const more = waits.length > 5 ? t` … (${waits.length} in all)` : '';
    return t`Backoff between attempts: ${shown}${more}. Each is shortened at random by up to half, but never below a Retry-After header.`;
  });
  return <p class="-mt-1 text-faint text-sm">{words()}</p>;
}
