import { type Component, lazy } from 'solid-js';
import type { Permission } from '../../../shared/identity/roles.ts';

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
    label: 'People',
    sections: [
      {
        id: 'members',
        label: 'Members',
        permission: 'members.read',
        wide: true,
        component: lazy(() =>
          import('./members/member-settings.tsx').then((page) => ({ default: page.MemberSettings })),
        ),
      },
      {
        id: 'api-keys',
        label: 'API keys',
        permission: 'api_keys.read',
        wide: true,
        component: lazy(() =>
          import('./api-keys/api-key-settings.tsx').then((page) => ({ default: page.ApiKeySettings })),
        ),
      },
      {
        id: 'connected-apps',
        label: 'Connected apps',
        permission: 'api_keys.read',
        component: lazy(() =>
          import('./apps/app-settings.tsx').then((page) => ({ default: page.AppSettings })),
        ),
      },
      {
        id: 'organization',
        label: 'Organization',
        permission: 'members.write',
        component: lazy(() =>
          import('./organizations/own-organization.tsx').then((page) => ({ default: page.OwnOrganization })),
        ),
      },
      {
        id: 'organizations',
        label: 'Organizations',
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
    label: 'Calls',
    sections: [
      {
        id: 'policies',
        label: 'Policies',
        permission: 'policies.read',
        wide: true,
        component: lazy(() =>
          import('./policies/policy-settings.tsx').then((page) => ({ default: page.PolicySettings })),
        ),
      },
      {
        id: 'limits',
        label: 'Limits',
        permission: 'limits.read',
        wide: true,
        component: lazy(() =>
          import('./limits/limit-settings.tsx').then((page) => ({ default: page.LimitSettings })),
        ),
      },
      {
        id: 'private-addresses',
        label: 'Private addresses',
        permission: 'settings.read',
        component: lazy(() =>
          import('./addresses/egress-settings.tsx').then((page) => ({ default: page.EgressSettings })),
        ),
      },
      {
        id: 'egress',
        label: 'Egress',
        permission: 'egress.read',
        wide: true,
        component: lazy(() =>
          import('./egress/egress-page.tsx').then((page) => ({ default: page.EgressPage })),
        ),
      },
      {
        id: 'redaction',
        label: 'Redaction',
        permission: 'settings.read',
        component: lazy(() =>
          import('./redaction/redaction-settings.tsx').then((page) => ({
            default: page.RedactionSettingsPage,
          })),
        ),
      },
      {
        id: 'webhooks',
        label: 'Webhooks',
        permission: 'settings.read',
        component: lazy(() =>
          import('./webhooks/webhook-settings.tsx').then((page) => ({ default: page.WebhookSettings })),
        ),
      },
    ],
  },
  {
    label: 'Secrets',
    sections: [
      {
        id: 'credentials',
        label: 'Credentials',
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
        label: 'Encryption keys',
        permission: 'vault.read',
        component: lazy(() =>
          import('./encryption-keys/encryption-keys.tsx').then((page) => ({ default: page.EncryptionKeys })),
        ),
      },
    ],
  },
  {
    label: 'Records',
    sections: [
      {
        id: 'retention',
        label: 'Retention',
        permission: 'settings.read',
        component: lazy(() =>
          import('./retention/retention-settings.tsx').then((page) => ({
            default: page.RetentionSettingsPage,
          })),
        ),
      },
      {
        id: 'legal-holds',
        label: 'Legal holds',
        permission: 'legal_holds.read',
        component: lazy(() =>
          import('./legal-holds/legal-hold-settings.tsx').then((page) => ({
            default: page.LegalHoldSettings,
          })),
        ),
      },
      {
        id: 'personal-data',
        label: 'Personal data',
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
    label: 'Cases',
    sections: [
      {
        id: 'exception-domains',
        label: 'Exception domains',
        permission: 'exceptions.read',
        component: lazy(() =>
          import('./domains/domain-settings.tsx').then((page) => ({ default: page.DomainSettings })),
        ),
      },
      {
        id: 'inbound-webhooks',
        label: 'Inbound webhooks',
        permission: 'inbound_webhooks.read',
        wide: true,
        component: lazy(() =>
          import('./inbound/inbound-settings.tsx').then((page) => ({ default: page.InboundSettings })),
        ),
      },
      {
        id: 'rules',
        label: 'Rules',
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
