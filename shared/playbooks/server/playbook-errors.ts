import { InterlockError } from '../../platform/error-codes.ts';

export function noPlaybook(): InterlockError {
  return new InterlockError('not_found', 'Playbook not found.');
}

export function noDraft(): InterlockError {
  return new InterlockError('conflict', 'The playbook has no draft.');
}
