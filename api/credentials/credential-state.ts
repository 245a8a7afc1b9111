import type { CredentialView } from '../../shared/tools/credential-schemas.ts';

/** What the entity tag of a credential begins with. */
export const credentialState = ({ revision }: CredentialView): number => revision;
