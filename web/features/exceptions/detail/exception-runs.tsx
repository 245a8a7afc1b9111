import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { t } from '../../../words/words.ts';
import { RunStatusMark } from '../../playbooks/parts/run-status.tsx';

export type RunRow = Outputs['runs']['list']['items'][number];

/** The playbook runs of an exception, latest first. The shown one is in the wide column. */
export function ExceptionRuns(props: {
  runs: readonly RunRow[];
  tenant: string;
  exceptionId: string;
  shown: string | undefined;
}) {
  return (
    <Show when={props.runs.length > 0} fallback={<span class="text-faint">{t('None')}</span>}>
      <ul class="flex flex-col gap-1.5">
        <For each={props.runs}>
          {(run) => (
            <li>
              <Link
                to="/t/$tenant/exceptions/$exceptionId"
                params={{ tenant: props.tenant, exceptionId: props.exceptionId }}
                search={{ run: run.id }}
                aria-current={props.shown === run.id ? 'true' : undefined}
                class="text-accent hover:text-accent-hover"
                classList={{ 'font-medium': props.shown === run.id }}
              >
                {run.playbookTitle} <span class="font-normal text-muted">v{run.playbookVersion}</span>
              </Link>
              <span class="flex flex-wrap items-center gap-x-2 text-sm">
                <RunStatusMark run={run} />
                <span class="text-faint">
                  <RelativeTime at={run.createdAt} />
                </span>
              </span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
