import { z } from 'zod';
import { hostPortOf } from '../../http/url.ts';
import { checkEndpoint } from '../../providers/soap/check.ts';
import { soapServiceFields } from '../../providers/soap/config.ts';
import { endpointsOf } from '../../providers/soap/wsdl-endpoints.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('soap'),
  ...soapServiceFields,
});

/** A SOAP service: its WSDL, where it is, and its auth. */
export const soapConnector = {
  label: 'SOAP service',
  schema,
  check: ({ wsdl, endpoint }) => [
    ...checkEndpoint(endpoint, '/endpoint'),
    ...((wsdl ?? '').trim() === ''
      ? [{ path: '/wsdl', message: 'wsdl is required', keyword: 'required' }]
      : []),
  ],
  documents: ['wsdl'],
  hosts: ({ wsdl, endpoint }) =>
    (endpoint === undefined ? endpointsOf(wsdl ?? '') : [endpoint]).flatMap((url) => hostPortOf(url) ?? []),
} satisfies ConnectorKindDefinition<typeof schema>;
