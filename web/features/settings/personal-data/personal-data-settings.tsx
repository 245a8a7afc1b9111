import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { Search } from 'lucide-solid';
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { PersonSearch } from '../../../../shared/erasure/person-schemas.ts';
import { useCan } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries, queryKey } from '../../../api/trpc.ts';
import { Button, buttonClass } from '../../../kit/button.tsx';
import { PagedList } from '../../../kit/list-page/paged-list.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { rich, t } from '../../../words/words.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { alsoKnownAs, countLines, erasable, nameOf, stateOf } from './person-words.ts';
import { SearchDialog } from './search-dialog.tsx';

/** What is stored about a person: found, exported as one file, erased. Tenant admins only. */
export function PersonalDataSettings() {
  const can = useCan();
  return (
    <Show
      when={can('personal_data.read')}
      fallback={<p class="text-faint text-sm">{t('Only tenant admins can search for personal data.')}</p>}
    >
      <Searches />
    </Show>
  );
}

function Searches() {
  const can = useCan();
  const client = useQueryClient();
  const searches = createPaged(queries.personalData.list, () => ({}), { refetchInterval: 3_000 });
  const [open, setOpen] = createSignal<{ erase?: PersonSearch }>();
  const close = () => setOpen(undefined);
  const done = async () => {
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'personalData') });
    close();
  };
  return (
    <div class="flex flex-col items-start gap-4">
      <p class="max-w-[68ch] text-muted">
        {t(
          'When a customer or a member asks what you store about them, search for them, send them the file, and erase it if they ask for that. A search reads every record, so it takes a while. Who it is about is forgotten after 30 days.',
        )}
      </p>
      <Show when={can('personal_data.write')}>
        <Button icon={Search} onClick={() => setOpen({})}>
          {t('Search for a person')}
        </Button>
      </Show>
      <div class="w-full">
        <PagedList
          list={searches}
          plural={t('searches')}
          empty={<p class="text-muted">{t('No searches yet.')}</p>}
        >
          {(rows) => (
            <ul aria-label={t('Searches')} class="flex w-full flex-col">
              <Key each={rows()} by="id">
                {(search) => <SearchRow search={search()} onErase={() => setOpen({ erase: search() })} />}
              </Key>
            </ul>
          )}
        </PagedList>
      </div>
      <Show when={open()}>
        {(what) => (
          <Show when={what().erase} fallback={<SearchDialog onClose={close} onDone={done} />}>
            {(search) => <EraseDialog search={search()} onClose={close} onDone={done} />}
          </Show>
        )}
      </Show>
    </div>
  );
}

function SearchRow(props: { search: PersonSearch; onErase: () => void }) {
  const can = useCan();
  const search = () => props.search;
  const isOpen = () => search().about !== null && search().status === 'found';
  return (
    <li
      class="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b py-3"
      aria-label={nameOf(search())}
    >
      <div class="flex min-w-0 max-w-full flex-col gap-1">
        <p class="flex flex-wrap items-center gap-x-3">
          <span class="break-all font-medium">{nameOf(search())}</span>
          <Status {...stateOf[search().status]} />
        </p>
        <Show when={alsoKnownAs(search())}>
          {(more) => <p class="break-words text-muted text-sm">{more()}</p>}
        </Show>
        <Result search={search()} />
        <p class="text-faint text-sm">
          {rich`Searched by ${() => search().createdBy.name} ${<RelativeTime at={search().createdAt} />}`}
          <Show when={search().erasedAt}>{(at) => <>{rich`, erased ${<RelativeTime at={at()} />}`}</>}</Show>
        </p>
      </div>
      <Show when={isOpen()}>
        <div class="flex flex-wrap gap-2">
          <a
            href={`/api/personal-data/searches/${search().id}/export?tenant=${encodeURIComponent(tenantSlug())}`}
            download=""
            class={buttonClass({})}
            aria-label={t`Download what is stored about ${nameOf(search())}`}
          >
            {t('Download')}
          </a>
          <Show when={can('personal_data.write')}>
            <Button
              variant="danger"
              onClick={props.onErase}
              aria-label={t`Erase the data of ${nameOf(search())}`}
            >
              {t('Erase')}
            </Button>
          </Show>
        </div>
      </Show>
    </li>
  );
}

function Result(props: { search: PersonSearch }) {
  const search = () => props.search;
  const remaining = () => countLines(search().remaining);
  return (
    <div class="flex flex-col gap-1">
      <Show when={search().status === 'searching' || search().status === 'found'}>
        <Lines lines={countLines(erasable(search()))}>
          {search().status === 'found' ? t('Nothing was found.') : ''}
        </Lines>
        <Show when={search().found.written}>
          <p class="max-w-[68ch] text-muted text-sm">{t`Also ${countLines({ written: search().found.written }).join()}, written by people. Versions that have run stay as they are: save a new one without it.`}</p>
        </Show>
      </Show>
      <Show when={search().status === 'erasing' || search().status === 'erased'}>
        <Lines lines={countLines(search().erased)}>
          {search().status === 'erased' ? t('Nothing was stored.') : ''}
        </Lines>
      </Show>
      <Show when={search().status === 'erasing' && remaining().length > 0}>
        <p class="max-w-[68ch] text-muted text-sm">{t`Left for now: ${remaining().join(', ')}. What is open is erased within an hour after its end, what is held after its release.`}</p>
      </Show>
      <Show when={search().account}>
        {(account) => (
          <p class="text-muted text-sm">
            {account() === 'deleted'
              ? t('The account was deleted.')
              : t('The account stays: it belongs to another organization.')}
          </p>
        )}
      </Show>
      <For each={search().holds}>
        {(hold) => (
          <p class="text-sm text-unknown">{rich`Under the legal hold “${() => hold.reason}”: it cannot be erased.`}</p>
        )}
      </For>
    </div>
  );
}

const Lines = (props: { lines: string[]; children: JSX.Element }) => (
  <p class="max-w-[68ch] break-words text-sm">
    {props.lines.length > 0 ? props.lines.join(', ') : props.children}
  </p>
);
