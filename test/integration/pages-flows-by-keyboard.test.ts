import { describe } from 'vitest';
import { doFlows } from '../support/flows/do-flows.ts';
import { keyHands } from '../support/flows/hands.ts';
import { settingsFlows } from '../support/flows/settings-flows.ts';
import { workFlows } from '../support/flows/work-flows.ts';

describe('flows', () => {
  doFlows([...workFlows, ...settingsFlows], {
    hands: keyHands,
    context: { viewport: { width: 1360, height: 900 } },
  });
});
