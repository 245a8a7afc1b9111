import { Key } from '@solid-primitives/keyed';
import { Pencil, Plus } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { type Domain, DomainDialog } from './domain-dialog.tsx';

/** The domains of exceptions, with the attributes of each. */
export function DomainSettings() {
  const can = useCan();
  const query = useQuery(() => queries.exceptions.domains());
  const [editing, setEditing] = createSignal<{ domain: Domain | undefined }>();
  return (
    <div class="flex flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          "Every exception has a domain. The domain's schema defines the form of the attributes and checks them. Attributes marked as secret are not stored.",
        )}
      </p>
      <QueryView query={query} what={t('The domains could not be loaded')}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={<p class="text-muted">{t('No domains yet. Every exception is in “general”.')}</p>}
          >
            <table aria-label={t('Exception domains')} class="w-full border-separate border-spacing-0">
              <thead>
                <tr>
                  <ColumnHeader>{t('Domain')}</ColumnHeader>
                  <ColumnHeader>{t('Attributes')}</ColumnHeader>
                  <Show when={can('exceptions.configure')}>
                    <th scope="col" class="h-7 w-10 border-b">
                      <span class="sr-only">{t('Edit')}</span>
                    </th>
                  </Show>
                </tr>
              </thead>
              <tbody>
                <Key each={page().items} by="name">
                  {(domain) => (
                    <tr class="h-9">
                      <td class="border-b py-1.5 pr-3 sm:whitespace-nowrap">
                        <span class="font-medium">{domain().title}</span>{' '}
                        <code class="ml-1 font-mono text-faint text-sm">{domain().name}</code>
                      </td>
                      <td class="border-b py-1.5 pr-3 text-muted">{attributesOf(domain()) || '–'}</td>
                      <Show when={can('exceptions.configure')}>
                        <td class="border-b text-right">
                          <Button
                            variant="quiet"
                            icon={Pencil}
                            iconOnly
                            aria-label={t`Edit ${domain().title}`}
                            onClick={() => setEditing({ domain: domain() })}
                          />
                        </td>
                      </Show>
                    </tr>
                  )}
                </Key>
              </tbody>
            </table>
          </Show>
        )}
      </QueryView>
      <Show
        when={can('exceptions.configure')}
        fallback={<p class="text-faint text-sm">{t('Only tenant admins can change this.')}</p>}
      >
        <Button icon={Plus} onClick={() => setEditing({ domain: undefined })}>
          {t('New domain')}
        </Button>
      </Show>
      <Show when={editing()}>
        {(at) => <DomainDialog domain={at().domain} onClose={() => setEditing(undefined)} />}
      </Show>
    </div>
  );
}

function attributesOf({ attributeSchema }: Domain): string {
  const { properties } = attributeSchema;
  return isObject(properties) ? Object.keys(properties).join(', ') : '';
}
