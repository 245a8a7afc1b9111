import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { type Action, useActions } from '../../../kit/actions.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { Filter } from '../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage, type NewRow } from '../../../kit/list-page/list-page.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { PlaybooksTabs } from '../parts/playbooks-tabs.tsx';
import { type PlaybookRow, playbookColumns } from './playbook-columns.tsx';

const from = '/t/$tenant/playbooks';

/** The playbooks of the tenant. */
export default function PlaybooksPage() {
  const params = useParams({ from });
  const filters = createListFilters(useSearch({ from }));
  const navigate = useNavigate({ from });
  const can = useCan();
  const list = createPaged(queries.playbooks.list, filters.values);
  useTitle(() => t('Playbooks'));

  const nothingYet = () => list.rows()?.length === 0 && !filters.active();
  const newPlaybook: NewRow = {
    label: t('New playbook'),
    link: { to: '/t/$tenant/playbooks/new', params: params(), search: {} },
  };
  useActions(() =>
    can('playbooks.write')
      ? [
          {
            id: 'playbooks:templates',
            label: t('Templates'),
            keys: 't',
            group: 'Page',
            run: () => void navigate({ to: '/t/$tenant/playbooks/templates', params: params() }),
          },
        ]
      : [],
  );
  const rowActions = (playbook: PlaybookRow): Action[] => {
    if (!can('playbooks.write')) return [];
    const at = { tenant: params().tenant, playbookId: playbook.id };
    return [
      {
        id: 'row:edit',
        label: t`Edit ${playbook.title}`,
        keys: 'e',
        group: 'Selection',
        run: () => void navigate({ to: '/t/$tenant/playbooks/$playbookId/edit', params: at }),
      },
    ];
  };

  return (
    <ListPage
      name="playbooks"
      title={t('Playbooks')}
      archived="playbook"
      list={list}
      filters={filters}
      tabs={<PlaybooksTabs tenant={params().tenant} active="playbooks" />}
      chips={
        <Filter
          filters={filters}
          name="status"
          label={t('Status')}
          options={[
            { value: 'published', label: t('Published') },
            { value: 'draft', label: t('Draft') },
          ]}
        />
      }
      newRow={can('playbooks.write') ? newPlaybook : undefined}
      actions={
        <Show when={can('playbooks.write') && !nothingYet()}>
          <ButtonLink to="/t/$tenant/playbooks/templates" params={params()} keys="t">
            {t('Templates')}
          </ButtonLink>
        </Show>
      }
      columns={playbookColumns}
      rowId={(playbook) => playbook.id}
      rowLink={(playbook) => ({
        to: '/t/$tenant/playbooks/$playbookId',
        params: { tenant: params().tenant, playbookId: playbook.id },
        search: {},
      })}
      rowActions={rowActions}
      empty={{
        text: t(
          'A playbook is a sequence of steps for resolving an exception. People do some of the steps, tools do the others. A template, such as a refund or an incident, runs as it is.',
        ),
        action: can('playbooks.write') ? (
          <>
            <ButtonLink to="/t/$tenant/playbooks/templates" params={params()} variant="primary">
              {t('Start from a template')}
            </ButtonLink>
            <ButtonLink to="/t/$tenant/playbooks/new" params={params()} search={{}}>
              {t('New playbook')}
            </ButtonLink>
          </>
        ) : undefined,
      }}
    />
  );
}
