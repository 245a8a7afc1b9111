import { Link, useParams, useSearch } from '@tanstack/solid-router';
import { createMemo } from 'solid-js';
import { templateCategories } from '../../../../../shared/templates/template-data.ts';
import { createPaged } from '../../../../api/paged.ts';
import { useQuery } from '../../../../api/query.ts';
import { type Outputs, queries } from '../../../../api/trpc.ts';
import type { Column } from '../../../../kit/data-table/column.tsx';
import { textColumn } from '../../../../kit/data-table/common-columns.tsx';
import { compareTexts } from '../../../../kit/format.ts';
import { Filter } from '../../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../../kit/list-page/list-filters.ts';
import { ListPage } from '../../../../kit/list-page/list-page.tsx';
import { useTitle } from '../../../../shell/use-title.ts';
import { currentLanguage } from '../../../../words/region.ts';
import { t } from '../../../../words/words.ts';
import { authTypeWord } from '../../parts/tool-words.ts';

const from = '/t/$tenant/tools/templates';

type TemplateRow = Outputs['templates']['list']['items'][number];

const abbreviations = new Map<string, string>([
  ['ai', 'AI'],
  ['crm', 'CRM'],
]);

const categoryWord = (category: string): string =>
  abbreviations.get(category) ?? `${category.slice(0, 1).toUpperCase()}${category.slice(1)}`;

const columns: readonly Column<TemplateRow>[] = [
  {
    id: 'title',
    header: t('Template'),
    main: true,
    cell: (template) => (
      <>
        <span class="font-medium">{template().title}</span>
        <span class="ml-2 text-muted text-sm max-sm:hidden">{template().description}</span>
        <span class="ml-2 text-muted text-sm sm:hidden">{template().serviceTitle}</span>
      </>
    ),
  },
  textColumn(
    { id: 'service', header: t('Service'), needs: 'medium', width: '148px' },
    ({ serviceTitle }) => serviceTitle,
  ),
  textColumn({ id: 'category', header: t('Category'), needs: 'medium', width: '124px' }, ({ category }) =>
    categoryWord(category),
  ),
  textColumn({ id: 'auth', header: t('Auth'), needs: 'wide', width: '196px' }, ({ auth }) =>
    authTypeWord(auth),
  ),
  textColumn({ id: 'retry', header: t('Retry'), needs: 'wide', width: '96px' }, ({ safeToRetry }) =>
    safeToRetry ? t('Safe') : t('Sent once'),
  ),
];

/** Ready-made tools for well-known services. */
export default function TemplatesPage() {
  const params = useParams({ from });
  const filters = createListFilters(useSearch({ from }));
  const list = createPaged(queries.templates.list, () => ({
    ...filters.values(),
    language: currentLanguage(),
  }));
  const all = useQuery(() => queries.templates.list({ limit: 200 }));
  const services = createMemo(() => {
    const items = all.isSuccess ? all.data.items : [];
    return [...new Map(items.map(({ service, serviceTitle }) => [service, serviceTitle]))].toSorted(
      ([, a], [, b]) => compareTexts(a, b),
    );
  });
  useTitle(() => t('Templates'));
  return (
    <ListPage
      name="templates"
      title={t('Templates')}
      list={list}
      filters={filters}
      chips={
        <>
          <Filter
            filters={filters}
            name="service"
            label={t('Service')}
            options={services().map(([value, label]) => ({ value, label }))}
          />
          <Filter
            filters={filters}
            name="category"
            label={t('Category')}
            options={templateCategories.map((value) => ({ value, label: categoryWord(value) }))}
          />
        </>
      }
      actions={
        <Link
          to="/t/$tenant/tools"
          params={{ tenant: params().tenant }}
          search={{}}
          class="text-muted hover:text-text"
        >
          {t('All tools')}
        </Link>
      }
      columns={columns}
      rowId={(template) => template.id}
      rowLink={(template) => ({
        to: '/t/$tenant/tools/templates/$templateId',
        params: { tenant: params().tenant, templateId: template.id },
      })}
      empty={{ text: t('This installation has no templates.') }}
    />
  );
}
