import type { ToolOf } from '../../tool-definition.ts';
import type { ProviderDefinition } from '../provider-definition.ts';

/** Answers by itself: for trying out playbooks, retries and failures without a service. */
export const dummyProvider: ProviderDefinition<ToolOf<'dummy'>> = {
  label: 'Dummy',
  check: () => [],
  render: (_definition, input) => ({
    method: 'CALL',
    url: 'dummy:',
    headers: {},
    body: input,
    bodyType: 'json',
  }),
  retrySafety: () => ({ safe: true, words: 'Safe to repeat: nothing leaves Interlock' }),
};
