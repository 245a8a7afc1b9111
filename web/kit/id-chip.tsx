import { t } from '../words/words.ts';
import { CopyButton } from './copy-button.tsx';
import { shortId } from './format.ts';

/** A shortened id; the button copies the whole id. */
export function IdChip(props: { id: string; label?: string }) {
  return (
    <span class="inline-flex items-center gap-0.5">
      <code class="font-mono text-sm text-muted" title={props.id}>
        {shortId(props.id)}
      </code>
      <CopyButton text={props.id} label={props.label ?? t('Copy ID')} />
    </span>
  );
}
