import { describe } from 'vitest';
import { doFlows, phone } from '../support/flows/do-flows.ts';
import { touchHands } from '../support/flows/hands.ts';
import { settingsFlows } from '../support/flows/settings-flows.ts';
import { workFlows } from '../support/flows/work-flows.ts';

describe('flows', () => {
  doFlows([...workFlows, ...settingsFlows], { hands: touchHands, context: phone });
});
