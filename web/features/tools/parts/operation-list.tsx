import { createSignal, For, type JSX, Show } from 'solid-js';
import { documentFieldsOf } from '../../../../shared/tools/connectors/registry.ts';
import { createPaged } from '../../../api/paged.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { inputClass } from '../../../kit/field.tsx';
import { PagedList } from '../../../kit/list-page/paged-list.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import type { Connector } from './connector-words.ts';

export type Operation = Outputs['connectors']['operations']['items'][number];

/** Whether a connector has a document that describes them. */
export const offersOperations = (connector: Connector): boolean =>
  documentFieldsOf(connector).some((field) => field in connector);

/** What the system behind a connector offers, searchable. */
export function OperationList(props: {
  connectorId: string;
  /** What can be done with one that can become a tool. */
  action: (operation: Operation) => JSX.Element;
}) {
  const [q, setQ] = createSignal('');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const list = createPaged(queries.connectors.operations, () => ({
    id: props.connectorId,
    q: q() || undefined,
  }));
  const search = (text: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => setQ(text.trim()), 180);
  };
  return (
    <div class="flex flex-col gap-2">
      <input
        type="text"
        inputmode="search"
        aria-label={t('Search operations')}
        placeholder={t('Search operations')}
        autocomplete="off"
        spellcheck={false}
        class={inputClass}
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <PagedList
        list={list}
        plural={t('operations')}
        empty={
          <p class="py-2 text-muted">
            {q() ? t('No operations match.') : t('The connector has no document that describes operations.')}
          </p>
        }
      >
        {(rows) => (
          <ul class="border-t" aria-label={t('Operations')}>
            <For each={rows()}>
              {(operation) => (
                <li class="flex items-start gap-3 border-b py-2">
                  <span class="w-20 shrink-0 truncate font-mono text-muted text-sm">{operation.method}</span>
                  <span class="min-w-0 flex-1">
                    <span class="block break-words font-medium">{operation.title}</span>
                    <Show when={operation.description}>
                      <span class="line-clamp-2 text-muted text-sm">{operation.description}</span>
                    </Show>
                    <Show when={operation.reason}>
                      <span class="block text-sm text-unknown">{said(operation.reason)}</span>
                    </Show>
                  </span>
                  <Show when={operation.tool}>{props.action(operation)}</Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </PagedList>
    </div>
  );
}
