import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useCan, useMe } from '../../../../api/me.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, type Inputs, queryKey } from '../../../../api/trpc.ts';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { SelectField, TextField } from '../../../../kit/document-form/bound-fields.tsx';
import {
  createDocumentForm,
  type Document,
  DocumentFormProvider,
} from '../../../../kit/document-form/document-form.ts';
import { createEditorView, EditorFrame } from '../../../../kit/document-form/editor-frame.tsx';
import { FormSection } from '../../../../kit/document-form/form-section.tsx';
import { ListField } from '../../../../kit/document-form/list-field.tsx';
import { EmptyState } from '../../../../kit/empty-state.tsx';
import { PageHeader } from '../../../../kit/page-header.tsx';
import { toast, toastError } from '../../../../shell/toasts.tsx';
import { useTitle } from '../../../../shell/use-title.ts';
import { t } from '../../../../words/words.ts';
import { AuthSection } from '../auth-section.tsx';
import { missingSecret, secretPlaces, withoutSecret } from '../definition-document.ts';
import { credentialHelp } from './credential-help.ts';

const start = { name: '', scope: 'tenant', auth: { type: 'bearer' }, allowedHosts: [''], note: '' };

/** A new credential. What it holds is written here once, and never shown. */
export default function CredentialFormPage() {
  const can = useCan();
  const me = useMe();
  useTitle(() => t('New credential'));
  return (
    <Show
      when={!me() || can('credentials.write')}
      fallback={
        <>
          <PageHeader title={t('New credential')} back={<CredentialsLink />} />
          <EmptyState title={t('You cannot store credentials')}>
            {t('Only tool admins can do this. A tenant admin can give you the role.')}
          </EmptyState>
        </>
      }
    >
      <CredentialForm />
    </Show>
  );
}

function CredentialForm() {
  const params = useParams({ from: '/t/$tenant/settings/credentials/new' });
  const client = useQueryClient();
  const navigate = useNavigate();
  const can = useCan();
  /** A press that is repeated stores one credential. */
  const idempotencyKey = crypto.randomUUID();
  const form = createDocumentForm({
    help: credentialHelp,
    saved: start,
    ownIssues: missingSecret,
    secrets: secretPlaces,
    draft: { key: `credential.${params().tenant}.new`, revision: undefined, harmless: withoutSecret },
  });
  const view = createEditorView({ panel: null });
  const save = async () => {
    if (form.saving()) return;
    form.revealAll();
    if (form.document.problem()) return view.showJson();
    const [first] = form.issues();
    if (first) return view.goTo(first.path);
    try {
      const saved = await form.submit((document) =>
        api.credentials.create.mutate({ ...sendable(document), idempotencyKey }),
      );
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'credentials') });
      toast(t`${saved.name} stored`);
      await navigate({
        to: '/t/$tenant/settings/credentials/$credentialId',
        params: { tenant: params().tenant, credentialId: saved.id },
      });
    } catch (error) {
      toastError(t('The credential was not stored'), error);
      const [refused] = form.issues();
      if (refused) view.goTo(refused.path);
    }
  };
  useActions(() => [
    {
      id: 'form:save',
      label: t('Save'),
      keys: 'mod+s',
      group: 'Page',
      inInputs: true,
      run: () => void save(),
    },
  ]);
  return (
    <DocumentFormProvider value={form}>
      <EditorFrame
        view={view}
        title={form.text('/name') || t('New credential')}
        back={<CredentialsLink />}
        aside={null}
        actions={
          <Button variant="primary" keys="mod+s" busy={form.saving()} onClick={() => void save()}>
            {t('Save')}
          </Button>
        }
        sections={[
          ['basics', t('Basics')],
          ['auth', t('Auth')],
          ['limits', t('Limits')],
        ]}
        jsonLabel={t('Credential as JSON')}
        onSubmit={() => void save()}
      >
        <FormSection id="basics" title={t('Basics')}>
          <TextField
            pointer="/name"
            label={t('Name')}
            required
            maxLength={128}
            placeholder={t('Payment provider')}
          />
          <TextField
            pointer="/note"
            label={t('Note')}
            rows={2}
            maxLength={1000}
            help={t('Who owns it, and how to get a new one.')}
          />
          <Show when={can('credentials.write_global')}>
            <div class="max-w-80">
              <SelectField
                pointer="/scope"
                label={t('For tools of')}
                options={[
                  { value: 'tenant', label: t('This organization') },
                  { value: 'global', label: t('All organizations (global tools)') },
                ]}
              />
            </div>
          </Show>
        </FormSection>
        <AuthSection of="credential" />
        <FormSection
          id="limits"
          title={t('Limits')}
          lead={t('A call that does not keep to them is refused before anything is sent.')}
        >
          <ListField
            pointer="/allowedHosts"
            label={t('May be sent to')}
            one={t('host')}
            start={() => ''}
            help={t('host:port, such as pay.example:443. A new host later takes the value again.')}
          >
            {(pointer, index) => <TextField pointer={pointer} label={t`Host ${index + 1}`} mono required />}
          </ListField>
          <ListField
            pointer="/pathPrefixes"
            label={t('Paths')}
            one={t('path')}
            start={() => ''}
            help={t('Such as /v1/refunds, with everything below it. None: every path.')}
          >
            {(pointer, index) => <TextField pointer={pointer} label={t`Path ${index + 1}`} mono required />}
          </ListField>
          <ListField
            pointer="/methods"
            label={t('Methods')}
            one={t('method')}
            start={() => 'GET'}
            help={t('None: every method.')}
          >
            {(pointer, index) => (
              <SelectField
                pointer={pointer}
                label={t`Method ${index + 1}`}
                options={['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((value) => ({
                  value,
                  label: value,
                }))}
              />
            )}
          </ListField>
          <div class="max-w-80">
            <TextField
              pointer="/expiresAt"
              label={t('Expires')}
              optional
              placeholder="2027-01-31"
              help={t('Reminders come 14, 3 and 0 days before. Afterwards calls are refused.')}
            />
          </div>
        </FormSection>
      </EditorFrame>
    </DocumentFormProvider>
  );
}

const CredentialsLink = () => (
  <Link
    to="/t/$tenant/settings/$section"
    params={{ tenant: tenantSlug(), section: 'credentials' }}
    class="hover:text-text"
  >
    {t('Credentials')}
  </Link>
);

/** The document as it is sent: a day is its first moment. The server checks the rest. */
function sendable(document: Document): Inputs['credentials']['create'] {
  const { expiresAt } = document;
  const isDay = typeof expiresAt === 'string' && /^\d{4}-\d\d-\d\d$/.test(expiresAt);
  return {
    ...document,
    ...(isDay ? { expiresAt: `${expiresAt}T00:00:00Z` } : {}),
  } as Inputs['credentials']['create'];
}
