import { Link } from '@tanstack/solid-router';
import { ExternalLink, X } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { t } from '../../../words/words.ts';
import { linkWord } from '../parts/exception-words.ts';
import type { Exception } from './exception-changes.ts';

type ExceptionLink = Exception['links'][number];

/** Links to other exceptions and to external pages. */
export function ExceptionLinks(props: {
  links: readonly ExceptionLink[];
  tenant: string;
  onRemove: ((linkId: string) => void) | undefined;
}) {
  const nameOf = (link: ExceptionLink) =>
    link.exception ? exceptionLabel(link.exception.number) : link.title || (link.url ?? '');
  return (
    <Show when={props.links.length > 0} fallback={<span class="text-faint">{t('None')}</span>}>
      <ul class="flex flex-col gap-1">
        <For each={props.links}>
          {(link) => (
            <li class="flex items-start gap-1">
              <span class="min-w-0 flex-1">
                <Show when={link.kind !== 'url'}>
                  <span class="block text-faint text-sm">{linkWord(link)}</span>
                </Show>
                <Show when={link.exception} fallback={<PageLink link={link} name={nameOf(link)} />}>
                  {(other) => (
                    <Link
                      to="/t/$tenant/exceptions/$exceptionId"
                      params={{ tenant: props.tenant, exceptionId: other().id }}
                      search={{}}
                      class="text-accent hover:text-accent-hover"
                    >
                      <span classList={{ 'line-through': other().status === 'resolved' }}>
                        {exceptionLabel(other().number)}
                      </span>{' '}
                      {other().title}
                      <Show when={other().status === 'resolved'}>
                        <span class="sr-only">{t(', resolved')}</span>
                      </Show>
                    </Link>
                  )}
                </Show>
              </span>
              <Show when={props.onRemove}>
                {(remove) => (
                  <button
                    type="button"
                    aria-label={t`Remove the link to ${nameOf(link)}`}
                    onClick={() => remove()(link.id)}
                    class="inline-flex size-5 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-text"
                  >
                    <X size={12} aria-hidden="true" />
                  </button>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

const PageLink = (props: { link: ExceptionLink; name: string }) => (
  <a
    href={props.link.url ?? undefined}
    target="_blank"
    rel="noreferrer"
    title={props.link.url ?? undefined}
    class="inline-flex max-w-full items-center gap-1 text-accent hover:text-accent-hover"
  >
    <span class="truncate">{props.name}</span>
    <ExternalLink size={12} aria-hidden="true" class="shrink-0" />
  </a>
);
