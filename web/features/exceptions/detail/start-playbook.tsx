import { useQueryClient } from '@tanstack/solid-query';
import { BookOpen } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import { toApiError } from '../../../api/api-error.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { buttonClass } from '../../../kit/button.tsx';
import { KeyHint } from '../../../kit/key-hint.tsx';
import { Menu, type MenuHandle, MenuItem, MenuLabel } from '../../../kit/menu.tsx';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { counted, t } from '../../../words/words.ts';
import { hasFields, inputSchemaOf } from '../../playbooks/parts/input-schema.ts';
import { RunInputDialog } from '../../playbooks/parts/run-input-dialog.tsx';

type Playbook = Outputs['playbooks']['list']['items'][number];
type Run = Outputs['runs']['start'];

/** Starts one of the playbooks that match; asks for its input first when it takes any. */
export function StartPlaybook(props: {
  exceptionId: string;
  playbooks: readonly Playbook[];
  primary: boolean;
  handle: (handle: MenuHandle) => void;
  onStarted: (run: Run) => void;
}) {
  const client = useQueryClient();
  const [asking, setAsking] = createSignal<{ playbook: Playbook; schema: JsonSchema }>();
  // One key per opening of the menu: choosing twice starts one run.
  let key = uuidv7();

  async function start(playbook: Playbook, input: unknown): Promise<void> {
    const run = await api.runs.start.mutate({
      playbookId: playbook.id,
      exceptionId: props.exceptionId,
      ...(input === undefined ? {} : { input }),
      idempotencyKey: key,
    });
    client.setQueryData(queries.runs.get({ id: run.id }).queryKey, run);
    for (const router of ['runs', 'exceptions'])
      void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
    toast(t`${playbook.title} v${run.playbookVersion} started`);
    props.onStarted(run);
  }
  async function choose(playbook: Playbook): Promise<void> {
    try {
      const { document } = await client.fetchQuery(queries.playbooks.get({ id: playbook.id }));
      const schema = inputSchemaOf(document);
      if (hasFields(schema)) setAsking({ playbook, schema });
      else await start(playbook, undefined);
    } catch (error) {
      toastError(
        toApiError(error).code === 'offline'
          ? t`${playbook.title} may or may not have started`
          : t`${playbook.title} was not started`,
        error,
      );
    }
  }

  return (
    <>
      <Menu
        handle={props.handle}
        onOpenChange={(open) => {
          if (open) key = uuidv7();
        }}
        placement="bottom-end"
        triggerClass={buttonClass(props.primary ? { variant: 'primary', keys: 'p' } : {})}
        trigger={
          <>
            <BookOpen size={14} aria-hidden="true" />
            {t('Start playbook')}
            <Show when={props.primary}>
              <KeyHint keys="p" tone="filled" />
            </Show>
          </>
        }
      >
        <MenuLabel>{t('Matching playbooks')}</MenuLabel>
        <For each={props.playbooks}>
          {(playbook) => (
            <MenuItem onSelect={() => void choose(playbook)}>
              {playbook.title} <span class="text-faint">v{playbook.version}</span>
              <span class="ml-2 text-faint text-sm">{counted(playbook.steps, '{0} step|{0} steps')}</span>
            </MenuItem>
          )}
        </For>
      </Menu>
      <Show when={asking()}>
        {(at) => (
          <RunInputDialog
            title={at().playbook.title}
            description={at().playbook.description}
            schema={at().schema}
            onClose={() => setAsking(undefined)}
            onStart={(input) => start(at().playbook, input)}
          />
        )}
      </Show>
    </>
  );
}
