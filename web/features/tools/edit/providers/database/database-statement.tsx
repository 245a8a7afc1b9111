import { createSignal, Show } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { exampleUrl } from '../../../../../../shared/tools/database/database-url.ts';
import {
  type DatabaseEngine,
  databaseEngines,
  engineNames,
} from '../../../../../../shared/tools/database/engines.ts';
import { useQuery } from '../../../../../api/query.ts';
import { queries } from '../../../../../api/trpc.ts';
import { SelectField, SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../../words/words.ts';
import { DatabaseTlsFields } from '../../../parts/database-tls-fields.tsx';
import { authFor } from '../../auth/inherit.tsx';
import { InputChips } from '../../input-chips.tsx';
import { TemplateField } from '../../template-input.tsx';
import { TemplateJson } from '../../template-json.tsx';
import { useToolForm } from '../../tool-form-state.ts';

const engines = engineNames.map((value) => ({ value, label: databaseEngines[value].label }));

const example = 'SELECT id, status, total\nFROM orders\nWHERE customer = {customer}\nORDER BY placed_at DESC';

/** Which database, what is run there, and whether it may write. */
export function DatabaseStatement() {
  const form = useToolForm();
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  const engine = (): DatabaseEngine =>
    engineNames.find((each) => each === form.text('/config/engine')) ?? 'postgresql';
  const list = () =>
    (connectors.isSuccess ? connectors.data.items : []).flatMap((each) =>
      each.kind === 'database' && each.engine === engine() ? [each] : [],
    );
  const connectorId = () => form.text('/config/connectorId');
  const connector = () => list().find((each) => each.id === connectorId());
  /** What was written for one engine is there again when it is chosen again. */
  const kept = new Map<boolean, unknown>();
  const [url, setUrl] = createSignal<unknown>('');

  const config = (): Record<string, unknown> => {
    const value = form.at('/config');
    return isObject(value) ? value : {};
  };
  const setEngine = (next: string) => {
    const { connectorId: _connectorId, statement, ...rest } = config();
    kept.set(engine() === 'mongodb', statement);
    const start = next === 'mongodb' ? { collection: '', find: {} } : '';
    form.set('/config', {
      ...rest,
      engine: next,
      url: rest.url ?? url(),
      statement: kept.get(next === 'mongodb') ?? start,
    });
  };
  /** A definition has a URL or a connector: never both. */
  const setConnector = (id: string) => {
    const { url: own, connectorId: _connectorId, tls: _tls, ca: _ca, ...rest } = config();
    setUrl((before) => own ?? before);
    form.set('/config', id ? { ...rest, connectorId: id } : { ...rest, url: url() });
    form.set('/auth', authFor(form.at('/auth'), id !== ''));
  };

  return (
    <>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/config/engine"
          label={t('Database')}
          value={engine()}
          options={engines}
          onChange={setEngine}
        />
        <Show when={list().length > 0 || connectorId()}>
          <SelectField
            pointer="/config/connectorId"
            label={t('Connect to')}
            value={connectorId()}
            options={[
              { value: '', label: t('Custom URL') },
              ...list().map((each) => ({ value: each.id, label: `Connector: ${each.title ?? each.name}` })),
              ...(connectorId() && connectors.isSuccess && !connector()
                ? [{ value: connectorId(), label: t('Unknown connector') }]
                : []),
            ]}
            onChange={setConnector}
            help={
              connector()
                ? t`${connector()?.url}, with the connector's user where this tool inherits it.`
                : undefined
            }
          />
        </Show>
      </div>
      <Show when={!connectorId()}>
        <TextField
          pointer="/config/url"
          label={t('URL')}
          mono
          required
          placeholder={exampleUrl(engine())}
          help={t('Host, port and database. User name and password belong under Auth.')}
        />
        <DatabaseTlsFields base="/config" />
      </Show>
      <Show
        when={engine() === 'mongodb'}
        fallback={
          <TemplateField
            pointer="/config/statement"
            label={t('SQL')}
            required
            rows={8}
            placeholder={example}
            help={t('One statement. Write parameters without quotes; an input that is left out is NULL.')}
          />
        }
      >
        <TemplateJson
          pointer="/config/statement"
          label={t('Operation')}
          height="176px"
          help={t(
            'A collection and one of find, aggregate, countDocuments, distinct, insertOne, insertMany, updateOne, updateMany, replaceOne, deleteOne or deleteMany. A text that is exactly "{name}" becomes that input.',
          )}
        />
      </Show>
      <InputChips />
      <SwitchField
        pointer="/config/readOnly"
        label={t('Read-only')}
        onByDefault
        help={readOnlyWords(engine(), form.at('/config/readOnly') !== false)}
      />
    </>
  );
}

function readOnlyWords(engine: DatabaseEngine, readOnly: boolean): string {
  if (engine === 'mongodb')
    return readOnly
      ? t('Only operations that read. The rights of the user in the database are the true limit.')
      : t(
          'The operation may write. It is sent once: without a response, a person decides whether it happened.',
        );
  return readOnly
    ? t(
        'The database runs the statement in a read-only transaction and refuses writes. The rights of its user are the true limit.',
      )
    : t(
        'The statement may write, in one transaction. It is committed once: without a response to that, a person decides whether it happened.',
      );
}
