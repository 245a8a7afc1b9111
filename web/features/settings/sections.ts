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
    label: 'Calls',
    sections: [
      {
        id: 'private-addresses',
        label: 'Private addresses',
        permission: 'settings.read',
        component: lazy(() =>
          import('./addresses/egress-settings.tsx').then((page) => ({ default: page.EgressSettings })),
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
    ],
  },
];

export const settingsSections: readonly SettingsSection[] = settingsGroups.flatMap(
  ({ sections }) => sections,
);
