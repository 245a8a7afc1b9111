import { Maximize, ZoomIn, ZoomOut } from 'lucide-solid';
import { createEffect, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { Button } from '../button.tsx';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface CanvasHandle {
  /** The place of the drawing that is at this place of the window. */
  at: (clientX: number, clientY: number) => { x: number; y: number };
  zoom: () => number;
  scroller: () => HTMLElement;
}

const zooms = { least: 0.08, readable: 0.6, usual: 0.8, most: 2 };
/** A drawing this much larger than its frame has a map. */
const largeBy = 2.5;
const mapSize = { width: 120, height: 150, least: 32 };
const between = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/**
 * A frame around a drawing, which can be zoomed (buttons, + − 0, ctrl and wheel, two fingers) and moved (wheel, drag, one
 * finger). It opens fitted, and stays so while the frame changes until someone has zoomed.
 */
export function Canvas(props: {
  width: number;
  height: number;
  /** What the map shows. */
  rects: readonly Rect[];
  /** Comes into view when it changes. */
  shown?: Rect | undefined;
  /** Before the buttons. */
  toolbar?: JSX.Element;
  handle?: (handle: CanvasHandle) => void;
  children: JSX.Element;
}) {
  const [zoom, setZoom] = createSignal(1);
  const [view, setView] = createSignal<Rect>({ x: 0, y: 0, width: 1, height: 1 });
  /** Seen once it is fitted: nothing jumps. */
  const [fitted, setFitted] = createSignal(false);
  let isOwn = false;
  let scroller!: HTMLDivElement;
  let content!: HTMLDivElement;

  const look = () =>
    setView({
      x: scroller.scrollLeft / zoom(),
      y: scroller.scrollTop / zoom(),
      width: scroller.clientWidth / zoom(),
      height: scroller.clientHeight / zoom(),
    });
  const isLarge = () =>
    Math.max(props.width / view().width, props.height / view().height) > largeBy && props.rects.length > 20;

  const fitting = () => Math.min(scroller.clientWidth / props.width, scroller.clientHeight / props.height);
  const toZoom = (next: number) => {
    if (scroller.clientWidth === 0) return;
    setZoom(between(next, zooms.least, 1));
    look();
  };
  /** Fitted; what could not be read then is as wide as the frame. */
  const open = () => {
    const across = between(scroller.clientWidth / props.width, zooms.readable, zooms.usual);
    toZoom(fitting() < zooms.readable ? across : fitting());
  };
  const show = (rect: Rect | undefined) => {
    if (!rect) return;
    scroller.scrollTop = (rect.y + rect.height / 2) * zoom() - scroller.clientHeight / 2;
    scroller.scrollLeft = (rect.x + rect.width / 2) * zoom() - scroller.clientWidth / 2;
  };
  const at = (clientX: number, clientY: number) => {
    const { left, top } = content.getBoundingClientRect();
    return { x: (clientX - left) / zoom(), y: (clientY - top) / zoom() };
  };
  /** What is at this place of the window stays there. */
  const zoomTo = (next: number, clientX?: number, clientY?: number) => {
    const frame = scroller.getBoundingClientRect();
    const [x, y] = [clientX ?? frame.left + frame.width / 2, clientY ?? frame.top + frame.height / 2];
    const before = at(x, y);
    isOwn = true;
    setZoom(between(next, zooms.least, zooms.most));
    const after = content.getBoundingClientRect();
    scroller.scrollLeft += after.left + before.x * zoom() - x;
    scroller.scrollTop += after.top + before.y * zoom() - y;
    look();
  };
  const fit = () => {
    isOwn = true;
    toZoom(fitting());
  };

  onMount(() => {
    props.handle?.({ at, zoom, scroller: () => scroller });
    const size = new ResizeObserver(() => {
      if (!isOwn) {
        open();
        show(props.shown);
      }
      look();
      if (!fitted()) requestAnimationFrame(() => setFitted(true));
    });
    size.observe(scroller);
    let fingers: { apart: number; zoom: number } | null = null;
    const touched = (event: TouchEvent) => {
      const [a, b] = event.touches;
      if (!a || !b) {
        fingers = null;
        return;
      }
      if (event.type === 'touchmove') event.preventDefault();
      const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      fingers ??= { apart, zoom: zoom() };
      const [x, y] = [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
      zoomTo((fingers.zoom * apart) / Math.max(1, fingers.apart), x, y);
    };
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomTo(zoom() * Math.exp(-between(event.deltaY, -60, 60) * 0.008), event.clientX, event.clientY);
    };
    const lifted = () => {
      fingers = null;
    };
    // Not passive: the page must neither zoom nor scroll meanwhile.
    scroller.addEventListener('wheel', onWheel, { passive: false });
    scroller.addEventListener('touchmove', touched, { passive: false });
    scroller.addEventListener('touchstart', touched, { passive: true });
    scroller.addEventListener('touchend', lifted);
    onCleanup(() => size.disconnect());
  });
  createEffect(on(() => props.shown, show, { defer: true }));
  createEffect(on([() => props.width, () => props.height], () => look(), { defer: true }));

  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (!event.currentTarget.contains(event.target as Node)) return;
    const steps: Record<string, () => void> = {
      '+': () => zoomTo(zoom() * 1.25),
      '=': () => zoomTo(zoom() * 1.25),
      '-': () => zoomTo(zoom() / 1.25),
      '0': fit,
    };
    const run = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (!run) return;
    run();
    event.preventDefault();
    event.stopPropagation();
  };

  /** A drag of the background moves it. */
  const onPointerDown = (event: PointerEvent) => {
    const target = event.target as Element;
    // Events of an open menu come here too.
    if (event.pointerType !== 'mouse' || event.button > 1 || !scroller.contains(target)) return;
    if (event.button === 0 && target.closest('[role="treeitem"], button, a')) return;
    event.preventDefault();
    scroller.setPointerCapture(event.pointerId);
    const start = {
      x: event.clientX + scroller.scrollLeft,
      y: event.clientY + scroller.scrollTop,
    };
    const move = (moved: PointerEvent) => {
      scroller.scrollLeft = start.x - moved.clientX;
      scroller.scrollTop = start.y - moved.clientY;
    };
    const end = () => {
      scroller.removeEventListener('pointermove', move);
      scroller.removeEventListener('pointerup', end);
      scroller.removeEventListener('pointercancel', end);
    };
    scroller.addEventListener('pointermove', move);
    scroller.addEventListener('pointerup', end);
    scroller.addEventListener('pointercancel', end);
  };

  /** A long narrow drawing is wider on its map. */
  const map = () => {
    const scale = Math.min(mapSize.width / props.width, mapSize.height / props.height);
    return {
      width: Math.max(mapSize.least, props.width * scale),
      height: Math.max(mapSize.least, props.height * scale),
    };
  };
  const goTo = (event: PointerEvent & { currentTarget: SVGElement }) => {
    if (event.buttons !== 1) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    show({ x: x * props.width, y: y * props.height, width: 0, height: 0 });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is inside
    <div class="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <div class="flex flex-wrap items-center gap-1 py-1">
        <div class="mr-auto flex min-w-0 flex-wrap items-center gap-1">{props.toolbar}</div>
        <Button
          variant="quiet"
          iconOnly
          icon={ZoomOut}
          title={t('Zoom out (−)')}
          aria-label={t('Zoom out')}
          onClick={() => zoomTo(zoom() / 1.25)}
        />
        <Button
          variant="quiet"
          iconOnly
          icon={ZoomIn}
          title={t('Zoom in (+)')}
          aria-label={t('Zoom in')}
          onClick={() => zoomTo(zoom() * 1.25)}
        />
        <Button variant="quiet" icon={Maximize} title={t('Fit the whole graph (0)')} onClick={fit}>
          {t('Fit')}
        </Button>
      </div>
      <div class="relative flex min-h-0 flex-1 flex-col">
        <div
          ref={scroller}
          data-graph-frame
          class="relative min-h-0 flex-1 touch-pan-x touch-pan-y overflow-auto rounded-md border bg-sunken"
          onScroll={look}
          onPointerDown={onPointerDown}
        >
          <div
            ref={content}
            class="relative mx-auto"
            classList={{ invisible: !fitted() }}
            style={{ width: `${props.width * zoom()}px`, height: `${props.height * zoom()}px` }}
          >
            <div
              class="absolute top-0 left-0 origin-top-left"
              style={{
                width: `${props.width}px`,
                height: `${props.height}px`,
                transform: `scale(${zoom()})`,
              }}
            >
              {props.children}
            </div>
          </div>
        </div>
        <Show when={isLarge()}>
          <svg
            aria-hidden="true"
            class="absolute right-4 bottom-4 cursor-pointer rounded-sm border bg-bg opacity-90 max-sm:hidden"
            {...map()}
            viewBox={`0 0 ${props.width} ${props.height}`}
            preserveAspectRatio="none"
            onPointerDown={goTo}
            onPointerMove={goTo}
          >
            <For each={props.rects}>
              {({ x, y, width, height }) => (
                <rect x={x} y={y} width={width} height={height} class="fill-line-strong" />
              )}
            </For>
            <rect
              {...view()}
              class="fill-accent/10 stroke-accent"
              stroke-width="1.5"
              vector-effect="non-scaling-stroke"
            />
          </svg>
        </Show>
      </div>
    </div>
  );
}
