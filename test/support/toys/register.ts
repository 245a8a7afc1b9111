import { registerAuthKind } from '../../../shared/tools/auth/registry.ts';
import { registerProvider } from '../../../shared/tools/providers/registry.ts';
import { registerAuthApplier } from '../../../shared/tools/server/auth-appliers.ts';
import { registerProviderCall } from '../../../shared/tools/server/providers.ts';
import { toyAuthApplier } from './auth/apply.ts';
import { toyAuth } from './auth/definition.ts';
import { createToyProvider } from './provider/call.ts';
import { toyProvider } from './provider/definition.ts';

// What a new variant adds: a folder, and a line for each half. A test imports this file; a whole process takes it as
// `node --import ./test/support/toys/register.ts api/main.ts`.
registerProvider('toy_mailbox', toyProvider);
registerProviderCall('toy_mailbox', (_egress, auth) => createToyProvider(auth));
registerAuthKind('toy_seal', toyAuth);
registerAuthApplier('toy_seal', () => toyAuthApplier);
