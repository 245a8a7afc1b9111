import { Link } from '@tanstack/solid-router';
import { For } from 'solid-js';
import type { DocPage } from './doc-pages.ts';

/** Links to pages of the documentation. */
export function DocContents(props: { tenant: string; pages: readonly DocPage[] }) {
  return (
    <ul>
      <For each={props.pages}>
        {(page) => (
          <li>
            <Link
              to="/t/$tenant/docs/$page"
              params={{ tenant: props.tenant, page: page.id }}
              activeProps={{ class: 'font-medium text-text', 'aria-current': 'page' }}
              inactiveProps={{ class: 'text-muted' }}
              class="block truncate rounded-md py-0.5 hover:text-text pointer-coarse:py-2"
            >
              {page.title}
            </Link>
          </li>
        )}
      </For>
    </ul>
  );
}
