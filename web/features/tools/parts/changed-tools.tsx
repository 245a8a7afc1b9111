import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { counted, t } from '../../../words/words.ts';
import { toolTitle } from './tool-words.ts';

type Changed = Outputs['connectors']['diff']['tools'];

/** The tools whose calls a change of their connector changes, those that it may break first. */
export function ChangedTools(props: { tools: Changed }) {
  const rows = () => props.tools.toSorted((a, b) => Number(b.breaking) - Number(a.breaking));
  return (
    <Show
      when={rows().length > 0}
      fallback={<p class="text-muted">{t('No tool that uses the connector changes.')}</p>}
    >
      <section aria-label={t('Tools that change')} class="flex flex-col gap-1">
        <p class="font-medium">{counted(rows().length, '{0} tool changes|{0} tools change')}</p>
        <ul class="max-h-60 overflow-auto border-t">
          <For each={rows()}>
            {(tool) => (
              <li class="border-b py-1.5">
                <p class="flex items-baseline gap-3">
                  <span
                    class="w-16 shrink-0 font-medium text-sm"
                    classList={{ 'text-failed': tool.breaking, 'text-faint': !tool.breaking }}
                  >
                    {tool.breaking ? t('Breaking') : t('Changes')}
                  </span>
                  <Link
                    to="/t/$tenant/tools/$toolId"
                    params={{ tenant: tenantSlug(), toolId: tool.id }}
                    search={{}}
                    class="text-accent hover:text-accent-hover"
                  >
                    {toolTitle(tool)}
                  </Link>
                </p>
                <p class="pl-19 text-muted text-sm">
                  {[...tool.issues, ...tool.changes].map(({ message }) => message).join('; ')}
                </p>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
