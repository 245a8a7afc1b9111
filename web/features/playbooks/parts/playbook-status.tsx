import { CircleCheck, CircleDashed } from 'lucide-solid';
import { Show } from 'solid-js';
import { t } from '../../../words/words.ts';

/** The published version, or never published; and whether there is a draft. */
export function PlaybookStatus(props: {
  playbook: { status: 'draft' | 'published'; version: number | null; hasDraft: boolean };
}) {
  return (
    <span class="inline-flex items-center gap-2 align-bottom">
      <Show
        when={props.playbook.status === 'published'}
        fallback={
          <span class="inline-flex items-center gap-1.5 whitespace-nowrap text-requested">
            <CircleDashed size={14} aria-hidden="true" class="shrink-0" />
            {t('Draft')}
          </span>
        }
      >
        <span class="inline-flex items-center gap-1.5 whitespace-nowrap text-succeeded">
          <CircleCheck size={14} aria-hidden="true" class="shrink-0" />
          {t`Published v${props.playbook.version}`}
        </span>
        <Show when={props.playbook.hasDraft}>
          <span class="rounded-sm border px-1 text-muted text-xs" title={t('Has an unpublished draft')}>
            {t('draft')}
          </span>
        </Show>
      </Show>
    </span>
  );
}
