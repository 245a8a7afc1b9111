import { Show } from 'solid-js';
import { rich, t } from '../words/words.ts';
import { CopyButton } from './copy-button.tsx';

/** The id to quote when asking for help with a failed request. */
export const RequestId = (props: { id: string | undefined }) => (
  <Show when={props.id}>
    {(id) => (
      <>
        {/* A space, not a margin: it disappears where the line wraps. */}{' '}
        <span class="inline-flex items-center gap-1 text-faint text-sm">
          {rich`Request ID ${<code class="font-mono">{id()}</code>}`}
          <CopyButton text={id()} label={t('Copy request ID')} />
        </span>
      </>
    )}
  </Show>
);
