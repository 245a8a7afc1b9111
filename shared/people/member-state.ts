/** What the entity tag of a member begins with: a change of roles is for the roles that were seen. */
export const memberState = ({ roles }: { roles: readonly string[] }): string => roles.join('+');
