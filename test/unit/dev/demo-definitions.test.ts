import { expect, test } from 'vitest';
import { demoConnectors } from '../../../dev/demo-data/connectors.ts';
import { demoTools } from '../../../dev/demo-data/tools.ts';
import { checkConnector, connectorDefinitionSchema } from '../../../shared/tools/connectors/registry.ts';
import { providerOf } from '../../../shared/tools/providers/registry.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

const urls = {
  demo: 'http://127.0.0.1:4501',
  temporalHttp: 'http://127.0.0.1:7243',
  mail: '127.0.0.1:4525',
  shop: '127.0.0.1:4502',
};

test.each(demoConnectors(urls))('the demo connector $definition.name can be saved', ({ definition }) => {
  expect(checkConnector(connectorDefinitionSchema.parse(definition))).toEqual([]);
});

test.each(demoTools(urls).flatMap(({ versions }) => versions))(
  'the demo tool $name can be saved',
  (definition) => {
    const { connector, ...config } = { connector: undefined, ...definition.config };
    const connected = connector && { connectorId: '9b2d7c1e-0f7e-4d8e-8a52-7a1b6d0c0001' };
    const written = JSON.parse(JSON.stringify({ ...definition, config: { ...config, ...connected } }));
    const tool = toolDefinitionSchema.parse(written);
    expect(providerOf(tool).check(tool)).toEqual([]);
  },
);
