import { Show } from 'solid-js';
import { databaseEngines } from '../../../../../../shared/tools/database/engines.ts';
import { CodeBlock } from '../../../../../kit/code-block.tsx';
import { formatBytes } from '../../../../../kit/format.ts';
import { Section } from '../../../../../kit/page-header.tsx';
import { rich, t } from '../../../../../words/words.ts';
import { tlsWords } from '../../../parts/database-words.ts';
import { Line, Lines } from '../../../parts/lines.tsx';
import type { Tool } from '../../../parts/tool-words.ts';
import { AuthLines, createConnector, TargetLine } from '../call-lines.tsx';

/** The statement, where it is run, and what it may do. */
export function DatabaseOverview(props: { tool: Extract<Tool, { type: 'database' }> }) {
  const config = () => props.tool.config;
  const connector = createConnector('database', () => config().connectorId);
  const statement = () => {
    const { statement: written } = config();
    return typeof written === 'string' ? written : JSON.stringify(written, null, 2);
  };
  return (
    <Section title={t('Statement')}>
      <CodeBlock
        text={statement()}
        language={config().engine === 'mongodb' ? 'json' : 'text'}
        label={t('Statement')}
        maxHeight="320px"
        class="mb-3"
      />
      <Lines>
        <Line label={t('Database')}>{databaseEngines[config().engine].label}</Line>
        <TargetLine tool={props.tool} connector={connector()}>
          <Show when={connector()}>
            {(found) => <span class="ml-2 break-all font-mono text-muted text-sm">{found().url}</span>}
          </Show>
        </TargetLine>
        <Line label={t('Encryption')}>{tlsWords(connector() ?? config())}</Line>
        <AuthLines auth={props.tool.auth} connector={connector()} />
        <Line label={t('Access')}>{config().readOnly ? t('Read only') : t('Write, in one transaction')}</Line>
        <Line label={t('Result')}>
          {rich`At most ${() => config().maxRows} rows and ${() => formatBytes(config().maxResponseBytes)}`}
        </Line>
      </Lines>
    </Section>
  );
}
