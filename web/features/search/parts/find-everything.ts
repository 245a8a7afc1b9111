import { keepPreviousData } from '@tanstack/solid-query';
import {
  Activity,
  Archive,
  BookOpen,
  Cable,
  CalendarClock,
  Clock,
  FileInput,
  FileOutput,
  KeyRound,
  Layers,
  LayoutTemplate,
  ListChecks,
  Play,
  Plus,
  Settings,
  TriangleAlert,
  User,
  Wrench,
} from 'lucide-solid';
import { isNearly } from '../../../../shared/finding/typing-errors.ts';
import type { Permission } from '../../../../shared/identity/roles.ts';
import type { FoundType } from '../../../../shared/search/search-schemas.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import type { Icon } from '../../../kit/button.tsx';
import { type Finder, type Found, matches, wordsOf } from '../../../shell/finder.ts';
import { recentVisits } from '../../../shell/recent.ts';
import { t } from '../../../words/words.ts';

const shown: Record<FoundType, { group: string; icon: Icon }> = {
  execution: { group: t('Executions'), icon: Activity },
  exception: { group: t('Exceptions'), icon: TriangleAlert },
  run: { group: t('Playbook runs'), icon: Play },
  tool: { group: t('Tools'), icon: Wrench },
  playbook: { group: t('Playbooks'), icon: ListChecks },
  connector: { group: t('Connectors'), icon: Cable },
  member: { group: t('Exceptions of a person'), icon: User },
  credential: { group: t('Credentials'), icon: KeyRound },
  schedule: { group: t('Schedules'), icon: CalendarClock },
  batch: { group: t('Batches'), icon: Layers },
  template: { group: t('Templates'), icon: LayoutTemplate },
};

interface Page {
  path: string;
  label: string;
  icon: Icon;
  permission: Permission;
}

/** Pages that are no place of the navigation. */
const pages: readonly Page[] = [
  { path: 'playbook-runs', label: t('Playbook runs'), icon: Play, permission: 'runs.read' },
  { path: 'archived', label: t('Archived'), icon: Archive, permission: 'archived.read' },
  { path: 'tools/templates', label: t('Templates of tools'), icon: LayoutTemplate, permission: 'tools.read' },
  {
    path: 'playbooks/templates',
    label: t('Templates of playbooks'),
    icon: LayoutTemplate,
    permission: 'playbooks.read',
  },
  { path: 'tools/new', label: t('New tool'), icon: Plus, permission: 'tools.write' },
  { path: 'tools/import', label: t('Import tools'), icon: FileInput, permission: 'tools.write' },
  { path: 'tools/export', label: t('Export definitions'), icon: FileOutput, permission: 'credentials.read' },
  { path: 'connectors/new', label: t('New connector'), icon: Plus, permission: 'connectors.write' },
  { path: 'playbooks/new', label: t('New playbook'), icon: Plus, permission: 'playbooks.write' },
  { path: 'batches/new', label: t('New batch'), icon: Plus, permission: 'tools.execute' },
  { path: 'schedules/new', label: t('New schedule'), icon: Plus, permission: 'schedules.write' },
  { path: 'profile', label: t('My profile'), icon: User, permission: 'account.read' },
];

/** A part of the settings; the routes know which there are. */
export interface Sections {
  label: string;
  sections: readonly { id: string; label: string; permission: Permission }[];
}

/** A part of the documentation. */
export interface Docs {
  title: string;
  pages: readonly { id: string; title: string }[];
}

/** Finds everything that the person may list, by one request for each pause; pages and sections at once, by none. */
export const createFinder =
  (groups: readonly Sections[], docGroups: readonly Docs[]): Finder =>
  (asked, typed) => {
    const can = useCan();
    const me = useMe();
    const query = useQuery(() => ({
      ...queries.search.all({ q: asked() }),
      enabled: asked() !== '',
      placeholderData: keepPreviousData,
      retry: false,
    }));
    const at = (path: string) => `/t/${tenantSlug()}/${path}`;

    const recent = (): Found[] =>
      recentVisits(me()?.actor.id ?? '', tenantSlug())
        .filter(({ url }) => url !== location.pathname)
        .map(({ url, label }) => ({ id: url, group: t('Recent'), label, icon: Clock, url }));
    const known = (): Found[] => [
      ...pages
        .filter(({ permission }) => can(permission))
        .map(({ path, label, icon }) => ({ id: path, group: t('Pages'), label, icon, url: at(path) })),
      ...groups.flatMap(({ label: detail, sections }) =>
        sections
          .filter(({ permission }) => can(permission))
          .map(({ id, label }) => ({
            id,
            group: t('Settings'),
            label,
            detail,
            icon: Settings,
            url: at(`settings/${id}`),
          })),
      ),
    ];
    const documentation = (): Found[] =>
      docGroups.flatMap(({ title: detail, pages }) =>
        pages.map(({ id, title }) => ({
          id: `docs:${id}`,
          group: t('Documentation'),
          label: title,
          detail,
          icon: BookOpen,
          url: at(`docs/${id}`),
        })),
      );
    /** The answer is there, and is that nothing has it. */
    const nothing = () =>
      asked() !== '' &&
      asked() === typed().trim() &&
      !query.isFetching &&
      query.isSuccess &&
      query.data.items.length === 0;
    /** With typing errors only where nothing is called so: what is found at once must not be replaced. */
    const fitting = (all: readonly Found[], words: readonly string[]): Found[] => {
      const text = ({ label, detail = '', group }: Found) => `${label} ${detail} ${group}`;
      const exact = all.filter((each) => matches(text(each), words));
      return exact.length === 0 && nothing() ? all.filter((each) => isNearly(text(each), words)) : exact;
    };
    return {
      nothing,
      searching: () => query.isFetching,
      failed: () => query.isError,
      outdated: () => query.isPlaceholderData,
      found: () =>
        (asked() !== '' && query.isSuccess ? query.data.items : []).map(
          ({ type, id, title, subtitle, url }) => ({
            id,
            ...shown[type],
            label: title,
            detail: subtitle,
            url,
          }),
        ),
      pages: () => {
        const words = wordsOf(typed());
        return words.length === 0 ? recent() : fitting(known(), words);
      },
      documentation: () => {
        const words = wordsOf(typed());
        const text = typed().trim();
        // Before the answer, Enter would lead here.
        if (words.length === 0 || text !== asked() || query.isFetching) return [];
        return [
          ...fitting(documentation(), words),
          {
            id: 'docs:search',
            group: t('Documentation'),
            label: t`Search the documentation for “${text}”`,
            icon: BookOpen,
            url: `${at('docs')}?q=${encodeURIComponent(text)}`,
          },
        ];
      },
    };
  };
