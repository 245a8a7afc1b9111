import { createComponent, createRoot } from 'solid-js';
import type { Icon } from './button.tsx';

const drawn = new Map<Icon, Map<string, SVGElement>>();

/**
 * An icon without a name of its own that stands in many rows: it is drawn once, and copied. To draw one takes as long as
 * the rest of its row.
 */
export function StillIcon(props: { icon: Icon; size: number; class?: string | undefined }) {
  return <>{copyOf(props.icon, props.size, props.class ?? 'shrink-0')}</>;
}

function copyOf(icon: Icon, size: number, look: string): Node {
  const looks = drawn.get(icon) ?? new Map<string, SVGElement>();
  drawn.set(icon, looks);
  const key = `${size} ${look}`;
  let first = looks.get(key);
  if (!first) {
    first = createRoot((dispose) => {
      let made: unknown = createComponent(icon, { size, class: look, 'aria-hidden': 'true' });
      while (typeof made === 'function') made = made();
      dispose();
      return made as SVGElement;
    });
    looks.set(key, first);
  }
  return first.cloneNode(true);
}
