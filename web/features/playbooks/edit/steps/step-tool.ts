import { type Accessor, createMemo } from 'solid-js';
import { useQuery } from '../../../../api/query.ts';
import { queries } from '../../../../api/trpc.ts';
import type { JsonSchema } from '../../../../kit/schema-form/schema-field.ts';

/** The tool that a step names, and its inputs at the version that the step asks for. */
export function useStepTool(name: Accessor<string>, version: Accessor<number | undefined>) {
  const list = useQuery(() => ({
    ...queries.tools.list({ q: name(), limit: 50 }),
    enabled: name() !== '',
  }));
  const current = createMemo(() => {
    const same = (name() !== '' && list.isSuccess ? list.data.items : []).filter(
      (tool) => tool.name === name(),
    );
    return same.find((tool) => tool.scope === 'tenant') ?? same[0];
  });
  const id = () => current()?.id;
  const tool = useQuery(() => ({ ...queries.tools.get({ id: id() ?? '' }), enabled: id() !== undefined }));
  const versions = useQuery(() => ({
    ...queries.tools.versions({ id: id() ?? '' }),
    enabled: id() !== undefined,
  }));
  const known = () => (id() !== undefined && versions.isSuccess ? versions.data.items : []);
  return {
    current,
    versions: () => known().map((each) => each.version),
    isLoading: () => name() !== '' && (list.isPending || (id() !== undefined && tool.isPending)),
    isMissing: () => name() !== '' && list.isSuccess && current() === undefined,
    inputSchema: createMemo((): JsonSchema | null => {
      const pinned = known().find((each) => each.version === version());
      if (version() !== undefined && pinned) return pinned.definition.inputSchema;
      return id() !== undefined && tool.isSuccess ? tool.data.inputSchema : null;
    }),
  };
}
