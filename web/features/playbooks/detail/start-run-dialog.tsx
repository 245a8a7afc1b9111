import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { createSignal, createUniqueId } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { rich, t } from '../../../words/words.ts';
import { type ChosenException, ExceptionPicker } from '../parts/exception-picker.tsx';
import { inputSchemaOf } from '../parts/input-schema.ts';
import { type Playbook, playbookTitle } from '../parts/playbook-words.ts';
import { RunInputDialog } from '../parts/run-input-dialog.tsx';

/** Starts a run of the published version, on an exception or without one, and opens it. */
export function StartRunDialog(props: { playbook: Playbook; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = createUniqueId();
  const [exception, setException] = createSignal<ChosenException | null>(null);
  // One key per dialog: pressing Start twice starts one run.
  const idempotencyKey = uuidv7();

  async function start(input: unknown): Promise<void> {
    const run = await api.runs.start.mutate({
      playbookId: props.playbook.id,
      exceptionId: exception()?.id,
      input,
      idempotencyKey,
    });
    for (const router of ['runs', 'playbooks'])
      void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
    void navigate({
      to: '/t/$tenant/playbook-runs/$runId',
      params: { tenant: tenantSlug(), runId: run.id },
    });
  }

  return (
    <RunInputDialog
      title={playbookTitle(props.playbook)}
      description={t`The run keeps v${props.playbook.version} until it ends.`}
      schema={inputSchemaOf(props.playbook.document)}
      focusOtherwise={() => document.getElementById(id)?.focus()}
      onClose={props.onClose}
      onStart={start}
    >
      <div class="flex flex-col gap-1">
        <label for={id} class="font-medium text-sm">
          {rich`Exception ${<span class="font-normal text-faint">{t('optional')}</span>}`}
        </label>
        <ExceptionPicker
          id={id}
          aria-describedby={`${id}-help`}
          chosen={exception()}
          onChoose={setException}
        />
        <p id={`${id}-help`} class="text-faint text-sm">
          {t('The exception that the run handles. Steps can use its values.')}
        </p>
      </div>
    </RunInputDialog>
  );
}
