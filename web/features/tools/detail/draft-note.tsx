import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { createSignal, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button, ButtonLink } from '../../../kit/button.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { PublishDraftDialog } from '../parts/publish-draft.tsx';
import type { Tool } from '../parts/tool-words.ts';

/** A draft waits to be tested and published. */
export function DraftNote(props: { tool: Tool; version: number; tenant: string }) {
  const can = useCan();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = createSignal<'publish' | 'discard' | null>(null);
  const isNew = () => props.tool.version === 0;
  const discard = async () => {
    const gone = isNew();
    await api.tools.discardDraft.mutate({ id: props.tool.id });
    toast(t('The draft was discarded'));
    if (gone) await navigate({ to: '/t/$tenant/tools', params: { tenant: props.tenant }, search: {} });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
  };
  return (
    <section
      aria-label={t('Draft')}
      class="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-sunken px-6 max-sm:px-4 py-2"
    >
      <p class="min-w-60 flex-1">
        {isNew()
          ? t('This tool was never published: only tests call it.')
          : t`v${props.version} is a draft: only tests call it. Everyone else gets v${props.tool.version}.`}
      </p>
      <Show when={props.tool.writable}>
        <div class="flex flex-wrap gap-2">
          <Button variant="quiet" onClick={() => setAsking('discard')}>
            {t('Discard')}
          </Button>
          <Show when={can('tools.execute')}>
            <ButtonLink
              to="/t/$tenant/tools/$toolId/run"
              params={{ tenant: props.tenant, toolId: props.tool.id }}
              search={{ draft: props.version }}
            >
              {t('Test draft')}
            </ButtonLink>
          </Show>
          <Button onClick={() => setAsking('publish')}>{t('Publish')}</Button>
        </div>
      </Show>
      <ActionDialog
        open={asking() === 'discard'}
        onClose={() => setAsking(null)}
        onConfirm={discard}
        title={t`Discard v${props.version}`}
        verb={t('Discard')}
        danger
        failed={t('The draft was not discarded.')}
      >
        {isNew()
          ? t('The tool is archived: nothing but this draft was ever written of it.')
          : t('Its tests stay among the executions. The published version does not change.')}
      </ActionDialog>
      <Show when={asking() === 'publish'}>
        <PublishDraftDialog
          toolId={props.tool.id}
          version={props.version}
          onClose={() => setAsking(null)}
          onPublished={() => setAsking(null)}
        />
      </Show>
    </section>
  );
}
