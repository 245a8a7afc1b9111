import { createSignal, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { api } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { Execution } from '../parts/execution-words.ts';

/** Why nothing more is tried, and the way to try once more. The execution of a step is retried in its run. */
export function QuarantineNote(props: { execution: Execution; onReleased: (executionId: string) => void }) {
  const can = useCan();
  const [busy, setBusy] = createSignal(false);
  const release = async () => {
    setBusy(true);
    try {
      props.onReleased((await api.executions.release.mutate({ id: props.execution.id, waitMs: 0 })).id);
    } catch (error) {
      toastError(t('The execution was not released'), error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Show when={props.execution.quarantined}>
      <div
        class="mx-6 mt-4 max-sm:mx-4 flex items-center gap-3 rounded-md border bg-sunken px-3 py-2"
        role="status"
      >
        <p class="min-w-0 flex-1">
          {t('Quarantined: two workers ended during this call. Nothing more is sent.')}
        </p>
        <Show when={can('executions.control')}>
          <Button busy={busy()} onClick={() => void release()}>
            {t('Release')}
          </Button>
        </Show>
      </div>
    </Show>
  );
}
