import { useMe } from '../../api/me.ts';
import { PageBody, PageHeader, Section } from '../../kit/page-header.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { DomainSettings } from './domain-settings.tsx';
import { EgressSettings } from './egress-settings.tsx';
import { WebhookSettings } from './webhook-settings.tsx';

/** The settings of the tenant. */
export default function SettingsPage() {
  const me = useMe();
  useTitle(() => 'Settings');
  return (
    <>
      <PageHeader title="Settings" aside={<span class="text-muted">{me()?.tenant.name}</span>} />
      <PageBody>
        <Section title="Private addresses" class="max-w-180">
          <EgressSettings />
        </Section>
        <Section title="Exception domains" class="max-w-180">
          <DomainSettings />
        </Section>
        <Section title="Webhooks" class="max-w-180">
          <WebhookSettings />
        </Section>
      </PageBody>
    </>
  );
}
