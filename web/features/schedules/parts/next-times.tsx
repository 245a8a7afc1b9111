import { For, Show } from 'solid-js';
import type { SchedulePreview } from '../../../../shared/schedules/schedule-schemas.ts';
import { dateFormat } from '../../../kit/format.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

const weekday = dateFormat({ weekday: 'short', timeZone: 'UTC' });

/** "Sat 2026-03-28 02:30 +01:00" */
function localWords(local: string): string {
  const day = weekday.format(new Date(`${local.slice(0, 10)}T00:00:00Z`));
  const seconds = local.slice(16, 19);
  const zone = local.slice(19).replace('Z', 'UTC');
  return `${day} ${local.slice(0, 10)} ${local.slice(11, 16)}${seconds === ':00' ? '' : seconds} ${zone}`;
}

/** The next times of a schedule, and what is easily misread about them. */
export function NextTimes(props: { preview: Pick<SchedulePreview, 'times' | 'notes'> }) {
  return (
    <div class="flex flex-col gap-2">
      <Show
        when={props.preview.times.length > 0}
        fallback={<p class="text-muted">{t('No times are left.')}</p>}
      >
        <ol aria-label={t('Next times')} class="flex flex-col gap-0.5 tabular-nums">
          <For each={props.preview.times}>
            {({ at, local }) => (
              <li class="flex flex-wrap gap-x-3">
                <span>{localWords(local)}</span>
                <span class="text-muted">
                  <RelativeTime at={at} />
                </span>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <For each={props.preview.notes}>
        {(note) => <p class="max-w-[68ch] text-muted text-sm">{said(note)}</p>}
      </For>
    </div>
  );
}
