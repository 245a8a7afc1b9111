import { Show } from 'solid-js';
import { CodeBlock } from '../../../../kit/code-block.tsx';
import { t } from '../../../../words/words.ts';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import { HeaderLines } from './header-lines.tsx';

export const GraphqlLines = (props: { connector: ConnectorOfKind<'graphql'> }) => (
  <>
    <Line label={t('Endpoint')}>
      <span class="break-all font-mono text-sm">{props.connector.url}</span>
    </Line>
    <HeaderLines headers={props.connector.headers} />
    <Line label={t('Schema')}>
      <Show
        when={props.connector.schema}
        fallback={t('None: documents are checked by their syntax only. Edit the connector to fetch it.')}
      >
        {(schema) => <CodeBlock text={schema()} label={t('Schema')} maxHeight="240px" />}
      </Show>
    </Line>
  </>
);
