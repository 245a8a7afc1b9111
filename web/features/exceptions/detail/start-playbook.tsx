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
import { stepAt, stepPaths, textOf } from '../../playbooks/parts/outline.ts';
import { RunInputDialog } from '../../playbooks/parts/run-input-dialog.tsx';

type Playbook = Outputs['playbooks']['list']['items'][number];
type Run = Outputs['runs']['start'];

type Startable = Pick<Playbook, 'id' | 'title' | 'description'>;
interface Asking {
  playbook: Startable;
  schema: JsonSchema;
  /** Shown before it is started; null: it was chosen among its like. */
  steps: readonly string[] | null;
}

/** Starts playbooks on an exception; `dialog` asks for what is missing. */
export function createPlaybookStart(props: { exceptionId: string; onStarted: (run: Run) => void }) {
  const client = useQueryClient();
  const [asking, setAsking] = createSignal<Asking>();
  // One key per opening: choosing twice starts one run.
  let key = uuidv7();

  async function start(playbook: Startable, input: unknown): Promise<void> {
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
  async function choose(playbook: Startable): Promise<void> {
    try {
      const { document } = await client.fetchQuery(queries.playbooks.get({ id: playbook.id }));
      const schema = inputSchemaOf(document);
      if (hasFields(schema)) setAsking({ playbook, schema, steps: null });
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

  /** Shows what the playbook does before it is started. */
  async function ask(id: string): Promise<void> {
    try {
      const playbook = await client.fetchQuery(queries.playbooks.get({ id }));
      const document = playbook.document ?? {};
      key = uuidv7();
      setAsking({
        playbook,
        schema: inputSchemaOf(document),
        steps: stepPaths(document).map((path) => textOf(stepAt(document, path), 'title')),
      });
    } catch (error) {
      toastError(t('The playbook could not be loaded'), error);
    }
  }

  const dialog = (
    <Show when={asking()}>
      {(at) => (
        <RunInputDialog
          title={at().playbook.title}
          description={at().playbook.description}
          schema={at().schema}
          onClose={() => setAsking(undefined)}
          onStart={(input) => start(at().playbook, input)}
        >
          <Show when={at().steps}>
            {(steps) => (
              <div>
                <h3 class="pb-1 font-medium text-sm">{t('What it does')}</h3>
                <ol class="list-decimal pl-5 text-muted">
                  <For each={steps()}>{(title) => <li>{title}</li>}</For>
                </ol>
              </div>
            )}
          </Show>
        </RunInputDialog>
      )}
    </Show>
  );
  return {
    choose,
    ask,
    dialog,
    newKey: () => {
      key = uuidv7();
    },
  };
}

/** The playbooks that match. */
export function StartPlaybook(props: {
  start: ReturnType<typeof createPlaybookStart>;
  playbooks: readonly Playbook[];
  primary: boolean;
  handle: (handle: MenuHandle) => void;
}) {
  return (
    <Menu
      handle={props.handle}
      onOpenChange={(open) => {
        if (open) props.start.newKey();
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
          <MenuItem onSelect={() => void props.start.choose(playbook)}>
            {playbook.title} <span class="text-faint">v{playbook.version}</span>
            <span class="ml-2 text-faint text-sm">{counted(playbook.steps, '{0} step|{0} steps')}</span>
          </MenuItem>
        )}
      </For>
    </Menu>
  );
}
