import { For, Show } from 'solid-js';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { Status } from '../../../../kit/status.tsx';
import { said } from '../../../../words/said.ts';
import { rich, t } from '../../../../words/words.ts';
import { type Trial, trialShown } from './trial-words.ts';

/** Every trial of the tool, newest first; the chosen one is shown above. */
export const PastTrials = (props: {
  trials: readonly Trial[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
}) => (
  <ul aria-label={t('Trials')}>
    <For each={props.trials}>
      {(trial) => (
        <li class="border-b">
          <button
            type="button"
            aria-current={trial.id === (props.chosen ?? props.trials[0]?.id) ? 'true' : undefined}
            onClick={() => props.onChoose(trial.id)}
            class="flex w-full flex-wrap items-baseline gap-x-4 py-1.5 text-left hover:bg-hover"
            classList={{ 'bg-selected': trial.id === (props.chosen ?? props.trials[0]?.id) }}
          >
            <span class="w-40">
              <Status {...trialShown[trial.status]} />
            </span>
            <span class="font-medium">{rich`v${() => trial.candidate} beside v${() => trial.baseline}`}</span>
            <span class="min-w-0 flex-1 truncate text-muted">
              <Show when={trial.reason}>{said(trial.reason)}</Show>
            </span>
            <span class="text-muted text-sm">
              {trial.startedBy.name} · <RelativeTime at={trial.startedAt} />
            </span>
          </button>
        </li>
      )}
    </For>
  </ul>
);
