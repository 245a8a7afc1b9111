import { KeyRound } from 'lucide-solid';
import { createMemo, For, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { ColumnHeader } from '../column-header.tsx';
import { schemaRows } from './schema-rows.ts';

/** A JSON Schema as a table of properties. */
export function SchemaTable(props: {
  schema: unknown;
  label: string;
  /** Shown when the schema has no properties. */
  none: string;
}) {
  const rows = createMemo(() => schemaRows(props.schema));
  return (
    <Show when={rows().length > 0} fallback={<p class="text-muted">{props.none}</p>}>
      <table aria-label={props.label} class="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <ColumnHeader class="w-[28%] pr-3">{t('Property')}</ColumnHeader>
            <ColumnHeader class="w-[18%] px-3">{t('Type')}</ColumnHeader>
            <ColumnHeader class="pl-3">{t('Description')}</ColumnHeader>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {(row) => (
              <tr>
                <td class="border-b py-1.5 pr-3 align-top" style={{ 'padding-left': `${row.depth * 16}px` }}>
                  <span class="inline-flex flex-wrap items-baseline gap-x-2">
                    <code class="font-mono text-sm">{row.name}</code>
                    <Show when={row.required}>
                      <span class="text-faint text-xs">{t('required')}</span>
                    </Show>
                    <Show when={row.secret}>
                      <span class="inline-flex items-center gap-1 self-center text-faint text-xs">
                        <KeyRound size={11} aria-hidden="true" />
                        {t('secret')}
                      </span>
                    </Show>
                  </span>
                </td>
                <td class="border-b px-3 py-1.5 align-top text-muted">{row.type}</td>
                <td class="border-b py-1.5 pl-3 align-top">
                  <span>{row.description}</span>
                  <Show when={row.rules.length > 0}>
                    <span class="text-muted" classList={{ 'block text-sm': row.description !== '' }}>
                      {row.rules.join(' · ')}
                    </span>
                  </Show>
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}
