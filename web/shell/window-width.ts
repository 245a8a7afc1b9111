import { createSignal } from 'solid-js';

function matches(query: string): () => boolean {
  const list = matchMedia(query);
  const [is, setIs] = createSignal(list.matches);
  list.addEventListener('change', (event) => setIs(event.matches));
  return is;
}

/** The content needs the width, whatever was chosen of the sidebar in a wide window. */
export const isNarrow = matches('(max-width: 959.98px)');
/** As wide as `max-sm`: the navigation is below the page, where a thumb reaches it. */
export const isPhone = matches('(max-width: 639.98px)');
