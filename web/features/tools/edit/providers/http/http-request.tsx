import { createMemo, createSignal, Show } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { httpMethods } from '../../../../../../shared/tools/providers/http/config.ts';
import { useQuery } from '../../../../../api/query.ts';
import { queries } from '../../../../../api/trpc.ts';
import { SelectField } from '../../../../../kit/document-form/bound-fields.tsx';
import { rich, t } from '../../../../../words/words.ts';
import { authFor } from '../../auth/inherit.tsx';
import { InputChips } from '../../input-chips.tsx';
import { PairRows } from '../../pair-rows.tsx';
import { TemplateField } from '../../template-input.tsx';
import { useToolForm } from '../../tool-form-state.ts';
import { HttpBody } from './http-body.tsx';
import { HttpQueryStyles } from './http-query-styles.tsx';
import { PasteCurl } from './paste-curl.tsx';

const segmentsHelp = t('In the path, an input is one segment; {+name} allows slashes in it.');

/** Where the request goes and what it carries. */
export function HttpRequest() {
  const form = useToolForm();
  const connectors = useQuery(() => queries.connectors.list({ limit: 200 }));
  const list = () =>
    (connectors.isSuccess ? connectors.data.items : []).filter((each) => each.kind === 'rest');
  const connectorId = () => form.text('/config/connectorId');
  const connector = createMemo(() => list().find((each) => each.id === connectorId()));
  const method = () => form.text('/config/method') || 'GET';
  const hasBody = () => method() !== 'GET' && method() !== 'HEAD';
  const [kept, setKept] = createSignal<{ url?: unknown; path?: unknown }>({});

  /** A definition has a URL, or a connector and a path: never both. */
  const setConnector = (id: string) => {
    const config = form.at('/config');
    const { url, path, connectorId: _id, ...rest } = isObject(config) ? config : {};
    setKept((before) => ({ url: url ?? before.url, path: path ?? before.path }));
    const next = id ? { connectorId: id, path: kept().path ?? '/' } : { url: kept().url ?? '' };
    form.set('/config', { method: method(), ...next, ...rest });
    form.set('/auth', authFor(form.at('/auth'), id !== ''));
  };

  return (
    <>
      <PasteCurl />
      <Show when={list().length > 0 || connectorId()}>
        <div class="max-w-80">
          <SelectField
            pointer="/config/connectorId"
            label={t('Send to')}
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
                ? t(
                    'Headers and limits come from the connector where this tool sets none; auth where it inherits it.',
                  )
                : undefined
            }
          />
        </div>
      </Show>
      <div class="grid grid-cols-[104px_minmax(0,1fr)] gap-1.5">
        <SelectField
          pointer="/config/method"
          label={t('Method')}
          value={method()}
          mono
          options={httpMethods.map((value) => ({ value, label: value }))}
        />
        <Show
          when={connectorId()}
          fallback={
            <TemplateField
              pointer="/config/url"
              label={t('URL')}
              required
              help={segmentsHelp}
              placeholder="https://api.example.com/payments/{paymentId}"
            />
          }
        >
          <TemplateField
            pointer="/config/path"
            label={t('Path')}
            help={connector() ? t`Appended to ${connector()?.baseUrl}. ${segmentsHelp}` : segmentsHelp}
            placeholder="/payments/{paymentId}/refunds"
          />
        </Show>
      </div>
      <InputChips />
      <PairRows
        pointer="/config/query"
        label={t('Query parameters')}
        one={t('parameter')}
        namePlaceholder="limit"
        optional
      />
      <HttpQueryStyles />
      <PairRows
        pointer="/config/headers"
        label={t('Headers')}
        one={t('header')}
        namePlaceholder="accept-language"
        optional
      />
      <Show
        when={hasBody()}
        fallback={<p class="text-faint text-sm">{rich`A ${method} request has no body.`}</p>}
      >
        <HttpBody />
      </Show>
    </>
  );
}
