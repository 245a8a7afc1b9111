import { useQueries } from '@tanstack/solid-query';
import { type Accessor, createMemo } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { type Document, stepAt, stepPaths, textOf } from '../parts/outline.ts';
import { useToolsByName } from '../parts/tool-names.ts';
import type { ScopeKnowledge } from './scope-paths.ts';

/** The attributes of exceptions by domain, and the outputs of the tools in a document. */
export function useScopeKnowledge(document: Accessor<Document>): Accessor<ScopeKnowledge> {
  const domains = useQuery(() => queries.exceptions.domains());
  const toolOf = useToolsByName();
  const toolIds = createMemo(
    () => {
      const names = stepPaths(document()).map((path) => textOf(stepAt(document(), path), 'tool'));
      return [...new Set(names)].flatMap((name) => toolOf(name)?.id ?? []).sort();
    },
    [],
    { equals: (a, b) => a.join() === b.join() },
  );
  const tools = useQueries(() => ({ queries: toolIds().map((id) => queries.tools.get({ id })) }));
  return createMemo(() => {
    const attributes: Record<string, JsonSchema> = {};
    for (const domain of domains.isSuccess ? domains.data.items : [])
      attributes[domain.name] = domain.attributeSchema;
    const outputs: Record<string, JsonSchema> = {};
    for (const tool of tools)
      if (tool.isSuccess && tool.data.outputSchema) outputs[tool.data.name] = tool.data.outputSchema;
    return { attributes, outputs };
  });
}
