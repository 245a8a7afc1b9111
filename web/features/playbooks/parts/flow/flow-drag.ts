import { createSignal, onCleanup } from 'solid-js';
import type { CanvasHandle } from '../../../../kit/graph/canvas.tsx';
import { nearestPlace, type PlacedPlace } from './flow-places.ts';

/** What is being dragged, where the pointer is, and the place that it would drop at. */
export interface Dragged {
  path: string;
  clientX: number;
  clientY: number;
  place: PlacedPlace | null;
}

/** A mouse drags from here on; a finger has to rest for this time, as it scrolls otherwise. */
const startsAt = 5;
const holdMs = 350;
const near = 90;
const edge = 40;

/**
 * Dragging of a step by mouse, pen or finger. Esc, or a drop where no place is near, changes nothing. At the edge of the
 * frame the drawing scrolls.
 */
export function createDrag(options: {
  canvas: () => CanvasHandle | undefined;
  places: () => readonly PlacedPlace[];
  onDrop: (path: string, place: PlacedPlace) => void;
}) {
  const [dragged, setDragged] = createSignal<Dragged | null>(null);
  let stop = () => {};
  let wasDragged = false;
  onCleanup(() => stop());

  const start = (event: PointerEvent, path: string) => {
    const canvas = options.canvas();
    if (event.button !== 0 || !event.isPrimary || !canvas) return;
    stop();
    wasDragged = false;
    const { clientX: fromX, clientY: fromY } = event;
    const scroller = canvas.scroller();
    const byMouse = event.pointerType === 'mouse';
    let hold: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;

    const to = (clientX: number, clientY: number) => {
      wasDragged = true;
      const place = nearestPlace(options.places(), canvas.at(clientX, clientY), near / canvas.zoom());
      setDragged({ path, clientX, clientY, place });
    };
    const pull = () => {
      const at = dragged();
      if (!at) return;
      const { left, right, top, bottom } = scroller.getBoundingClientRect();
      const by = (value: number, least: number, most: number) =>
        value < least + edge ? -8 : value > most - edge ? 8 : 0;
      const [x, y] = [by(at.clientX, left, right), by(at.clientY, top, bottom)];
      if (x !== 0 || y !== 0) {
        scroller.scrollBy(x, y);
        to(at.clientX, at.clientY);
      }
      frame = requestAnimationFrame(pull);
    };
    const begin = (clientX: number, clientY: number) => {
      to(clientX, clientY);
      frame = requestAnimationFrame(pull);
    };
    const onMove = (moved: PointerEvent) => {
      const far = Math.hypot(moved.clientX - fromX, moved.clientY - fromY);
      if (dragged()) to(moved.clientX, moved.clientY);
      else if (byMouse && far > startsAt) begin(moved.clientX, moved.clientY);
      else if (!byMouse && far > 2 * startsAt) stop();
    };
    const onUp = () => {
      const at = dragged();
      stop();
      if (at?.place) options.onDrop(at.path, at.place);
    };
    const onKey = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape' || !dragged()) return;
      pressed.preventDefault();
      pressed.stopImmediatePropagation();
      stop();
    };
    // The finger drags, so it does not scroll.
    const onTouchMove = (moved: TouchEvent) => dragged() && moved.preventDefault();
    const onMenu = (asked: Event) => dragged() && asked.preventDefault();
    stop = () => {
      clearTimeout(hold);
      cancelAnimationFrame(frame);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', stop);
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('contextmenu', onMenu);
      scroller.removeEventListener('touchmove', onTouchMove);
      setDragged(null);
      stop = () => {};
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', stop);
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('contextmenu', onMenu);
    scroller.addEventListener('touchmove', onTouchMove, { passive: false });
    if (!byMouse) hold = setTimeout(() => begin(fromX, fromY), holdMs);
  };

  return {
    dragged,
    start,
    /** Whether the click that ends a drag is this one: it opens nothing. */
    endsDrag: (): boolean => {
      const did = wasDragged;
      wasDragged = false;
      return did;
    },
  };
}
