import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { t } from '../../../words/words.ts';

const words = {
  current: 'current',
  overlap: t('tried while the rotation overlaps'),
  replaced: t('replaced, about to be erased'),
  erased: 'erased',
} as const;

/** When the value was replaced, and by whom. */
export function CredentialVersions(props: { id: string }) {
  const query = useQuery(() => queries.credentials.versions({ id: props.id }));
  return (
    <Section title={t('Values')}>
      <QueryView query={query} what={t('The versions could not be loaded')}>
        {(page) => (
          <ul aria-label={t('Versions of the value')} class="border-t">
            <For each={page().items}>
              {(version) => (
                <li class="flex flex-wrap items-baseline gap-x-3 border-b py-1.5">
                  <span>{t`Version ${version.version}`}</span>
                  <span class="text-muted">{words[version.state]}</span>
                  <span class="ml-auto text-muted">
                    <RelativeTime at={version.createdAt} />
                    <Show when={version.createdBy}>{(actor) => <> {t`by ${actor().name}`}</>}</Show>
                  </span>
                </li>
              )}
            </For>
          </ul>
        )}
      </QueryView>
    </Section>
  );
}
