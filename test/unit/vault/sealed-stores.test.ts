import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { sealedInputs, sealInput } from '../../../shared/executions/server/execution-input.ts';
import { createLocalKeyRing } from '../../../shared/platform/server/key-ring.ts';
import { createVault } from '../../../shared/platform/server/vault.ts';
import {
  sealedCompletions,
  sealedStepInputs,
  sealStepInput,
} from '../../../shared/playbooks/server/step-tool.ts';
import { credentialContext, sealedCredentials } from '../../../shared/tools/server/credential-store.ts';
import { sealedWebhookSecrets, sealSecrets } from '../../../shared/webhooks/server/webhook-secret.ts';

const [old, next] = ['old', 'next'].map((id) => ({ id, key: randomBytes(32).toString('base64') }));
const vault = createVault(createLocalKeyRing([old!]));
const ring = createVault(createLocalKeyRing([next!, old!]));
const id = '0198a000-0000-7000-8000-000000000001';
const tenant_id = '0198a000-0000-7000-8000-000000000002';

/** What a feature seals, with the columns of its row. */
const stored = {
  'the input of an execution': [
    sealedInputs,
    { id, tenant_id },
    () => sealInput({ vault }, { id, tenantId: tenant_id }, { card: 'x' }),
  ],
  'the input of a step': [
    sealedStepInputs,
    { id, tenant_id },
    () => sealStepInput({ vault }, { tenantId: tenant_id, stepRunId: id }, { card: 'x' }),
  ],
  'what was sent to complete a step': [
    sealedCompletions,
    { id: 'another', step_run_id: id, tenant_id },
    () => sealStepInput({ vault }, { tenantId: tenant_id, stepRunId: id }, { card: 'x' }),
  ],
  'the secrets of a webhook': [
    sealedWebhookSecrets,
    { id, tenant_id },
    () => sealSecrets(vault, { tenantId: tenant_id, endpointId: id }, [{ secret: 'whsec_x' }]),
  ],
  'a credential': [
    sealedCredentials,
    { credential_id: id, version: '1', tenant_id },
    () => vault.seal('x', credentialContext(tenant_id, id)),
  ],
  'a global credential': [
    sealedCredentials,
    { credential_id: id, version: '1', tenant_id: null },
    () => vault.seal('x', credentialContext(null, id)),
  ],
} as const;

test.each(Object.entries(stored))('%s is sealed again with the columns of its row', async (_what, entry) => {
  const [store, facts, seal] = entry;
  const sealed = await seal();
  const context = store.contextOf(facts as Record<string, string | null>);
  const again = await ring.rewrap(sealed, context);
  expect(again).not.toBeNull();
  expect(await ring.open(again!, context)).toBe(await vault.open(sealed, context));
});
