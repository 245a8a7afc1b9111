import { Link } from '@tanstack/solid-router';
import { BookOpen, Wrench } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { Section } from '../../../kit/page-header.tsx';
import { t } from '../../../words/words.ts';
import { alikeWords, likeWords, type Suggestion, type Suggestions } from './suggestion-words.ts';

const rowClass =
  'flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left hover:bg-hover pointer-coarse:min-h-11';

/** What was done on like exceptions, by counts, most often first. */
export function ExceptionSuggestions(props: {
  suggestions: Suggestions;
  exceptionId: string;
  tenant: string;
  mayRun: boolean;
  mayStart: boolean;
  onStart: (playbookId: string) => void;
}) {
  const items = () =>
    props.suggestions.items.filter((item) => (item.kind === 'tool' ? props.mayRun : props.mayStart));
  const like = () => props.suggestions.like;
  return (
    <Show when={items().length > 0}>
      <Section
        title={t('How similar exceptions were solved')}
        aside={
          <Link
            to="/t/$tenant/exceptions"
            params={{ tenant: props.tenant }}
            search={{
              status: 'resolved',
              domain: like().domain,
              ...(like().severity ? { severity: like().severity ?? undefined } : {}),
            }}
            class="text-accent text-sm hover:text-accent-hover"
          >
            {likeWords(like())}
          </Link>
        }
      >
        <ul aria-label={t('How similar exceptions were solved')}>
          <For each={items()}>
            {(item) => (
              <li>
                <Show
                  when={item.kind === 'tool'}
                  fallback={
                    <button type="button" class={rowClass} onClick={() => props.onStart(item.id)}>
                      <BookOpen size={14} aria-hidden="true" class="shrink-0 text-faint" />
                      <Words item={item} of={like().cases} />
                    </button>
                  }
                >
                  <Link
                    to="/t/$tenant/tools/$toolId/run"
                    params={{ tenant: props.tenant, toolId: item.id }}
                    search={{ exception: props.exceptionId }}
                    class={rowClass}
                  >
                    <Wrench size={14} aria-hidden="true" class="shrink-0 text-faint" />
                    <Words item={item} of={like().cases} />
                  </Link>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Section>
    </Show>
  );
}

const Words = (props: { item: Suggestion; of: number }) => (
  <span class="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
    <span class="font-medium">{props.item.title}</span>
    <span class="text-muted text-sm tabular-nums">{alikeWords(props.item, props.of)}</span>
  </span>
);
