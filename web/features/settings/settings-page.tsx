import { Link, useNavigate, useParams } from '@tanstack/solid-router';
import { For, Show, Suspense } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useCan, useMe } from '../../api/me.ts';
import { EmptyState } from '../../kit/empty-state.tsx';
import { inputClass } from '../../kit/field.tsx';
import { PageBody, PageHeader, Section } from '../../kit/page-header.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { t } from '../../words/words.ts';
import { settingsGroups, settingsSections } from './sections.ts';

/** The settings of the tenant: a list of pages, and the one that the URL names. */
export default function SettingsPage() {
  const me = useMe();
  const can = useCan();
  const navigate = useNavigate();
  const params = useParams({ from: '/t/$tenant/settings/$section' });
  const section = () =>
    settingsSections.find(
      ({ id, permission }) => id === params().section && (me() === undefined || can(permission)),
    );
  useTitle(() => section()?.label ?? t('Settings'));
  const groups = () =>
    settingsGroups
      .map((group) => ({
        ...group,
        sections: group.sections.filter(({ permission }) => can(permission)),
      }))
      .filter(({ sections }) => sections.length > 0);
  return (
    <>
      <PageHeader title={t('Settings')} aside={<span class="text-muted">{me()?.tenant.name}</span>} />
      <div class="flex min-h-0 flex-1 max-md:flex-col">
        <div class="border-b px-4 py-2 md:hidden">
          <select
            aria-label={t('Settings page')}
            class={inputClass}
            onChange={({ currentTarget }) =>
              void navigate({
                to: '/t/$tenant/settings/$section',
                params: { tenant: me()?.tenant.slug ?? '', section: currentTarget.value },
              })
            }
          >
            <For each={groups()}>
              {(group) => (
                <optgroup label={group.label}>
                  <For each={group.sections}>
                    {({ id, label }) => (
                      <option value={id} selected={id === params().section}>
                        {label}
                      </option>
                    )}
                  </For>
                </optgroup>
              )}
            </For>
          </select>
        </div>
        <nav
          aria-label={t('Settings')}
          class="flex shrink-0 flex-col gap-3 overflow-auto border-r px-4 py-4 max-md:hidden md:w-52"
        >
          <For each={groups()}>
            {(group) => (
              <div class="flex flex-col gap-px">
                <span class="px-2 py-1 text-faint text-xs">{group.label}</span>
                <For each={group.sections}>
                  {({ id, label }) => (
                    <Link
                      to="/t/$tenant/settings/$section"
                      params={{ tenant: me()?.tenant.slug ?? '', section: id }}
                      class="flex min-h-7 items-center rounded-md px-2 py-0.5 text-muted hover:bg-rail-active hover:text-text"
                      activeProps={{ class: 'bg-rail-active font-medium text-text', 'aria-current': 'page' }}
                    >
                      {label}
                    </Link>
                  )}
                </For>
              </div>
            )}
          </For>
        </nav>
        <PageBody>
          <Show when={section()} keyed fallback={<EmptyState title={t('Settings page not found')} />}>
            {({ label, wide, component }) => (
              <Section title={label} class={wide ? '' : 'max-w-180'}>
                <Suspense>
                  <Dynamic component={component} />
                </Suspense>
              </Section>
            )}
          </Show>
        </PageBody>
      </div>
    </>
  );
}
