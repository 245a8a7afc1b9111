import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { formatDuration } from '../../../kit/format.ts';
import { Warnings } from '../../../kit/warnings.tsx';
import { said } from '../../../words/said.ts';
import { counted, t } from '../../../words/words.ts';
import { Decision } from '../../policies/parts/effect.tsx';
import { RequestLines } from './request-lines.tsx';
import { authTypeWord } from './tool-words.ts';

type Preview = Outputs['tools']['preview'];
/** `policy` and `warnings`: left out where it was decided before. */
type Shown = Omit<Preview, 'digest' | 'policy' | 'warnings'> & Partial<Pick<Preview, 'policy' | 'warnings'>>;

/** The request as it would be sent, with secrets redacted. */
export function RequestView(props: { preview: Shown }) {
  return (
    <div class="flex flex-col gap-2.5">
      <Warnings of={props.preview.warnings ?? []} />
      <RequestLines request={props.preview.request} />
      <dl class="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <Show when={props.preview.policy}>
          {(decision) => (
            <>
              <dt class="text-faint">{t('Policy')}</dt>
              <dd>
                <Decision decision={decision()} />
              </dd>
            </>
          )}
        </Show>
        <dt class="text-faint">{t('Retry safety')}</dt>
        <dd>{props.preview.repeatPolicy}</dd>
        <Show when={props.preview.undo}>
          {(undo) => (
            <>
              <dt class="text-faint">{t('Undo')}</dt>
              <dd>{said(undo().words)}</dd>
            </>
          )}
        </Show>
        <dt class="text-faint">{t('Timeouts')}</dt>
        <dd>
          {counted(
            props.preview.maxAttempts,
            '{1} per attempt, {2} in total; one attempt|{1} per attempt, {2} in total; up to {0} attempts',
            formatDuration(props.preview.timeoutMs),
            formatDuration(props.preview.deadlineMs),
          )}
        </dd>
        <dt class="text-faint">{t('Credential')}</dt>
        <dd>
          <Show when={props.preview.credential} fallback={<span class="text-muted">{t('None')}</span>}>
            {(credential) => (
              <>
                {credential().name} <span class="text-faint">{authTypeWord(credential().type)}</span>
              </>
            )}
          </Show>
        </dd>
      </dl>
    </div>
  );
}
