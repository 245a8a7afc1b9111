import { Key } from '@solid-primitives/keyed';
import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { formatExactTime } from '../../../kit/format.ts';
import { Status } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { runShown, type ScheduleRun, startedLink } from '../parts/schedule-words.ts';

/** The last runs of a schedule, newest first. */
export function RunsTable(props: { runs: readonly ScheduleRun[]; tenant: string }) {
  return (
    <Show when={props.runs.length > 0} fallback={<p class="text-muted">{t('No runs yet.')}</p>}>
      <table aria-label={t('Runs')} class="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr>
            <ColumnHeader class="w-52 max-sm:w-auto">{t('For')}</ColumnHeader>
            <ColumnHeader class="w-36 max-sm:w-28">{t('Result')}</ColumnHeader>
            <ColumnHeader class="max-sm:hidden">{t('Reason')}</ColumnHeader>
            <ColumnHeader class="w-32 max-md:hidden">{t('As')}</ColumnHeader>
          </tr>
        </thead>
        <tbody>
          <Key each={props.runs} by="id">
            {(run) => (
              <tr>
                <td class="border-b py-1.5 pr-2 tabular-nums">
                  <Show when={run().started} fallback={formatExactTime(run().scheduledAt)}>
                    {(started) => (
                      <Link
                        {...startedLink(props.tenant, started())}
                        class="text-accent hover:text-accent-hover"
                      >
                        {formatExactTime(run().scheduledAt)}
                      </Link>
                    )}
                  </Show>
                  <Show when={run().trigger === 'manual'}>
                    <span class="text-muted"> {t('by hand')}</span>
                  </Show>
                </td>
                <td class="border-b py-1.5 pr-2">
                  <Status {...runShown[run().status]} />
                </td>
                <td class="break-words border-b py-1.5 pr-2 text-muted max-sm:hidden">
                  {said(run().reason) ?? ''}
                </td>
                <td class="truncate border-b py-1.5 pr-2 text-muted max-md:hidden">{run().runBy.name}</td>
              </tr>
            )}
          </Key>
        </tbody>
      </table>
    </Show>
  );
}
