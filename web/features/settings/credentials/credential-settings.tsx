import { createSignal, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { FilterChip } from '../../../kit/filter-bar/filter-chip.tsx';
import { SearchBox } from '../../../kit/filter-bar/search-box.tsx';
import { PagedTable } from '../../../kit/list-page/paged-table.tsx';
import { useNow } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';
import { type Credential, expiryStatus, healthStatus, kindWord } from './credential-words.ts';

type Health = 'ok' | 'refused' | 'unclear' | 'unreachable' | 'untested';
type Expiry = 'soon' | 'expired';

/** The secrets of the vault, without their values. */
export function CredentialSettings() {
  const can = useCan();
  const now = useNow();
  const [q, setQ] = createSignal<string>();
  const [scope, setScope] = createSignal<'global'>();
  const [health, setHealth] = createSignal<Health>();
  const [expiry, setExpiry] = createSignal<Expiry>();
  const filtered = () => q() !== undefined || health() !== undefined || expiry() !== undefined;
  const list = createPaged(queries.credentials.list, () => ({
    scope: scope() ?? ('tenant' as const),
    ...(q() && { q: q() }),
    ...(health() && { health: health() }),
    ...(expiry() && { expiry: expiry() }),
  }));
  const columns: readonly Column<Credential>[] = [
    {
      id: 'name',
      header: t('Credential'),
      main: true,
      cell: (credential) => <span class="font-medium">{credential().name}</span>,
    },
    textColumn({ id: 'kind', header: t('Kind'), needs: 'wide', width: '180px' }, ({ type }) =>
      kindWord(type),
    ),
    {
      id: 'health',
      header: t('Health'),
      width: '132px',
      cell: (credential) => <Status {...healthStatus(credential())} />,
    },
    {
      id: 'expiry',
      header: t('Expires'),
      width: '164px',
      needs: 'medium',
      cell: (credential) => (
        <Show
          when={expiryStatus(credential(), now())}
          fallback={<span class="text-muted">{credential().expiresAt?.slice(0, 10) ?? '–'}</span>}
        >
          {(status) => <Status {...status()} />}
        </Show>
      ),
    },
    textColumn(
      { id: 'uses', header: t('Used by'), align: 'right', needs: 'medium', width: '84px' },
      ({ usedBy }) => String(usedBy),
    ),
    timeColumn(
      { id: 'used', header: t('Last used'), width: '112px', needs: 'medium' },
      ({ lastUsedAt }) => lastUsedAt,
      t('Never'),
    ),
  ];
  return (
    <div class="flex flex-col gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'A credential is a secret in the vault, with the hosts that it may be sent to. Its value can be replaced, and is never shown again.',
        )}
      </p>
      <div class="flex flex-wrap items-center gap-2">
        <SearchBox label={t('Search credentials')} value={q()} onChange={setQ} />
        <Show when={can('credentials.write_global')}>
          <FilterChip
            label={t('Scope')}
            value={scope()}
            options={[{ value: 'global', label: t('Global') }]}
            onChange={setScope}
          />
        </Show>
        <FilterChip
          label={t('Health')}
          value={health()}
          options={[
            { value: 'ok', label: t('Accepted') },
            { value: 'refused', label: t('Refused') },
            { value: 'unclear', label: t('Unclear') },
            { value: 'unreachable', label: t('Unreachable') },
            { value: 'untested', label: t('Not tested') },
          ]}
          onChange={setHealth}
        />
        <FilterChip
          label={t('Expiry')}
          value={expiry()}
          options={[
            { value: 'soon', label: t('Within 14 days') },
            { value: 'expired', label: t('Expired') },
          ]}
          onChange={setExpiry}
        />
        <div class="flex-1" />
        <Show when={can('credentials.write')}>
          <NewCredential />
        </Show>
      </div>
      <div class="-mx-6 max-sm:-mx-4">
        <PagedTable
          label={t('Credentials')}
          plural={t('credentials')}
          list={list}
          columns={columns}
          rowId={(credential) => credential.id}
          rowLink={(credential) => ({
            to: '/t/$tenant/settings/credentials/$credentialId',
            params: { tenant: tenantSlug(), credentialId: credential.id },
          })}
          empty={
            <Show
              when={filtered()}
              fallback={<EmptyState title={t('No credentials yet.')} action={<NewCredential />} />}
            >
              <EmptyState title={t('No credentials match these filters.')} />
            </Show>
          }
        />
      </div>
    </div>
  );
}

const NewCredential = () => (
  <ButtonLink variant="primary" to="/t/$tenant/settings/credentials/new" params={{ tenant: tenantSlug() }}>
    {t('New credential')}
  </ButtonLink>
);
