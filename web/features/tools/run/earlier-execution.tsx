import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { createArming } from '../../../kit/arming.ts';
import { useNow } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';
import { againWords, earlierWords, isUnsettled } from '../../executions/parts/earlier-words.ts';
import { executionKind } from '../../executions/parts/execution-kind.ts';
import type { Execution } from '../../executions/parts/execution-words.ts';

/** What the execution did that is about to be run again. Where a second one acts again, a person confirms it. */
export function EarlierExecution(props: {
  execution: Execution;
  tenant: string;
  safeToRetry: boolean;
  /** Null: there is nothing to confirm. */
  confirmed: boolean | null;
  onConfirm: (confirmed: boolean) => void;
  ref: (section: HTMLElement) => void;
}) {
  const now = useNow();
  const armed = createArming(() => `${props.execution.id} ${props.execution.status}`);
  return (
    <section
      ref={props.ref}
      tabindex="-1"
      aria-label={t('Earlier execution')}
      class="flex flex-col gap-1 rounded-md border px-3 py-2 outline-none"
      classList={{
        'border-unknown/35 bg-unknown-soft': props.confirmed !== null,
        'border-line bg-sunken': props.confirmed === null,
      }}
    >
      <p class="flex items-start gap-2">
        <Status kind={executionKind(props.execution)} />
        <span class="min-w-0 flex-1 break-words">{earlierWords(props.execution, now())}</span>
        <Link
          to="/t/$tenant/executions/$executionId"
          params={{ tenant: props.tenant, executionId: props.execution.id }}
          class="shrink-0 text-accent hover:text-accent-hover"
        >
          {isUnsettled(props.execution) ? t('Settle it first') : t('Open execution')}
        </Link>
      </p>
      <p>{againWords(props.execution, props.safeToRetry)}</p>
      <Show when={props.confirmed !== null}>
        <label class="flex w-fit items-center gap-2 font-medium">
          <input
            id="run-confirm"
            type="checkbox"
            checked={props.confirmed ?? false}
            aria-disabled={armed() ? undefined : 'true'}
            onClick={(event) => !armed() && event.preventDefault()}
            onChange={(event) => props.onConfirm(event.currentTarget.checked)}
          />
          {t('Send it again')}
        </label>
      </Show>
    </section>
  );
}
