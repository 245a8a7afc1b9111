import { Popover } from '@kobalte/core/popover';
import { Plus, X } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { inSentence, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { inputClass } from '../field.tsx';
import { dateFormat } from '../format.ts';
import { fromLocalTime, toLocalTime } from '../schema-form/local-time.ts';

const presets = [
  { label: t('Last 15 minutes'), minutes: 15 },
  { label: t('Last hour'), minutes: 60 },
  { label: t('Last 24 hours'), minutes: 24 * 60 },
  { label: t('Last 7 days'), minutes: 7 * 24 * 60 },
];

/** Two instants in ISO 8601; without one the range is open at that end. */
interface TimeRange {
  from?: string | undefined;
  to?: string | undefined;
}

const short = dateFormat({
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const format = (iso: string) => (Number.isNaN(Date.parse(iso)) ? iso : short.format(new Date(iso)));

/** Filters by a range of time. */
export function TimeFilter(props: {
  range: TimeRange;
  onChange: (range: TimeRange) => void;
  /** What happened then; by default "Time". */
  label?: string;
}) {
  const label = () => props.label ?? t('Time');
  const [open, setOpen] = createSignal(false);
  const [draft, setDraft] = createSignal<TimeRange>(props.range);
  const isSet = () => Boolean(props.range.from || props.range.to);
  const words = () => {
    const { from, to } = props.range;
    if (from && to) return t`${format(from)} to ${format(to)}`;
    return from ? t`since ${format(from)}` : t`until ${format(to ?? '')}`;
  };
  const apply = (range: TimeRange) => {
    setOpen(false);
    props.onChange(range);
  };
  const onOpen = (next: boolean) => {
    if (next) setDraft(props.range);
    setOpen(next);
  };
  return (
    <div
      class="inline-flex h-7 items-center rounded-md border border-line-strong"
      classList={{ 'border-dashed text-muted hover:bg-hover': !isSet(), 'bg-sunken': isSet() }}
    >
      <Popover open={open()} onOpenChange={onOpen} placement="bottom-start" gutter={4}>
        <Popover.Trigger class="flex h-full items-center gap-1.5 rounded-md px-2">
          <Show when={!isSet()}>
            <Plus size={12} aria-hidden="true" class="text-faint" />
          </Show>
          <span classList={{ 'text-muted': isSet() }}>{label()}</span>
          <Show when={isSet()}>
            <span class="font-medium">{words()}</span>
          </Show>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            aria-label={label()}
            class="z-60 flex w-64 flex-col gap-1 rounded-md border bg-raised p-1 shadow-float outline-none"
          >
            <For each={presets}>
              {(preset) => (
                <button
                  type="button"
                  class="flex h-7 items-center rounded-sm px-2 text-left hover:bg-hover"
                  onClick={() =>
                    apply({
                      from: new Date(Date.now() - preset.minutes * 60_000).toISOString(),
                      to: undefined,
                    })
                  }
                >
                  {preset.label}
                </button>
              )}
            </For>
            <form
              class="flex flex-col gap-2 border-t px-2 pt-2 pb-1"
              onSubmit={(event) => {
                event.preventDefault();
                apply(draft());
              }}
            >
              <For each={['from', 'to'] as const}>
                {(end) => (
                  <label class="flex items-center gap-2 text-sm">
                    <span class="w-10 text-muted">{end === 'from' ? t('From') : t('Until')}</span>
                    <input
                      type="datetime-local"
                      value={toLocalTime(draft()[end] ?? '')?.slice(0, 16) ?? ''}
                      onInput={(event) => {
                        const value = fromLocalTime(event.currentTarget.value) || undefined;
                        setDraft((before) => ({ ...before, [end]: value }));
                      }}
                      class={inputClass}
                    />
                  </label>
                )}
              </For>
              <Button type="submit" class="self-end">
                {t('Apply')}
              </Button>
            </form>
          </Popover.Content>
        </Popover.Portal>
      </Popover>
      <Show when={isSet()}>
        <button
          type="button"
          aria-label={t`Remove filter ${inSentence(label())}`}
          onClick={() => props.onChange({ from: undefined, to: undefined })}
          class="-ml-1 inline-flex h-full w-6 items-center justify-center rounded-md text-faint hover:text-text"
        >
          <X size={12} aria-hidden="true" />
        </button>
      </Show>
    </div>
  );
}

/** A time of a link in the form that the API takes. An invalid one is ignored. */
export function instant(value: string | undefined): string | undefined {
  const at = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
