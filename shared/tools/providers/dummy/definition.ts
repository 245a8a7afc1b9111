import type { ToolOf } from '../../tool-definition.ts';
import type { PureProvider } from '../pure-provider.ts';

/** Answers by itself: for trying out playbooks, retries and failures without a service. */
export const dummyPureProvider: PureProvider<ToolOf<'dummy'>> = {
  check: () => [],
  render: (_definition, input) => ({
    method: 'CALL',
    url: 'dummy:',
    headers: {},
    body: input,
    bodyType: 'json',
  }),
  repeatPolicy: () => ({ safe: true, words: 'Safe to repeat: nothing leaves Interlock' }),
};
