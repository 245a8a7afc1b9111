import { Link, useParams } from '@tanstack/solid-router';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import { PageBody, PageHeader } from '../../../../kit/page-header.tsx';
import { QueryView } from '../../../../kit/query-view.tsx';
import { useTitle } from '../../../../shell/use-title.ts';
import { currentLanguage } from '../../../../words/region.ts';
import { t } from '../../../../words/words.ts';
import { InstallTemplate } from './install-template.tsx';

const from = '/t/$tenant/tools/templates/$templateId';

/** What a ready-made tool does, and installing it. */
export default function TemplatePage() {
  const params = useParams({ from });
  const query = useQuery(() =>
    queries.templates.get({ id: params().templateId, language: currentLanguage() }),
  );
  const title = () => (query.isSuccess ? `${query.data.serviceTitle}: ${query.data.title}` : t('Template'));
  useTitle(title);
  return (
    <>
      <PageHeader
        title={title()}
        back={
          <Link
            to="/t/$tenant/tools/templates"
            params={{ tenant: params().tenant }}
            search={{}}
            class="hover:text-text"
          >
            {t('Templates')}
          </Link>
        }
      />
      <QueryView query={query} what={t('The template could not be loaded')}>
        {(template) => (
          <PageBody>
            <InstallTemplate template={template()} />
          </PageBody>
        )}
      </QueryView>
    </>
  );
}
