import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import type { AuthOf } from '../registry.ts';
import { readIdentity } from './definition.ts';

/** The request as it is, on connections that present the certificate. */
export const mtlsApplier: AuthApplier<AuthOf<'mtls'>> = {
  async apply(auth, request, { secret }) {
    if (secret === null) throw new AuthError('The tool has no client certificate', { code: 'denied' });
    if (!/^https:/i.test(request.url))
      throw new AuthError('A client certificate is presented over https only: change the URL', {
        code: 'denied',
      });
    const { certificate, privateKey, passphrase } = readIdentity(secret);
    const { ca, credentialId = '' } = auth;
    return {
      ...request,
      clientCertificate: { name: credentialId, certificate, privateKey, passphrase, ca },
    };
  },
  renew: () => false,
};
