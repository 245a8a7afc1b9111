import { Show } from 'solid-js';
import { RelativeTime } from '../../../../kit/relative-time.tsx';
import { rich, t } from '../../../../words/words.ts';
import type { Execution } from '../../parts/execution-words.ts';

/** Who settled an unknown outcome, when, and why. */
export const SettlementNote = (props: { settlement: NonNullable<Execution['settlement']> }) => (
  <div class="rounded-md border bg-sunken px-3 py-2">
    <p class="font-medium">
      <Show
        when={props.settlement.happened}
        fallback={rich`Marked as not done by ${props.settlement.by.name}, ${<RelativeTime at={props.settlement.at} />}`}
      >
        {rich`Marked as done by ${props.settlement.by.name}, ${<RelativeTime at={props.settlement.at} />}`}
      </Show>
    </p>
    <p class="whitespace-pre-wrap break-words">{props.settlement.note}</p>
    <Show when={!props.settlement.happened}>
      <p class="text-muted">{t('Running it again is safe.')}</p>
    </Show>
  </div>
);
