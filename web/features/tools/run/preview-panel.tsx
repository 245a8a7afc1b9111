import { Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { rich, t } from '../../../words/words.ts';
import { RequestView } from '../parts/request-view.tsx';
import { Panel } from './panel.tsx';

type Preview = Outputs['tools']['preview'];

/** The request as it would be sent, with secrets redacted. */
export function PreviewPanel(props: {
  preview: Preview | null;
  isOld: boolean;
  onAgain: () => void;
  onClose: () => void;
}) {
  return (
    <Panel
      title={t('Request')}
      onClose={props.onClose}
      aside={
        <Show when={props.preview}>
          {(preview) => (
            <span class="flex min-w-0 items-center gap-1 text-faint text-sm">
              {rich`digest ${<code class="truncate font-mono">{preview().digest.slice(0, 16)}</code>}`}
              <CopyButton text={preview().digest} label={t('Copy digest')} />
            </span>
          )}
        </Show>
      }
    >
      <Show when={props.isOld}>
        <p class="flex items-center gap-3 text-muted" role="status">
          {t('The input has changed since this preview.')}
          <Button onClick={() => props.onAgain()}>{t('Preview again')}</Button>
        </p>
      </Show>
      <Show when={props.preview}>{(preview) => <RequestView preview={preview()} />}</Show>
    </Panel>
  );
}
