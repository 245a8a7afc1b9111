import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { createMemo, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import type { Action } from '../../../kit/actions.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { Filter } from '../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage, type NewRow } from '../../../kit/list-page/list-page.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { createEnabledSwitch } from '../parts/enabled-switch.ts';
import { toolTypeWord } from '../parts/tool-words.ts';
import { createToolBulk } from './tool-bulk.ts';
import { type ToolRow, toolColumns } from './tool-columns.tsx';

const from = '/t/$tenant/tools';

/** The tools that the tenant may use: its own and the global ones. */
export default function ToolsPage() {
  const params = useParams({ from });
  const filters = createListFilters(useSearch({ from }));
  const navigate = useNavigate({ from });
  const can = useCan();
  const enabled = createEnabledSwitch();
  const columns = toolColumns(enabled, () => can('tools.enable'));
  const list = createPaged(queries.tools.list, filters.values);
  useTitle(() => t('Tools'));
  // Every value seen so far: filtering by one must not remove the others from the menu.
  const seen = (of: (tool: ToolRow) => string) =>
    createMemo<readonly string[]>(
      (before) => [...new Set([...before, ...(list.rows() ?? []).map(of)])].sort(),
      [],
    );
  const types = seen((tool) => tool.type);
  const categories = seen((tool) => tool.category);

  const newTool: NewRow = {
    label: t('New tool'),
    link: { to: '/t/$tenant/tools/new', params: params(), search: {} },
  };
  const rowActions = (tool: ToolRow): Action[] => {
    const at = { tenant: params().tenant, toolId: tool.id };
    const actions: Action[] = [];
    if (can('tools.execute') && tool.enabled) {
      actions.push({
        id: 'row:run',
        label: t`Run ${tool.name}`,
        keys: 'r',
        group: 'Selection',
        run: () => void navigate({ to: '/t/$tenant/tools/$toolId/run', params: at, search: {} }),
      });
    }
    if (tool.writable) {
      actions.push({
        id: 'row:edit',
        label: t`Edit ${tool.name}`,
        keys: 'e',
        group: 'Selection',
        run: () => void navigate({ to: '/t/$tenant/tools/$toolId/edit', params: at }),
      });
    }
    if (can('tools.enable')) {
      actions.push({
        id: 'row:enabled',
        label: tool.enabled
          ? t`Disable ${tool.name} for this organization`
          : t`Enable ${tool.name} for this organization`,
        group: 'Selection',
        run: () => void enabled.set(tool, !tool.enabled),
      });
    }
    return actions;
  };

  const nothingYet = () => list.rows()?.length === 0 && !filters.active();
  const bulk = createToolBulk();

  return (
    <ListPage
      name="tools"
      title={t('Tools')}
      list={list}
      filters={filters}
      chips={
        <>
          <Filter
            filters={filters}
            name="scope"
            label={t('Scope')}
            options={[
              { value: 'tenant', label: t('Organization') },
              { value: 'global', label: t('Global') },
            ]}
          />
          <Filter
            filters={filters}
            name="status"
            label={t('Status')}
            options={[
              { value: 'enabled', label: t('Enabled') },
              { value: 'disabled', label: t('Disabled') },
            ]}
          />
          <Filter
            filters={filters}
            name="type"
            label={t('Type')}
            options={types().map((value) => ({ value, label: toolTypeWord(value) }))}
          />
          <Filter
            filters={filters}
            name="category"
            label={t('Category')}
            options={categories().map((value) => ({ value, label: value }))}
          />
        </>
      }
      newRow={can('tools.write') ? newTool : undefined}
      actions={
        <>
          <Show when={can('credentials.read')}>
            <ButtonLink to="/t/$tenant/tools/export" params={params()}>
              {t('Export')}
            </ButtonLink>
          </Show>
          <Show when={can('tools.write')}>
            <Show when={!nothingYet()}>
              <ButtonLink to="/t/$tenant/tools/templates" params={params()} search={{}}>
                {t('Browse templates')}
              </ButtonLink>
            </Show>
            <ButtonLink to="/t/$tenant/tools/import" params={params()} search={{}}>
              {t('Import')}
            </ButtonLink>
          </Show>
        </>
      }
      columns={columns}
      rowId={(tool) => tool.id}
      rowLink={(tool) => ({
        to: '/t/$tenant/tools/$toolId',
        params: { tenant: params().tenant, toolId: tool.id },
        search: {},
      })}
      rowActions={rowActions}
      bulk={can('tools.enable') ? bulk : undefined}
      empty={{
        text: t(
          'A tool is one call to another system, with a schema for its input and rules for timeouts and retries. Every execution is recorded.',
        ),
        action: can('tools.write') ? (
          <>
            <ButtonLink to="/t/$tenant/tools/templates" params={params()} search={{}} variant="primary">
              {t('Browse templates')}
            </ButtonLink>
            <ButtonLink to="/t/$tenant/tools/new" params={params()} search={{}}>
              {t('New tool')}
            </ButtonLink>
          </>
        ) : undefined,
      }}
    />
  );
}
