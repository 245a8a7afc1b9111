import { createSignal, type JSX, Show } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { SchemaTable } from '../../../kit/schema-table/schema-table.tsx';
import { t } from '../../../words/words.ts';
import type { Tool } from '../parts/tool-words.ts';

/** Input and output, each as a table or as JSON Schema. */
export function SchemasTab(props: { tool: Tool }) {
  return (
    <>
      <SchemaSection title={t('Input')} schema={props.tool.inputSchema} none={t('Any object is valid.')} />
      <Show
        when={props.tool.outputSchema}
        fallback={
          <Section title={t('Output')}>
            <p class="text-muted">{t('No schema: any output is valid.')}</p>
          </Section>
        }
      >
        {(schema) => (
          <SchemaSection title={t('Output')} schema={schema()} none={t('The schema has no properties.')}>
            <p class="mb-2 text-muted">
              {t('If the response does not match, the execution fails. The response is kept for inspection.')}
            </p>
          </SchemaSection>
        )}
      </Show>
    </>
  );
}

function SchemaSection(props: { title: string; schema: unknown; none: string; children?: JSX.Element }) {
  const [raw, setRaw] = createSignal(false);
  return (
    <Section
      title={props.title}
      aside={
        <Button variant="quiet" aria-pressed={raw()} onClick={() => setRaw((shown) => !shown)}>
          {raw() ? t('Show as table') : t('Show JSON Schema')}
        </Button>
      }
    >
      {props.children}
      <Show
        when={raw()}
        fallback={
          <SchemaTable schema={props.schema} label={t`${props.title} properties`} none={props.none} />
        }
      >
        <JsonBlock value={props.schema} label={t`${props.title} schema`} maxHeight="560px" />
      </Show>
    </Section>
  );
}
