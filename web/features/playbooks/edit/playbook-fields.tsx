import { For, Show } from 'solid-js';
import { severities } from '../../../../shared/exceptions/exception-statuses.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { SelectField, SwitchField, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../kit/document-form/document-form.ts';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { ListField } from '../../../kit/document-form/list-field.tsx';
import { TitleAndName } from '../../../kit/document-form/title-and-name.tsx';
import { SchemaEditor } from '../../../kit/schema-editor/schema-editor.tsx';
import { t } from '../../../words/words.ts';
import { useEditor } from './editor-state.ts';
import { ExpressionField } from './expression-field.tsx';

/** What the playbook is called. */
export function BasicsSection() {
  const editor = useEditor();
  return (
    <FormSection id="basics" title={t('Basics')}>
      <TitleAndName
        isNew={!editor.playbook}
        titleRequired
        titlePlaceholder={t('Failed payment')}
        namePlaceholder="failed_payment"
        nameHelp={t('Used by programs and other playbooks.')}
      />
      <TextField
        pointer="/description"
        label={t('Description')}
        rows={2}
        placeholder={t('When to use it, and how it ends')}
      />
      <SwitchField
        pointer="/resolves"
        label={t('Resolves the exception')}
        help={t(
          'When a run completes, its exception is resolved as fixed, unless someone has changed its status since the run started.',
        )}
        optional
      />
      <SelectField
        pointer="/exceptionStatus"
        label={t('Status of the exception')}
        otherwise="follows"
        options={[
          {
            value: 'follows',
            label: t('In progress while a run is open, open again if it fails or is cancelled'),
          },
          { value: 'unchanged', label: t('Not changed by runs') },
        ]}
      />
      <SwitchField
        pointer="/directCompletion"
        label={t('Completion through Temporal')}
        help={t(
          'Anyone who can send messages to Temporal may complete steps without being identified. Approvals are never completed this way.',
        )}
        optional
      />
    </FormSection>
  );
}

/** What a run needs at its start. */
export function InputSection() {
  return (
    <FormSection
      id="input"
      title={t('Inputs')}
      lead={t('Inputs for the person starting a run. Steps refer to them as input.paymentId and so on.')}
    >
      <SchemaEditor pointer="/inputSchema" label={t('Inputs')} one={t('input')} files preview />
    </FormSection>
  );
}

/** For which exceptions the playbook is offered. */
export function TriggersSection() {
  const form = useDocumentForm();
  const domains = useQuery(() => queries.exceptions.domains());
  return (
    <FormSection
      id="triggers"
      title={t('Offered for')}
      lead={t(
        'The exceptions for which this playbook is suggested. If the list is empty, it is suggested for all.',
      )}
    >
      <datalist id="playbook-domains">
        <For each={domains.isSuccess ? domains.data.items : []}>
          {(domain) => <option value={domain.name}>{domain.title}</option>}
        </For>
      </datalist>
      <ListField pointer="/triggers" label={t('Exceptions')} one={t('filter')} start={() => ({})}>
        {(pointer) => (
          <div class="grid grid-cols-2 gap-3.5">
            <TextField
              pointer={`${pointer}/domain`}
              label={t('Domain')}
              optional
              mono
              list="playbook-domains"
              placeholder={t('Any')}
            />
            <SeverityBoxes pointer={`${pointer}/severities`} />
            <div class="col-span-2">
              <ExpressionField
                pointer={`${pointer}/when`}
                label={t('Condition')}
                stepPath={null}
                optional
                placeholder="exception.attributes.amount > 100"
              />
            </div>
          </div>
        )}
      </ListField>
      <Show when={form.error('/triggers')}>{(error) => <p class="text-failed text-sm">{error()}</p>}</Show>
    </FormSection>
  );
}

function SeverityBoxes(props: { pointer: string }) {
  const form = useDocumentForm();
  const chosen = (): unknown[] => {
    const value = form.at(props.pointer);
    return Array.isArray(value) ? value : [];
  };
  return (
    <fieldset data-pointer={props.pointer}>
      <legend class="pb-1 font-medium text-sm">{t('Severities')}</legend>
      <div class="flex h-7 items-center gap-3">
        <For each={severities}>
          {(severity) => (
            <label class="flex items-center gap-1.5">
              <input
                type="checkbox"
                class="accent-accent-fill"
                checked={chosen().includes(severity)}
                onChange={(event) => {
                  const next = severities.filter((each) =>
                    each === severity ? event.currentTarget.checked : chosen().includes(each),
                  );
                  form.set(props.pointer, next.length > 0 ? next : undefined);
                }}
              />
              {severity}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
