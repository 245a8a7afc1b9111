import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { toApiError } from '../../../api/api-error.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import { counted, rich, t } from '../../../words/words.ts';

/** The published playbooks and the waiting steps that call a tool, the tools that it undoes, and whether there are any. */
export function useToolUses(toolId: () => string, enabled: () => boolean = () => true) {
  const query = useQuery(() => ({
    ...queries.tools.uses({ id: toolId() }),
    enabled: enabled(),
    // A decision must not rest on an old list.
    staleTime: 0,
  }));
  return {
    query,
    used: () =>
      query.isSuccess &&
      query.data.playbooks.length +
        query.data.waitingSteps.length +
        query.data.undoes.length +
        query.data.organizationsElsewhere >
        0,
  };
}

/** @param consequence what happens to them, such as "They keep calling it under its new name." */
export function ToolUses(props: { uses: ReturnType<typeof useToolUses>; consequence: string }) {
  const { query, used } = props.uses;
  const params = () => ({ tenant: tenantSlug() });
  return (
    <>
      <Show when={query.isError}>
        <p class="text-unknown" role="status">
          {rich`The playbooks that use this tool could not be listed: ${() => toApiError(query.error).message}`}
        </p>
      </Show>
      <Show when={used() && query.data}>
        {(uses) => (
          <section aria-label={t('Uses of this tool')} class="mt-2 flex flex-col gap-1">
            <p class="font-medium">{rich`In use. ${() => props.consequence}`}</p>
            <ul class="max-h-48 overflow-auto border-t">
              <For each={uses().playbooks}>
                {(playbook) => (
                  <li class="border-b py-1.5">
                    <Link
                      class="text-accent hover:text-accent-hover"
                      to="/t/$tenant/playbooks/$playbookId"
                      params={{ ...params(), playbookId: playbook.id }}
                    >
                      {playbook.title}
                    </Link>{' '}
                    <span class="text-muted">
                      v{playbook.version}, {playbook.stepIds.join(', ')}
                    </span>
                  </li>
                )}
              </For>
              <For each={uses().waitingSteps}>
                {(step) => (
                  <li class="border-b py-1.5">
                    <Link
                      class="text-accent hover:text-accent-hover"
                      to="/t/$tenant/playbook-runs/$runId"
                      params={{ ...params(), runId: step.runId }}
                    >
                      {step.title}
                    </Link>{' '}
                    <span class="text-muted">{t('waiting in a run')}</span>
                  </li>
                )}
              </For>
              <For each={uses().undoes}>
                {(tool) => (
                  <li class="border-b py-1.5">
                    <Link
                      class="text-accent hover:text-accent-hover"
                      to="/t/$tenant/tools/$toolId"
                      params={{ ...params(), toolId: tool.id }}
                      search={{}}
                    >
                      {tool.title}
                    </Link>{' '}
                    <span class="text-muted">{t('is undone by it, by its name')}</span>
                  </li>
                )}
              </For>
              <Show when={uses().organizationsElsewhere}>
                {(count) => (
                  <li class="border-b py-1.5">
                    {counted(count(), '{0} other organization|{0} other organizations')}
                  </li>
                )}
              </Show>
            </ul>
          </section>
        )}
      </Show>
    </>
  );
}
