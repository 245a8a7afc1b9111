import { createSignal, For, Show } from 'solid-js';
import { peopleWith, type Role, roles } from '../../../../shared/identity/roles.ts';
import { useQuery } from '../../../api/query.ts';
import { api, type Outputs, queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Sheet } from '../../../kit/dialog.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { SchemaForm } from '../../../kit/schema-form/schema-form.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { Decision, Effect } from '../../policies/parts/effect.tsx';

type Simulation = Outputs['policies']['simulate'];

/** Who, which tool, which input: what the policies decide, and which of them. */
export function SimulatorSheet(props: { onClose: () => void }) {
  const tools = useQuery(() => queries.tools.list({ scope: 'all', limit: 200 }));
  const members = useQuery(() => queries.members.list());
  const [who, setWho] = createSignal('role:operator');
  const [toolId, setToolId] = createSignal('');
  const [payload, setPayload] = createSignal<unknown>({});
  const [result, setResult] = createSignal<Simulation>();
  const tool = useQuery(() => ({ ...queries.tools.get({ id: toolId() }), enabled: toolId() !== '' }));
  const { busy, error, submit } = createSubmission(async () => {
    setResult(undefined);
    const actor = who().startsWith('role:') ? { roles: [who().slice(5) as Role] } : who();
    setResult(await api.policies.simulate.mutate({ toolId: toolId(), payload: payload(), actor }));
  });
  const choose = (id: string) => {
    setToolId(id);
    setPayload({});
    setResult(undefined);
  };

  return (
    <Sheet
      open
      onClose={props.onClose}
      title={t('Try a call')}
      description={t('Says what the policies would decide. Nothing is called or counted.')}
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>{t('Close')}</Button>
          <Button variant="primary" busy={busy()} disabled={toolId() === ''} onClick={() => void submit()}>
            {t('Decide')}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-4 px-5 py-4">
        <Show when={result()}>{(found) => <Outcome result={found()} />}</Show>
        <FailureNote failed={t('Nothing was decided.')} error={error()} />
        <div class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <Field label={t('Who')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={who()}
                onChange={(event) => setWho(event.currentTarget.value)}
              >
                <optgroup label={t('Anyone with this role alone')}>
                  <For each={roles}>
                    {(role) => (
                      <option value={`role:${role}`} selected={who() === `role:${role}`}>
                        {peopleWith(role)}
                      </option>
                    )}
                  </For>
                </optgroup>
                <optgroup label={t('A member')}>
                  <For each={members.data?.items}>
                    {(member) => (
                      <option value={member.id} selected={member.id === who()}>
                        {member.name}
                      </option>
                    )}
                  </For>
                </optgroup>
              </select>
            )}
          </Field>
          <Field label={t('Tool')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={toolId()}
                onChange={(event) => choose(event.currentTarget.value)}
              >
                <option value="">{t('Choose a tool')}</option>
                <For each={tools.data?.items}>
                  {(each) => (
                    <option value={each.id} selected={each.id === toolId()}>
                      {each.name}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </div>
        {/* Keyed: another tool starts with untouched fields. */}
        <Show when={toolId() !== '' && tool.data?.inputSchema} keyed>
          {(schema) => (
            <section aria-label={t('Input')} class="flex flex-col gap-2 border-t pt-3">
              <h3 class="font-semibold">{t('Input')}</h3>
              <SchemaForm
                schema={schema}
                value={payload()}
                onChange={(pointer, value) => setPayload((before: unknown) => setAt(before, pointer, value))}
                issues={result()?.issues ?? []}
                label={t('Input')}
              />
            </section>
          )}
        </Show>
      </div>
    </Sheet>
  );
}

function Outcome(props: { result: Simulation }) {
  return (
    <section aria-label={t('Decision')} aria-live="polite" class="flex flex-col gap-2 border-b pb-3">
      <Decision decision={props.result} />
      <Show when={props.result.issues.length > 0}>
        <p class="text-muted">
          {t('The input is not valid, so the call is refused before any policy is asked.')}
        </p>
      </Show>
      <Show when={props.result.findings.length > 0}>
        <ul aria-label={t('Policies about this tool')}>
          <For each={props.result.findings}>
            {(finding) => (
              <li class="flex flex-wrap items-baseline gap-x-3 border-t py-1">
                <span class="w-36">
                  <Effect effect={finding.effect} />
                </span>
                <span class="min-w-0 flex-1">{finding.policyName}</span>
                <span class="text-muted">
                  {finding.concerns
                    ? t('concerns this call')
                    : t`does not concern it: ${said(finding.reason) ?? ''}`}
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
