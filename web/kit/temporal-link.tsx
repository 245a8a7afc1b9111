import { ExternalLink } from 'lucide-solid';
import { Show } from 'solid-js';
import { t } from '../words/words.ts';

/** Opens the workflow in Temporal Web; nothing where that is not configured. */
export const TemporalLink = (props: { url: string | null }) => (
  <Show when={props.url}>
    {(url) => (
      <a
        href={url()}
        target="_blank"
        rel="noreferrer"
        class="inline-flex items-center gap-1 text-accent hover:text-accent-hover"
      >
        {t('Temporal')} <ExternalLink size={12} aria-hidden="true" />
      </a>
    )}
  </Show>
);
