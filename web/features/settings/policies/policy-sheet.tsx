import { useQueryClient } from '@tanstack/solid-query';
import { createMemo, For, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { v7 as uuidv7 } from 'uuid';
import type { PolicyEffect } from '../../../../shared/policies/policy-schemas.ts';
import { toApiError } from '../../../api/api-error.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { createLiveRequest } from '../../../kit/document-form/live-request.ts';
import { EditSheet } from '../../../kit/edit-sheet.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormHelpProvider } from '../../../kit/form-help/form-help.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { effects } from '../../policies/parts/effect.tsx';
import { ApprovalFields } from './approval-fields.tsx';
import { ConditionField } from './condition-field.tsx';
import { HoursFields, RateFields } from './limits-fields.tsx';
import { type Policy, type PolicyForm, toDocument, toForm } from './policy-form.ts';
import { policyHelp } from './policy-help.ts';
import { ReplayPanel } from './replay-panel.tsx';
import { RoleBoxes } from './role-boxes.tsx';

const effectHelp: Record<PolicyEffect, string> = {
  deny: t('These calls are refused, whatever other policies say.'),
  require_approval: t('These calls wait until people have approved the exact request.'),
  allow: t('The tools run only what an allow policy lets through, and nothing else.'),
};

/** Adds or edits a policy. The server checks it while it is typed. */
export function PolicySheet(props: { policy: Policy | undefined; onClose: () => void }) {
  const client = useQueryClient();
  // One for each opening, so that a second press creates nothing.
  const idempotencyKey = uuidv7();
  const [form, setForm] = createStore<PolicyForm>(toForm(props.policy));
  const document = createMemo(() => toDocument(form));
  const check = createLiveRequest(document, async (policy) => {
    const refused = await api.policies.check
      .mutate({ policy })
      .then(() => null)
      .catch((error: unknown) => toApiError(error));
    return refused?.issues ?? [];
  });
  const { busy, error, submit } = createSubmission(save);
  const issueAt = (pointer: string) =>
    [...(check.response() ?? []), ...(error()?.issues ?? [])].find(({ path }) => path === pointer)?.message;

  async function save(): Promise<void> {
    const { policy } = props;
    const saved = policy
      ? await api.policies.update.mutate({
          id: policy.id,
          policy: document(),
          ifMatch: `"${policy.revision}"`,
        })
      : await api.policies.create.mutate({ policy: document(), idempotencyKey });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'policies') });
    toast(t`${saved.name} saved`);
    props.onClose();
  }

  return (
    <FormHelpProvider value={policyHelp}>
      <EditSheet
        onClose={props.onClose}
        title={props.policy ? t`Edit ${props.policy.name}` : t('Add policy')}
        description={t(
          'It concerns a call when everything below holds. It counts from the moment it is saved.',
        )}
        busy={busy()}
        onSave={() => void submit()}
      >
        <div class="flex flex-col gap-4 px-5 py-4">
          <FailureNote failed={t('The policy was not saved.')} error={error()} />
          <Field label={t('What happens')} help={effectHelp[form.effect]}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={form.effect}
                onChange={(event) => setForm('effect', event.currentTarget.value as PolicyEffect)}
              >
                <For each={Object.entries(effects)}>
                  {([effect, { word }]) => (
                    <option value={effect} selected={effect === form.effect}>
                      {word}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <Show when={form.effect === 'require_approval'}>
            <ApprovalFields
              approval={form.approval}
              onChange={(approval) => setForm('approval', approval)}
              issueAt={issueAt}
            />
          </Show>
          <ToolFields form={form} onChange={(change) => setForm(change)} issueAt={issueAt} />
          <RoleBoxes
            legend={t('Whose calls')}
            help={
              form.effect === 'allow'
                ? t('None: everyone’s. A tenant admin has every role.')
                : t(
                    'None: everyone’s. It does not concern people with a higher role, such as tenant admins, unless that is chosen too.',
                  )
            }
            chosen={form.roles}
            onChange={(roles) => setForm('roles', roles)}
          />
          <ConditionField
            toolId={form.toolId}
            when={form.when}
            onChange={(when) => setForm('when', when)}
            error={issueAt('/when')}
          />
          <Show when={form.schema}>
            <p class="flex items-center gap-3 text-muted">
              {t('The input must also match a JSON Schema, which was set through the API.')}
              <Button onClick={() => setForm('schema', null)}>{t('Remove it')}</Button>
            </p>
          </Show>
          <HoursFields hours={form.hours} onChange={(hours) => setForm('hours', hours)} issueAt={issueAt} />
          <RateFields
            effect={form.effect}
            rate={form.rate}
            onChange={(rate) => setForm('rate', rate)}
            issueAt={issueAt}
          />
          <TextInput
            label={t('Name')}
            maxLength={120}
            value={form.name}
            onInput={(name) => setForm('name', name)}
            error={issueAt('/name')}
            help={t('People read it when a call is refused. Empty: made of what the policy says.')}
          />
          <TextInput
            label={t('Note')}
            rows={2}
            maxLength={2000}
            value={form.note}
            onInput={(note) => setForm('note', note)}
            error={issueAt('/note')}
          />
          <ReplayPanel policy={document()} policyId={props.policy?.id} />
        </div>
      </EditSheet>
    </FormHelpProvider>
  );
}

/** All that is set must hold. */
function ToolFields(props: {
  form: PolicyForm;
  onChange: (change: Partial<PolicyForm>) => void;
  issueAt: (pointer: string) => string | undefined;
}) {
  const tools = useQuery(() => queries.tools.list({ scope: 'all', limit: 200 }));
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  return (
    <fieldset class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <legend class="mb-2 font-medium text-sm">
        {rich`Which tools ${<span class="ml-1 font-normal text-faint">{t('nothing chosen: every tool')}</span>}`}
      </legend>
      <Field label={t('Tool')} error={props.issueAt('/tools/id')}>
        {(input) => (
          <select
            {...input}
            class={inputClass}
            value={props.form.toolId}
            onChange={(event) => props.onChange({ toolId: event.currentTarget.value })}
          >
            <option value="">{t('Any')}</option>
            <For each={tools.data?.items}>
              {(tool) => (
                <option value={tool.id} selected={tool.id === props.form.toolId}>
                  {tool.name}
                </option>
              )}
            </For>
          </select>
        )}
      </Field>
      <Field label={t('Connector')} error={props.issueAt('/tools/connectorId')}>
        {(input) => (
          <select
            {...input}
            class={inputClass}
            value={props.form.connectorId}
            onChange={(event) => props.onChange({ connectorId: event.currentTarget.value })}
          >
            <option value="">{t('Any')}</option>
            <For each={connectors.data?.items}>
              {(connector) => (
                <option value={connector.id} selected={connector.id === props.form.connectorId}>
                  {connector.name}
                </option>
              )}
            </For>
          </select>
        )}
      </Field>
      <TextInput
        label={t('Tag')}
        maxLength={64}
        value={props.form.tag}
        onInput={(tag) => props.onChange({ tag })}
        error={props.issueAt('/tools/tag')}
      />
      <TextInput
        label={t('Category')}
        maxLength={64}
        value={props.form.category}
        onInput={(category) => props.onChange({ category })}
        error={props.issueAt('/tools/category')}
      />
    </fieldset>
  );
}
