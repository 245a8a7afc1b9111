import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { createSignal, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { entityTag } from '../../../../../shared/platform/if-match.ts';
import { toApiError } from '../../../../api/api-error.ts';
import { useCan } from '../../../../api/me.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, queryKey } from '../../../../api/trpc.ts';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { SelectField, SwitchField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import {
  createDocumentForm,
  type Document,
  DocumentFormProvider,
} from '../../../../kit/document-form/document-form.ts';
import { createEditorView, EditorFrame } from '../../../../kit/document-form/editor-frame.tsx';
import { FormSection } from '../../../../kit/document-form/form-section.tsx';
import { NumberField } from '../../../../kit/document-form/number-field.tsx';
import { type Newer, StaleNotice } from '../../../../kit/document-form/stale-notice.tsx';
import { TitleAndName } from '../../../../kit/document-form/title-and-name.tsx';
import { toast, toastError } from '../../../../shell/toasts.tsx';
import { t } from '../../../../words/words.ts';
import { type Connector, connectorDefinition, connectorTitle } from '../../parts/connector-words.ts';
import { ConnectorsLink } from '../../parts/connectors-link.tsx';
import { AuthSection } from '../auth-section.tsx';
import { definitionText, missingSecret, secretPlaces, withoutSecret } from '../definition-document.ts';
import { connectorHelp } from './connector-help.ts';
import { ConnectorReview } from './connector-review.tsx';
import { connectorKindFormOf, connectorKindForms } from './kinds/registry.ts';
import { sendableConnector } from './sendable-connector.ts';

