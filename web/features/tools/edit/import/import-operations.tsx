import { useQueryClient } from '@tanstack/solid-query';
import { Link } from '@tanstack/solid-router';
import { createMemo, createSignal, For, Show } from 'solid-js';
import {
  type ImportOperation,
  type ImportResult,
  type ImportView,
  maxAppliedOperations,
} from '../../../../../shared/imports/import-schemas.ts';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, type Inputs, queryKey } from '../../../../api/trpc.ts';
import { Button } from '../../../../kit/button.tsx';
import { TextField } from '../../../../kit/document-form/bound-fields.tsx';
import { createDocumentForm, DocumentFormProvider } from '../../../../kit/document-form/document-form.ts';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { formatNumber } from '../../../../kit/format.ts';
import { sameJson } from '../../../../kit/schema-form/json-edit.ts';
import { createSubmission } from '../../../../kit/submission.ts';
import { TextInput } from '../../../../kit/text-input.tsx';
import { toast } from '../../../../shell/toasts.tsx';
import { counted, rich, t } from '../../../../words/words.ts';
import { AuthSection } from '../auth-section.tsx';
import { missingSecret } from '../definition-document.ts';
import { impactWords, useImpact } from './impact-query.ts';
import { OperationRow } from './operation-row.tsx';

/** Rows that are shown at once; a search finds the others. */
const shownAtOnce = 100;

