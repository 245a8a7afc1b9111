import { InterlockError } from '../../../platform/error-codes.ts';
import { operationsOf } from '../../providers/soap/complete/in-isolate.ts';
import type { ConnectorOffers } from '../../server/connector-offer.ts';

/** Every operation of the WSDL of a connector. */
export const soapOffers: ConnectorOffers<'soap'> = {
  async operations({ wsdl = '' }, tenantId) {
    const found = await operationsOf(wsdl, tenantId);
    if ('problem' in found) throw new InterlockError('invalid_definition', `${found.problem}.`);
    return found.operations.map(({ key, name, version, documentation, inputSchema, reason }) => {
      const words = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').replaceAll('_', ' ');
      const title = `${words.slice(0, 1).toUpperCase()}${words.slice(1).toLowerCase()}`.slice(0, 120);
      return {
        key,
        title,
        description: documentation,
        method: `SOAP ${version}`,
        tool: inputSchema && {
          name: toolName(name),
          title,
          ...(documentation !== '' && { description: documentation }),
          type: 'soap',
          inputSchema,
          config: { operation: key },
        },
        reason,
      };
    });
  },
};

function toolName(name: string): string {
  const made = name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 63);
  return made.length < 2 ? `soap_${made}` : made;
}