/** A connector: as fields, and beside them as the document that is saved. */
export function ConnectorForm(props: { tenant: string; start: Document; editing: Connector | null }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const can = useCan();
  const { start, editing } = props;
  const form = createDocumentForm({
    help: connectorHelp,
    saved: start,
    root: '/definition',
    showAll: editing !== null,
    check: editing ? (document) => checkChange(editing.id, document) : undefined,
    ownIssues: missingSecret,
    secrets: secretPlaces,
    draft: {
      key: `connector.${props.tenant}.${editing?.id ?? 'new'}`,
      revision: editing?.revision,
      harmless: withoutSecret,
    },
  });
  const view = createEditorView({ panel: null });
  const [reviewing, setReviewing] = createSignal(false);

  /** The revision that someone else has made since. `props.editing` follows it. */
  const newer = (): Newer | null => {
    const now = props.editing;
    if (!now || now.revision <= (form.revision() ?? now.revision)) return null;
    const { updatedBy, updatedAt: at, revision } = now;
    return { by: updatedBy.name, at, name: `v${revision}`, document: connectorDefinition(now), revision };
  };
  const leave = (connectorId: string) =>
    navigate({
      to: '/t/$tenant/connectors/$connectorId',
      params: { tenant: props.tenant, connectorId },
      search: {},
    });
  const save = () => {
    if (form.saving()) return;
    form.revealAll();
    if (form.document.problem()) return view.showJson();
    const [first] = form.issues();
    if (first) return view.goTo(first.path);
    if (!editing) return void write('');
    if (!form.dirty()) return void leave(editing.id);
    setReviewing(true);
  };
  const write = async (note: string) => {
    try {
      const saved = await form.submit((document) => {
        const definition = sendableConnector(document);
        return editing
          ? api.connectors.update.mutate({
              id: editing.id,
              definition,
              note: note || undefined,
              ifMatch: entityTag(form.revision() ?? editing.revision),
            })
          : api.connectors.create.mutate({ definition });
      });
      form.setRevision(saved.revision);
      for (const router of ['connectors', 'tools'])
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
      toast(editing ? t`Saved as v${saved.revision}` : t('Connector created'));
      await leave(saved.id);
    } catch (error) {
      setReviewing(false);
      toastError(t('The connector was not saved'), error);
      if (toApiError(error).code === 'precondition_failed')
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'connectors', 'get') });
      const [first] = form.issues();
      if (first) view.goTo(first.path);
    }
  };

  const kind = () => form.text('/kind') || 'rest';
  /** What was set for one kind is there again when it is chosen again. */
  const kept = new Map<string, Document>();
  const setKind = (next: string) => {
    const document = form.value();
    const own = Object.keys(connectorKindFormOf(kind())?.start ?? {});
    kept.set(kind(), Object.fromEntries(own.map((key) => [key, document[key]])));
    const common = Object.fromEntries(Object.entries(document).filter(([key]) => !own.includes(key)));
    form.document.replace({ ...common, kind: next, ...(kept.get(next) ?? connectorKindFormOf(next)?.start) });
  };

  useActions(() => [
    { id: 'form:save', label: t('Save'), keys: 'mod+s', group: 'Page', inInputs: true, run: save },
  ]);

  return (
    <DocumentFormProvider value={form}>
      <EditorFrame
        view={view}
        title={editing ? t`Edit ${connectorTitle(editing)}` : form.text('/title') || t('New connector')}
        back={<ConnectorsLink tenant={props.tenant} />}
        aside={
          <Show when={props.editing}>
            {(connector) => <span class="text-muted">v{connector().revision}</span>}
          </Show>
        }
        actions={
          <Button variant="primary" keys="mod+s" busy={form.saving()} onClick={save}>
            {t('Save')}
          </Button>
        }
        sections={[
          ['basics', t('Basics')],
          ['auth', t('Auth')],
          ['limits', t('Limits')],
        ]}
        jsonLabel={t('Connector as JSON')}
        onSubmit={save}
        notices={
          <StaleNotice
            newer={newer()}
            keep={t('Keep my changes')}
            onKeep={() => setReviewing(true)}
            busy={form.saving()}
            text={definitionText}
          />
        }
      >
        <FormSection id="basics" title={t('Basics')}>
          <TitleAndName
            isNew={!editing}
            titlePlaceholder={t('Payments')}
            namePlaceholder="payments"
            nameHelp={t('Used by programs.')}
          />
          <TextField pointer="/description" label={t('Description')} rows={2} />
          <Show when={!editing}>
            <div class="max-w-80">
              <SelectField
                pointer="/kind"
                label={t('Kind')}
                value={kind()}
                options={Object.entries(connectorKindForms).map(([value, { label }]) => ({ value, label }))}
                onChange={setKind}
              />
            </div>
          </Show>
          <Show
            when={connectorKindFormOf(kind())}
            fallback={
              <p class="text-muted text-sm">{t('This page has no fields for this kind. Edit it as JSON.')}</p>
            }
          >
            {(known) => <Dynamic component={known().Fields} />}
          </Show>
          <Show when={!editing && can('tools.write_global')}>
            <div class="max-w-80">
              <SelectField
                pointer="/scope"
                label={t('Available to')}
                options={[
                  { value: 'tenant', label: t('This organization') },
                  { value: 'global', label: t('All organizations') },
                ]}
              />
            </div>
          </Show>
        </FormSection>
        <AuthSection of="connector" />
        <FormSection id="limits" title={t('Limits')}>
          <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
            <NumberField
              pointer="/timeoutMs"
              label={t('Attempt timeout')}
              unit="s"
              scale={1000}
              help={t('For tools that set none of their own.')}
            />
            <NumberField
              pointer="/policy/concurrency"
              label={t('Calls at once')}
              placeholder={t('No limit')}
              help={t('Of all its tools together. A call above it waits.')}
            />
          </div>
          <SwitchField
            pointer="/policy/rateLimit"
            label={t('Rate limit')}
            help={t(
              'For all executions of its tools in the organization. An execution above the limit is rejected.',
            )}
            start={() => ({ requestsPerMinute: 60, burst: 10 })}
          />
          <Show when={form.at('/policy/rateLimit') !== undefined}>
            <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
              <NumberField pointer="/policy/rateLimit/requestsPerMinute" label={t('Executions per minute')} />
              <NumberField pointer="/policy/rateLimit/burst" label={t('Burst')} />
            </div>
          </Show>
        </FormSection>
      </EditorFrame>
      <Show when={reviewing() && editing}>
        {(connector) => (
          <ConnectorReview
            connector={connector()}
            saved={form.saved()}
            next={sendableConnector(form.value())}
            busy={form.saving()}
            onClose={() => setReviewing(false)}
            onSave={(note) => void write(note)}
          />
        )}
      </Show>
    </DocumentFormProvider>
  );
}

/** The server reports issues by rejecting the definition. Any other failure means that the check did not run. */
async function checkChange(id: string, document: Document) {
  try {
    await api.connectors.blastRadius.mutate({ id, definition: sendableConnector(document) });
    return [];
  } catch (error) {
    const { issues } = toApiError(error);
    if (issues.length === 0) throw error;
    return issues;
  }
}
