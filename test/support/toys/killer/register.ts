import { existsSync } from 'node:fs';
import { z } from 'zod';
import { registerStepType } from '../../../../shared/playbooks/server/step-runners.ts';
import { humanStep } from '../../../../shared/playbooks/steps/step-common.ts';
import { defineStep } from '../../../../shared/playbooks/steps/step-definition.ts';
import type { ProviderDefinition } from '../../../../shared/tools/providers/provider-definition.ts';
import { registerProvider } from '../../../../shared/tools/providers/registry.ts';
import { registerProviderCall } from '../../../../shared/tools/server/providers.ts';
import { toolFields } from '../../../../shared/tools/tool-fields.ts';

// A tool and a step that end their process while a file exists. A worker process takes them with
// `NODE_OPTIONS=--import=<this file>`.

function killWhile(file: string): void {
  if (existsSync(file)) process.kill(process.pid, 'SIGKILL');
}

const toolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('toy_killer'),
  config: z.strictObject({ whileFile: z.string() }),
});

registerProvider('toy_killer', {
  label: 'Toy killer',
  schema: toolSchema,
  check: () => [],
  render: () => ({ method: 'PUT', url: 'toy://killer.example/', headers: {} }),
  hosts: () => ['killer.example:1'],
  target: () => 'PUT killer.example',
  retrySafety: () => ({ safe: true, words: 'A second call does nothing more' }),
  readsOnly: () => false,
  breakingFields: [],
} satisfies ProviderDefinition<typeof toolSchema>);

registerProviderCall('toy_killer', () => ({
  async call({ config }: z.output<typeof toolSchema>, _request, context) {
    context.onSent();
    killWhile(config.whileFile);
    const output = { survived: true };
    return { ok: true, output, raw: output };
  },
}));

const stepSchema = z.strictObject({ ...humanStep, type: z.literal('toy_killer'), whileFile: z.string() });

registerStepType(
  'toy_killer',
  defineStep(() => stepSchema, {
    label: 'Kill the worker',
    defaultRole: 'operator',
    outcomes: () => [{ id: 'done', title: 'Done', needsReason: false, takesInput: false, byDefault: true }],
    human: (step) => step,
    form: () => null,
    expressions: () => [],
    check: () => [],
    outputSchema: () => null,
  }),
  {
    async open({ whileFile }) {
      killWhile(whileFile);
      return { change: { status: 'waiting' } };
    },
    complete: () => ({ change: { status: 'completed' } }),
    dryRun: async () => ({ result: 'would_wait', message: 'Waits.' }),
  },
);
