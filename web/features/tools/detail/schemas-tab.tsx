import { createSignal, type JSX, Show } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { SchemaTable } from '../../../kit/schema-table/schema-table.tsx';
import type { Tool } from '../parts/tool-words.ts';

/** Input and output, each as a table or as JSON Schema. */
export function SchemasTab(props: { tool: Tool }) {
  return (
    <>
      <SchemaSection title="Input" schema={props.tool.inputSchema} none="Any object is valid." />
      <Show
        when={props.tool.outputSchema}
        fallback={
          <Section title="Output">
            <p class="text-muted">No schema: any output is valid.</p>
          </Section>
        }
      >
        {(schema) => (
          <SchemaSection title="Output" schema={schema()} none="The schema has no properties.">
            <p class="mb-2 text-muted">
              If the response does not match, the execution fails. The response is kept for inspection.
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
          {raw() ? 'Show as table' : 'Show JSON Schema'}
        </Button>
      }
    >
      {props.children}
      <Show
        when={raw()}
        fallback={<SchemaTable schema={props.schema} label={`${props.title} properties`} none={props.none} />}
      >
        <JsonBlock value={props.schema} label={`${props.title} schema`} maxHeight="560px" />
      </Show>
    </Section>
  );
}
