import { Show } from 'solid-js';
import { CodeBlock } from '../../../../kit/code-block.tsx';
import type { ConnectorOfKind } from '../../parts/connector-words.ts';
import { Line } from '../../parts/lines.tsx';
import { HeaderLines } from './header-lines.tsx';

export const GraphqlLines = (props: { connector: ConnectorOfKind<'graphql'> }) => (
  <>
    <Line label="Endpoint">
      <span class="break-all font-mono text-sm">{props.connector.url}</span>
    </Line>
    <HeaderLines headers={props.connector.headers} />
    <Line label="Schema">
      <Show
        when={props.connector.schema}
        fallback="None: documents are checked by their syntax only. Edit the connector to fetch it."
      >
        {(schema) => <CodeBlock text={schema()} label="Schema" maxHeight="240px" />}
      </Show>
    </Line>
  </>
);
