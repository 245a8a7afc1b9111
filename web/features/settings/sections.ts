import { type Component, lazy } from 'solid-js';
import type { Permission } from '../../../shared/identity/roles.ts';
import { t } from '../../words/words.ts';

export interface SettingsSection {
  /** In the URL: /t/acme/settings/<id>. */
  id: string;
  label: string;
  /** Who may read it. Others do not see it in the list. */
  permission: Permission;
  /** Wide: a table. Otherwise a form of a readable width. */
  wide?: true;
  component: Component;
}

export interface SettingsGroup {
  label: string;
  sections: readonly SettingsSection[];
}

/** Every page of the settings: one line each. */
export const settingsGroups: readonly SettingsGroup[] = [
  {
    label: t('People'),
    sections: [
      {
        id: 'members',
        label: t('Members'),
        permission: 'members.read',
        wide: true,
        component: lazy(() =>
          import('./members/member-settings.tsx').then((page) => ({ default: page.MemberSettings })),
        ),
      },
      {
        id: 'api-keys',
        label: t('API keys'),
        permission: 'api_keys.read',
        wide: true,
        component: lazy(() =>
          import('./api-keys/api-key-settings.tsx').then((page) => ({ default: page.ApiKeySettings })),
        ),
      },
      {
        id: 'connected-apps',
        label: t('Connected apps'),
        permission: 'api_keys.read',
        component: lazy(() =>
          import('./apps/app-settings.tsx').then((page) => ({ default: page.AppSettings })),
        ),
      },
      {
        id: 'organization',
        label: t('Organization'),
        permission: 'members.write',
        component: lazy(() =>
          import('./organizations/own-organization.tsx').then((page) => ({ default: page.OwnOrganization })),
        ),
      },
      {
        id: 'organizations',
        label: t('Organizations'),
        permission: 'organizations.write',
        component: lazy(() =>
          import('./organizations/organization-settings.tsx').then((page) => ({
            default: page.OrganizationSettings,
          })),
        ),
      },
    ],
  },
  {
    label: t('Calls'),
    sections: [
      {
        id: 'policies',
        label: t('Policies'),
        permission: 'policies.read',
        wide: true,
        component: lazy(() =>
          import('./policies/policy-settings.tsx').then((page) => ({ default: page.PolicySettings })),
        ),
      },
      {
        id: 'limits',
        label: t('Limits'),
        permission: 'limits.read',
        wide: true,
        component: lazy(() =>
          import('./limits/limit-settings.tsx').then((page) => ({ default: page.LimitSettings })),
        ),
      },
      {
        id: 'private-addresses',
        label: t('Private addresses'),
        permission: 'settings.read',
        component: lazy(() =>
          import('./addresses/egress-settings.tsx').then((page) => ({ default: page.EgressSettings })),
        ),
      },
      {
        id: 'egress',
        label: t('Egress'),
        permission: 'egress.read',
        wide: true,
        component: lazy(() =>
          import('./egress/egress-page.tsx').then((page) => ({ default: page.EgressPage })),
        ),
      },
      {
        id: 'redaction',
        label: t('Redaction'),
        permission: 'settings.read',
        component: lazy(() =>
          import('./redaction/redaction-settings.tsx').then((page) => ({
            default: page.RedactionSettingsPage,
          })),
        ),
      },
      {
        id: 'webhooks',
        label: t('Webhooks'),
        permission: 'settings.read',
        component: lazy(() =>
          import('./webhooks/webhook-settings.tsx').then((page) => ({ default: page.WebhookSettings })),
        ),
      },
      {
        id: 'notification-channels',
        label: t('Notification channels'),
        permission: 'notification_channels.read',
        component: lazy(() =>
          import('./notification-channels/channel-settings.tsx').then((page) => ({
            default: page.ChannelSettings,
          })),
        ),
      },
    ],
  },
  {
    label: t('Secrets'),
    sections: [
      {
        id: 'credentials',
        label: t('Credentials'),
        permission: 'credentials.read',
        wide: true,
        component: lazy(() =>
          import('./credentials/credential-settings.tsx').then((page) => ({
            default: page.CredentialSettings,
          })),
        ),
      },
      {
        id: 'encryption-keys',
        label: t('Encryption keys'),
        permission: 'vault.read',
        component: lazy(() =>
          import('./encryption-keys/encryption-keys.tsx').then((page) => ({ default: page.EncryptionKeys })),
        ),
      },
    ],
  },
  {
    label: t('Records'),
    sections: [
      {
        id: 'retention',
        label: t('Retention'),
        permission: 'settings.read',
        component: lazy(() =>
          import('./retention/retention-settings.tsx').then((page) => ({
            default: page.RetentionSettingsPage,
          })),
        ),
      },
      {
        id: 'legal-holds',
        label: t('Legal holds'),
        permission: 'legal_holds.read',
        component: lazy(() =>
          import('./legal-holds/legal-hold-settings.tsx').then((page) => ({
            default: page.LegalHoldSettings,
          })),
        ),
      },
      {
        id: 'personal-data',
        label: t('Personal data'),
        permission: 'personal_data.read',
        component: lazy(() =>
          import('./personal-data/personal-data-settings.tsx').then((page) => ({
            default: page.PersonalDataSettings,
          })),
        ),
      },
    ],
  },
  {
    label: t('Cases'),
    sections: [
      {
        id: 'exception-domains',
        label: t('Exception domains'),
        permission: 'exceptions.read',
        component: lazy(() =>
          import('./domains/domain-settings.tsx').then((page) => ({ default: page.DomainSettings })),
        ),
      },
      {
        id: 'inbound-webhooks',
        label: t('Inbound webhooks'),
        permission: 'inbound_webhooks.read',
        wide: true,
        component: lazy(() =>
          import('./inbound/inbound-settings.tsx').then((page) => ({ default: page.InboundSettings })),
        ),
      },
      {
        id: 'rules',
        label: t('Rules'),
        permission: 'rules.read',
        wide: true,
        component: lazy(() =>
          import('./rules/rule-settings.tsx').then((page) => ({ default: page.RuleSettings })),
        ),
      },
    ],
  },
];

export const settingsSections: readonly SettingsSection[] = settingsGroups.flatMap(
  ({ sections }) => sections,
);
