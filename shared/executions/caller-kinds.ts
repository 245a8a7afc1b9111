/** Who calls: people, keys, steps of playbooks, or Interlock itself. */
export const callerKinds = ['people', 'api_key', 'playbook', 'system'] as const;
