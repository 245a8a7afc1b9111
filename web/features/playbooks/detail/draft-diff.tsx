import { Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { rich, t } from '../../../words/words.ts';
import type { Playbook } from '../parts/playbook-words.ts';
import { PublishPlanView } from '../parts/publish-plan.tsx';

/** What publishing the draft would change. */
export function DraftDiff(props: { playbook: Playbook }) {
  const query = useQuery(() => queries.playbooks.publishPlan({ id: props.playbook.id }));
  return (
    <QueryView query={query} what={t('The draft could not be compared')}>
      {(plan) => (
        <div class="flex flex-col gap-4 px-6 max-sm:px-4 py-4">
          <div class="flex min-h-7 items-center gap-2">
            <h2 class="font-semibold">{t('Draft')}</h2>
            <Show when={plan().fromVersion}>
              {(version) => <span class="text-muted">{rich`compared with the published v${version}`}</span>}
            </Show>
          </div>
          <PublishPlanView plan={plan()} />
          <Show when={plan().before === null}>
            <JsonBlock value={plan().after} label={t('Draft')} maxHeight="none" />
          </Show>
        </div>
      )}
    </QueryView>
  );
}
