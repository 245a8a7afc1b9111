import { useParams } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { PageBody, PageHeader, Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { OwnSettingsForm } from './own-settings-form.tsx';

/** The notification settings of the person in this organization: ways by kind, digest and quiet hours. */
export default function OwnSettingsPage() {
  const params = useParams({ from: '/t/$tenant/profile/notifications' });
  const query = useQuery(() => queries.notifications.settings());
  useTitle(() => t('Notification settings'));
  return (
    <>
      <PageHeader
        title={t('Notification settings')}
        actions={
          <ButtonLink variant="quiet" to="/t/$tenant/notifications" params={{ tenant: params().tenant }}>
            {t('Notifications')}
          </ButtonLink>
        }
      />
      <PageBody>
        <Section title={t('Notifications of this organization')} class="max-w-220">
          <QueryView query={query} what={t('The settings could not be loaded')}>
            {(settings) => <OwnSettingsForm settings={settings()} />}
          </QueryView>
        </Section>
      </PageBody>
    </>
  );
}