/** What was found, and which of it becomes tools. */
export function ImportOperations(props: { found: ImportView }) {
  const client = useQueryClient();
  const [search, setSearch] = createSignal('');
  const [room, setRoom] = createSignal(shownAtOnce);
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  const [result, setResult] = createSignal<ImportResult>();
  const connector = () => props.found.connector;
  const isNew = () => connector() !== null && connector()?.id === null;
  const form = createDocumentForm({
    saved: { baseUrl: connector()?.baseUrl ?? '', auth: connector()?.auth ?? { type: 'none' } },
    showAll: true,
  });
  const matching = createMemo(() => {
    const words = search().toLowerCase().split(/\s+/).filter(Boolean);
    return props.found.operations.filter(({ key, title, name }) => {
      const text = `${key} ${title} ${name}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  });
  const pickable = () => matching().filter(({ supported, state }) => supported && state !== 'same');
  const allChosen = () => pickable().length > 0 && pickable().every(({ key }) => chosen().has(key));
  const toggle = (keys: readonly string[], on: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      for (const key of keys) on ? next.add(key) : next.delete(key);
      return next;
    });
  const counts = createMemo(() => Object.groupBy(props.found.operations, stateOf));
  const count = (state: ReturnType<typeof stateOf>) => counts()[state]?.length ?? 0;
  const baseUrlMissing = () => isNew() && form.text('/baseUrl') === '' && needsBase();
  const needsBase = () => addressLabels[connector()?.kind ?? ''] !== undefined;
  const { busy, error, submit } = createSubmission(async () => {
    const document = form.value();
    const sent: Inputs['imports']['createTools'] = {
      id: props.found.id,
      operations: [...chosen()],
      ...(isNew() && authOf(document.auth, connector()?.auth)),
      ...(isNew() && needsBase() && { baseUrl: form.text('/baseUrl') }),
    };
    const made = await api.imports.createTools.mutate(sent);
    setResult(made);
    setChosen(new Set<string>());
    toast(resultWords(made));
    for (const router of ['tools', 'connectors', 'imports'])
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
  });
  const impact = useImpact(
    () => props.found.id,
    () => props.found.operations.flatMap(({ key, state }) => (state === 'changed' ? [key] : [])),
  );
  const broken = () => impactWords(impact.data, chosen());
  const tooMany = () => chosen().size > maxAppliedOperations;

  return (
    <div class="flex flex-col gap-5 px-6 max-sm:px-4 py-5">
      <div>
        <h2 class="font-semibold text-[15px]">{props.found.title}</h2>
        <p class="text-muted">
          {counted(
            props.found.operations.length,
            '{0} operation: {1} new, {2} changed, {3} as imported before|{0} operations: {1} new, {2} changed, {3} as imported before',
            count('new'),
            count('changed'),
            count('same'),
          )}
          <Show when={count('unsupported') > 0}>{t`, ${count('unsupported')} cannot become tools`}</Show>.
        </p>
        <Show when={props.found.gone.length > 0}>
          <p class="pt-1">
            {t('No longer in the document:')}{' '}
            <For each={props.found.gone}>
              {(tool, index) => (
                <>
                  {index() > 0 && ', '}
                  <Link
                    to="/t/$tenant/tools/$toolId"
                    params={{ tenant: tenantSlug(), toolId: tool.toolId }}
                    search={{}}
                    class="text-accent underline underline-offset-2 hover:text-accent-hover"
                  >
                    {tool.name}
                  </Link>
                </>
              )}
            </For>
            . {t('These tools stay as they are.')}
          </p>
        </Show>
      </div>
      <Show when={result()}>{(made) => <Made result={made()} />}</Show>
      <section aria-label={t('Operations')} class="flex flex-col gap-2">
        <div class="flex flex-wrap items-end gap-x-4 gap-y-2">
          <div class="w-72 max-w-full">
            <TextInput
              label={t('Search')}
              value={search()}
              placeholder={t('refund, GET, /orders')}
              onInput={(value) => {
                setSearch(value);
                setRoom(shownAtOnce);
              }}
            />
          </div>
          <label class="flex h-7 items-center gap-2">
            <input
              type="checkbox"
              checked={allChosen()}
              disabled={pickable().length === 0}
              onChange={(event) =>
                toggle(
                  pickable().map(({ key }) => key),
                  event.currentTarget.checked,
                )
              }
            />
            {search() === ''
              ? t`All (${formatNumber(pickable().length)})`
              : t`All that match (${formatNumber(pickable().length)})`}
          </label>
          <span aria-live="polite" class="flex h-7 items-center text-muted">
            {t`${formatNumber(chosen().size)} chosen`}
          </span>
        </div>
        <Show when={matching().length > 0} fallback={<p class="text-muted">{t('No operation matches.')}</p>}>
          <ul class="border-t">
            <For each={matching().slice(0, room())}>
              {(operation) => (
                <OperationRow
                  operation={operation}
                  chosen={chosen().has(operation.key)}
                  impact={impact}
                  onChoose={(on) => toggle([operation.key], on)}
                />
              )}
            </For>
          </ul>
        </Show>
        <Show when={matching().length > room()}>
          <div>
            <Button onClick={() => setRoom(room() + shownAtOnce)}>
              {t`Show more of ${formatNumber(matching().length)}`}
            </Button>
          </div>
        </Show>
      </section>
      <Show
        when={isNew()}
        fallback={
          <Show when={connector()}>
            {(shared) => (
              <p class="text-muted">
                {rich`The tools use the connector ${<code class="font-mono text-sm">{shared().name}</code>}, which is there already.`}
                <Show when={shared().callsInstead}>
                  {(address) => (
                    <>
                      {' '}
                      {rich`It calls ${<code class="break-all font-mono text-sm">{address()}</code>}, and the document names ${<code class="break-all font-mono text-sm">{shared().baseUrl}</code>}. If it has moved, change the connector.`}
                    </>
                  )}
                </Show>
              </p>
            )}
          </Show>
        }
      >
        <DocumentFormProvider value={form}>
          <section aria-label={t('Connector')} class="flex max-w-190 flex-col gap-3">
            <p>{rich`The tools share a new connector: ${<code class="font-mono text-sm">{connector()?.name}</code>}.`}</p>
            <Show when={needsBase()}>
              <TextField
                pointer="/baseUrl"
                label={addressLabels[connector()?.kind ?? '']?.label ?? ''}
                mono
                required
                placeholder={addressLabels[connector()?.kind ?? '']?.placeholder}
                help={t('Where the tools call. The document may name a test server.')}
              />
            </Show>
            <div class="-mx-6 max-sm:-mx-4">
              <AuthSection of="connector" />
            </div>
            <Show when={props.found.format !== 'curl' && missingSecret(form.value()).length > 0}>
              <p class="text-muted">
                {t('Without the secret, the connector has no auth until you add it there.')}
              </p>
            </Show>
          </section>
        </DocumentFormProvider>
      </Show>
      <div class="sticky bottom-0 flex flex-col gap-2 border-t bg-bg py-3">
        <FailureNote failed={t('Nothing was imported.')} error={error()}>
          <ul class="list-disc pl-5">
            <For each={error()?.issues.slice(0, 20)}>{(issue) => <li>{issue.message}</li>}</For>
          </ul>
        </FailureNote>
        <div class="flex flex-wrap items-center gap-3">
          <Button
            variant="primary"
            busy={busy()}
            disabled={chosen().size === 0 || tooMany() || baseUrlMissing()}
            onClick={() => void submit()}
          >
            {importWords(chosen().size)}
          </Button>
          <Show when={broken()}>{(words) => <span class="text-failed">{words()}</span>}</Show>
          <Show when={tooMany()}>
            <span class="text-failed">{rich`At most ${maxAppliedOperations} at once.`}</span>
          </Show>
          <Show when={chosen().size > 0 && baseUrlMissing()}>
            <span class="text-failed">{t('The connector needs its base URL.')}</span>
          </Show>
        </div>
      </div>
    </div>
  );
}

/** Where the tools of a connector call, for kinds that do not read it from their document. */
const addressLabels: Partial<Record<string, { label: string; placeholder: string }>> = {
  rest: { label: t('Base URL'), placeholder: 'https://api.example.com/v1' },
  graphql: { label: t('Endpoint'), placeholder: 'https://api.example.com/graphql' },
  mcp: { label: t('Endpoint'), placeholder: 'https://mcp.example.com/mcp' },
  grpc: { label: t('Host and port'), placeholder: 'grpc.example.com:443' },
};

const importWords = (count: number): string =>
  count === 0 ? t('Import') : counted(count, 'Import 1 tool|Import {0} tools');

const stateOf = ({ supported, state }: ImportOperation) => (supported ? state : 'unsupported');

/** Left as it was read, a command's credential is taken from the command. Without its secret it would be refused. */
function authOf(auth: unknown, read: unknown): { auth?: Record<string, unknown> } {
  if (!isObject(auth) || sameJson(auth, read) || missingSecret({ auth }).length > 0) return {};
  return { auth };
}

const resultWords = ({ created, updated, unchanged }: ImportResult): string =>
  [
    created > 0 && counted(created, '{0} tool created|{0} tools created'),
    updated > 0 && t`${updated} updated`,
    unchanged > 0 && t`${unchanged} unchanged`,
  ]
    .filter(Boolean)
    .join(', ') || t('Nothing changed');

/** What to do with them next. */
const Made = (props: { result: ImportResult }) => (
  <div role="status" class="rounded-md border border-line-strong bg-sunken px-3 py-2">
    <p>
      {resultWords(props.result)}.{' '}
      <Show when={props.result.toolIds[0]}>
        {(toolId) => (
          <Link
            to="/t/$tenant/tools/$toolId/run"
            params={{ tenant: tenantSlug(), toolId: toolId() }}
            search={{}}
            class="text-accent underline underline-offset-2 hover:text-accent-hover"
          >
            {t('Run the first one')}
          </Link>
        )}
      </Show>{' '}
      <Show when={props.result.connectorId}>
        {(connectorId) => (
          <Link
            to="/t/$tenant/connectors/$connectorId"
            params={{ tenant: tenantSlug(), connectorId: connectorId() }}
            search={{}}
            class="text-accent underline underline-offset-2 hover:text-accent-hover"
          >
            {t('See the connector')}
          </Link>
        )}
      </Show>
    </p>
  </div>
);
