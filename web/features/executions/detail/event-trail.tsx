import { ChevronDown, ChevronRight } from 'lucide-solid';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { formatClock, formatExactTime } from '../../../kit/format.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { eventWord } from '../parts/execution-words.ts';

type Event = Outputs['events']['list']['items'][number];

/** The events of one subject, oldest first. */
export function EventTrail(props: { subjectType: string; subjectId: string }) {
  const query = useQuery(() =>
    queries.events.list({ subjectType: props.subjectType, subjectId: props.subjectId, limit: 100 }),
  );
  return (
    <QueryView query={query} what={t('The events could not be loaded')}>
      {(page) => {
        const events = createMemo(() =>
          page().items.toSorted(
            (a, b) => a.createdAt.localeCompare(b.createdAt) || Number(a.id) - Number(b.id),
          ),
        );
        return (
          <Show when={events().length > 0} fallback={<p class="text-muted">{t('No events yet.')}</p>}>
            <ol class="border-t" aria-label={t('Events')}>
              <For each={events()}>{(event) => <EventRow event={event} />}</For>
            </ol>
          </Show>
        );
      }}
    </QueryView>
  );
}

function EventRow(props: { event: Event }) {
  const [open, setOpen] = createSignal(false);
  const hasData = () => Object.keys(props.event.data).length > 0;
  return (
    <li class="border-b">
      <button
        type="button"
        aria-expanded={hasData() ? open() : undefined}
        disabled={!hasData()}
        onClick={() => setOpen((before) => !before)}
        class="flex min-h-8 w-full flex-wrap items-center gap-x-2 text-left max-sm:py-1.5 hover:bg-hover disabled:cursor-default disabled:hover:bg-bg"
      >
        <span class="w-3 text-faint">
          <Show when={hasData()}>
            <Show when={open()} fallback={<ChevronRight size={12} aria-hidden="true" />}>
              <ChevronDown size={12} aria-hidden="true" />
            </Show>
          </Show>
        </span>
        <span class="min-w-0 flex-1 truncate max-sm:min-w-[calc(100%-20px)]">
          {eventWord(props.event.type)}{' '}
          <code class="ml-1 font-mono text-faint text-xs">{props.event.type}</code>
        </span>
        <span class="w-36 truncate text-muted max-sm:ml-5 max-sm:w-auto max-sm:flex-1">
          {props.event.actor.name}
        </span>
        <time
          datetime={props.event.createdAt}
          title={formatExactTime(props.event.createdAt)}
          class="w-28 text-right text-muted"
        >
          {formatClock(props.event.createdAt)}
        </time>
      </button>
      <Show when={open()}>
        <JsonBlock value={props.event.data} label={t`Data of ${props.event.type}`} class="mb-2 ml-5" />
      </Show>
    </li>
  );
}
