import { useParams } from '@tanstack/solid-router';
import { createSignal, For, Show } from 'solid-js';
import { playbookTemplates } from '../../../../shared/playbooks/templates/registry.ts';
import { type PlaybookTemplate, withTexts } from '../../../../shared/playbooks/templates/template.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { rich, t } from '../../../words/words.ts';
import { PlaybooksLink } from '../parts/playbooks-link.tsx';

type Tools = Outputs['tools']['list']['items'];

/** Playbooks to start from; each opens in the editor as a draft of one's own. */
export default function PlaybookTemplatesPage() {
  const params = useParams({ from: '/t/$tenant/playbooks/templates' });
  const can = useCan();
  const me = useMe();
  const tools = useQuery(() => queries.tools.list({ status: 'enabled', limit: 200 }));
  let list: HTMLUListElement | undefined;
  /** The tool that is chosen in the row is the row's own, so its link is followed. */
  const use = (index: number) => list?.children[index]?.querySelector('a')?.click();
  useActions(() =>
    playbookTemplates.slice(0, 9).map(({ document }, index) => ({
      id: `template:${index}`,
      label: t`Use ${document.title}`,
      keys: String(index + 1),
      group: 'Page' as const,
      run: () => use(index),
    })),
  );
  useTitle(() => t('Playbook templates'));
  return (
    <>
      <PageHeader title={t('Templates')} back={<PlaybooksLink tenant={params().tenant} />} />
      <PageBody>
        <Show
          when={!me() || can('playbooks.write')}
          fallback={
            <EmptyState title={t('You cannot edit playbooks')}>
              {t('Only tool admins can do this. A tenant admin can give you the role.')}
            </EmptyState>
          }
        >
          <p class="max-w-[68ch] px-6 pt-4 text-muted max-sm:px-4">
            {t(
              'Each one runs as it is: people do every step. Where a tool can do a step, choose it here or later in the editor.',
            )}
          </p>
          <ul ref={list} class="px-6 py-2 max-sm:px-4" aria-label={t('Templates')}>
            <For each={playbookTemplates}>
              {(template, index) => (
                <TemplateRow
                  keys={index() < 9 ? String(index() + 1) : undefined}
                  tenant={params().tenant}
                  template={template}
                  tools={tools.isSuccess ? tools.data.items : []}
                />
              )}
            </For>
          </ul>
        </Show>
      </PageBody>
    </>
  );
}

function TemplateRow(props: {
  keys: string | undefined;
  tenant: string;
  template: PlaybookTemplate;
  tools: Tools;
}) {
  const [tool, setTool] = createSignal('');
  const { document, toolStep, id } = withTexts(props.template, t);
  const step = document.steps.find((each) => each.id === toolStep)?.title;
  return (
    <li class="flex flex-wrap items-end gap-x-6 gap-y-3 border-b py-4 last:border-b-0">
      <div class="min-w-0 flex-[1_1_360px]">
        <h2 class="font-semibold">{document.title}</h2>
        <p class="max-w-[68ch] text-muted">{document.description}</p>
        <p class="mt-1 text-faint text-sm">{document.steps.map(({ title }) => title).join(' → ')}</p>
      </div>
      <div class="flex w-full max-w-80 items-end gap-2">
        <div class="min-w-0 flex-1">
          <Field label={t`Who does “${step}”`}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={tool()}
                onChange={(event) => setTool(event.currentTarget.value)}
              >
                <option value="">{t('A person')}</option>
                <For each={props.tools}>
                  {({ name, title }) => (
                    <option value={name} selected={name === tool()}>
                      {title}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </div>
        <ButtonLink
          to="/t/$tenant/playbooks/new"
          params={{ tenant: props.tenant }}
          search={{ template: id, tool: tool() || undefined }}
          keys={props.keys}
        >
          {rich`Use ${<span class="sr-only">{document.title}</span>}`}
        </ButtonLink>
      </div>
    </li>
  );
}
