import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { type ApiError, toApiError } from '../../../api/api-error.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queryKey } from '../../../api/trpc.ts';
import { TextField } from '../../../kit/document-form/bound-fields.tsx';
import {
  createDocumentForm,
  type Document,
  DocumentFormProvider,
} from '../../../kit/document-form/document-form.ts';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { SchemaEditor } from '../../../kit/schema-editor/schema-editor.tsx';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';

export type Domain = Outputs['exceptions']['domains']['items'][number];

const newDomain: Document = {
  name: '',
  title: '',
  attributeSchema: {
    type: 'object',
    properties: { reference: { type: 'string', title: t('Reference') } },
    required: [],
  },
};

/** Creates or edits a domain: its title and the schema of its attributes. */
export function DomainDialog(props: { domain: Domain | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const form = createDocumentForm({ saved: props.domain ? documentOf(props.domain) : newDomain });
  const [failed, setFailed] = createSignal<ApiError>();
  let fields: HTMLFormElement | undefined;
  const ready = () =>
    form.text('/name') !== '' && form.text('/title').trim() !== '' && isObject(form.at('/attributeSchema'));

  async function save(): Promise<void> {
    if (form.saving() || !ready()) return;
    setFailed(undefined);
    try {
      const { title } = await form.submit(({ name, title, attributeSchema }) =>
        api.exceptions.writeDomain.mutate({
          name: String(name),
          title: String(title).trim(),
          attributeSchema: isObject(attributeSchema) ? attributeSchema : {},
        }),
      );
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'domains') });
      toast(t`Domain ${title} saved`);
      props.onClose();
    } catch (error) {
      setFailed(toApiError(error));
    }
  }

  return (
    <SubmitDialog
      title={props.domain ? t`Edit ${props.domain.title}` : t('New domain')}
      description={
        props.domain
          ? t('Existing exceptions keep their attributes. They are checked when someone edits them.')
          : undefined
      }
      width="680px"
      verb={t('Save')}
      busy={form.saving()}
      ready={ready()}
      onSubmit={() => void save()}
      onOpened={() => fields?.querySelector<HTMLElement>('input:enabled')?.focus()}
      onClose={props.onClose}
    >
      <DocumentFormProvider value={form}>
        <form
          ref={fields}
          class="flex flex-col gap-3.5 px-5 pb-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <FailureNote
            failed={t('The domain was not saved.')}
            error={failed()}
            highlighted={(failed()?.issues.length ?? 0) > 0}
          />
          <div class="grid grid-cols-2 gap-3.5">
            <TextField
              pointer="/title"
              label={t('Title')}
              required
              maxLength={120}
              placeholder={t('Payments')}
            />
            <TextField
              pointer="/name"
              label={t('Name')}
              required
              mono
              maxLength={63}
              placeholder="payments"
              disabled={props.domain !== undefined}
              help={
                props.domain
                  ? undefined
                  : t('Lowercase letters, digits and underscores. It cannot be changed later.')
              }
            />
          </div>
          <fieldset class="min-w-0">
            <legend class="pb-1 font-medium text-sm">{t('Attributes')}</legend>
            <SchemaEditor pointer="/attributeSchema" label={t('Attributes')} one={t('attribute')} preview />
          </fieldset>
        </form>
      </DocumentFormProvider>
    </SubmitDialog>
  );
}

const documentOf = ({ name, title, attributeSchema }: Domain): Document => ({
  name,
  title,
  attributeSchema,
});
