import { ChartColumn, Download, Image, Table2 } from 'lucide-solid';
import { createEffect, createSignal, createUniqueId, For, on, onCleanup, onMount, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { saveFile } from '../download.ts';
import { type ChartData, chartCsv, placeWords } from './chart-data.ts';
import { dashes, markings } from './chart-marks.ts';
import type { Plot } from './plot.ts';
import { savePicture } from './save-picture.ts';

const height = 200;

/**
 * A chart over time. The library that draws is loaded with the first one. What it shows is also a table; arrow keys read it
 * place by place, and Enter opens the rows behind a place.
 */
export function Chart(props: {
  title: string;
  data: ChartData;
  /** Of one value. */
  format: (value: number) => string;
  /** Opens the rows that a place counts. */
  onOpen?: ((place: { from: string; to: string }) => void) | undefined;
}) {
  const [table, setTable] = createSignal(false);
  const [index, setIndex] = createSignal<number | null>(null);
  const [failed, setFailed] = createSignal(false);
  const readoutId = createUniqueId();
  let host: HTMLDivElement | undefined;
  let plot: Plot | null = null;
  let alive = true;

  async function draw(): Promise<void> {
    try {
      const { drawPlot } = await import('./plot.ts');
      if (!alive || !host || table()) return;
      plot?.destroy();
      plot = drawPlot(host, props.data, {
        width: host.clientWidth,
        height,
        format: props.format,
        onPoint: setIndex,
      });
      setFailed(false);
    } catch {
      // Such as a new version of the pages: the table needs no further file.
      setFailed(true);
      setTable(true);
    }
  }
  onMount(() => {
    const size = new ResizeObserver(() => {
      if (host && plot && host.clientWidth > 0) plot.resize(host.clientWidth);
    });
    if (host) size.observe(host);
    const theme = new MutationObserver(() => void draw());
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    onCleanup(() => {
      alive = false;
      size.disconnect();
      theme.disconnect();
      plot?.destroy();
    });
  });
  createEffect(on([() => props.data, table], () => void draw()));

  const move = (next: number) => {
    const bounded = Math.min(props.data.places.length - 1, Math.max(0, next));
    setIndex(bounded);
    plot?.point(bounded);
  };
  const open = () => {
    const place = props.data.places[index() ?? -1];
    if (place) props.onOpen?.(place);
  };
  const keys: Record<string, () => void> = {
    ArrowRight: () => move((index() ?? -1) + 1),
    ArrowLeft: () => move((index() ?? props.data.places.length) - 1),
    Home: () => move(0),
    End: () => move(props.data.places.length - 1),
    Enter: open,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const valueAt = (values: readonly (number | null)[], at: number) => {
    const value = values[at] ?? null;
    return value === null ? '–' : props.format(value);
  };
  const place = () => props.data.places[index() ?? -1];
  const fileName = () => props.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const csv = () => saveFile(`${fileName()}.csv`, chartCsv(props.data), 'text/csv');
  const png = () => plot && savePicture(fileName(), props.title, props.data, plot.canvas());

  return (
    <figure class="min-w-0">
      <figcaption class="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span class="font-medium">{props.title}</span>
        <span class="ml-auto flex items-center gap-1">
          <Button
            variant="quiet"
            icon={table() ? ChartColumn : Table2}
            disabled={failed()}
            onClick={() => setTable(!table())}
          >
            {table() ? t('Chart') : t('Table')}
          </Button>
          <Button variant="quiet" icon={Download} onClick={csv} aria-label={t`${props.title} as CSV`}>
            {t('CSV')}
          </Button>
          <Show when={!table()}>
            <Button variant="quiet" icon={Image} onClick={png} aria-label={t`${props.title} as PNG`}>
              {t('PNG')}
            </Button>
          </Show>
        </span>
      </figcaption>
      <Show
        when={table()}
        fallback={
          <>
            <div
              ref={(element) => {
                host = element;
              }}
              role="img"
              aria-label={t`${props.title}. Arrow keys read it place by place; as a table with the button above.`}
              aria-describedby={readoutId}
              tabindex="0"
              onKeyDown={onKeyDown}
              onClick={open}
              class={`min-w-0 overflow-hidden ${props.onOpen ? 'cursor-pointer' : ''}`}
              style={{ height: `${height}px` }}
            />
            <div id={readoutId} aria-live="polite" class="flex min-h-6 flex-wrap gap-x-4 text-muted text-sm">
              <For each={props.data.series}>
                {(series, at) => (
                  <span class="inline-flex items-center gap-1.5">
                    <Mark kind={props.data.kind} colour={series.colour} at={at()} />
                    {series.label}
                    <Show when={place()}>
                      <span class="text-text tabular-nums">{valueAt(series.values, index() ?? -1)}</span>
                    </Show>
                  </span>
                )}
              </For>
              <span class="ml-auto">{place() ? placeWords(place()!) : ''}</span>
            </div>
          </>
        }
      >
        <section class="max-h-72 overflow-auto border-y" tabindex="0" aria-label={props.title}>
          <table class="w-full text-sm">
            <thead>
              <tr>
                <th scope="col" class="label-caps px-2 py-1 text-left">
                  {t('Time')}
                </th>
                <For each={props.data.series}>
                  {(series) => (
                    <th scope="col" class="label-caps px-2 py-1 text-right">
                      {series.label}
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={props.data.places}>
                {(each, at) => (
                  <tr class="border-t">
                    <th scope="row" class="px-2 py-1 text-left font-normal">
                      <Show when={props.onOpen} fallback={placeWords(each)}>
                        {(onOpen) => (
                          <button type="button" class="text-accent underline" onClick={() => onOpen()(each)}>
                            {placeWords(each)}
                          </button>
                        )}
                      </Show>
                    </th>
                    <For each={props.data.series}>
                      {(series) => (
                        <td class="px-2 py-1 text-right tabular-nums">{valueAt(series.values, at())}</td>
                      )}
                    </For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
      </Show>
    </figure>
  );
}

/** What a series looks like: a pattern or a dash, besides its colour. */
function Mark(props: { kind: ChartData['kind']; colour: string; at: number }) {
  const id = createUniqueId();
  const colour = () => `var(--${props.colour})`;
  const marking = () => markings[props.at % markings.length];
  return (
    <svg width="16" height="10" aria-hidden="true" class="shrink-0">
      <Show
        when={props.kind === 'bars'}
        fallback={
          <line
            x1="0"
            y1="5"
            x2="16"
            y2="5"
            stroke={colour()}
            stroke-width="2"
            stroke-dasharray={dashes[props.at % dashes.length]!.join(' ')}
          />
        }
      >
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <Show
            when={marking() === 'stripes'}
            fallback={<circle cx="2.5" cy="2.5" r="1.2" fill={colour()} />}
          >
            <rect width="2.2" height="5" fill={colour()} />
          </Show>
        </pattern>
        <rect
          x="0.5"
          y="0.5"
          width="15"
          height="9"
          stroke={colour()}
          fill={marking() === 'full' ? colour() : marking() === 'empty' ? 'none' : `url(#${id})`}
        />
      </Show>
    </svg>
  );
}
