import type { JsonObject } from '../../../../platform/json.ts';
import { JsonText } from '../../../../platform/json-text.ts';
import {
  attributeOf,
  childrenOf,
  qnameOf,
  readXml,
  type XmlElement,
  XmlError,
} from '../../../../platform/server/xml/read-xml.ts';
import type { CompiledOperation, SoapChild } from '../config.ts';
import { createTypeReader, declarationsOf, SchemaError } from './read-types.ts';
import { typeSchema } from './type-schema.ts';

const wsdlNs = 'http://schemas.xmlsoap.org/wsdl/';
const bindings: Record<string, CompiledOperation['version']> = {
  'http://schemas.xmlsoap.org/wsdl/soap/': '1.1',
  'http://schemas.xmlsoap.org/wsdl/soap12/': '1.2',
};

/** An operation of one port. */
interface Offered {
  port: string;
  name: string;
  endpoint: string;
  version: CompiledOperation['version'];
  style: string;
  action: string;
  binding: XmlElement;
  operation: XmlElement;
  documentation: string;
}

export interface WsdlProblem {
  field: 'wsdl' | 'operation';
  message: string;
}

type Compiled = { compiled: CompiledOperation; inputSchema: JsonObject; unknown: string[] };

/** @param inputs names that the operation gets. Runs in an isolate. */
export function compileOperation(
  wsdl: string,
  wanted: string,
  inputs: string[],
): Compiled | { problem: WsdlProblem } {
  try {
    const document = readDocument(wsdl);
    const offered = offeredBy(document);
    const found = offered.find(({ port, name }) => name === wanted || `${port}/${name}` === wanted);
    if (!found) {
      const names = [...new Set(offered.map(({ name }) => name))];
      const words =
        names.length === 0
          ? 'the WSDL has no SOAP operation'
          : `there are ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}`;
      return { problem: { field: 'operation', message: `Unknown operation "${wanted}" (${words})` } };
    }
    const compiled = compileOffered(document, found);
    const inputSchema = typeSchema(compiled, compiled.input.element);
    const known = Object.keys((inputSchema.properties ?? {}) as JsonObject);
    return { compiled, inputSchema, unknown: inputs.filter((name) => !known.includes(name)) };
  } catch (error) {
    if (error instanceof XmlError)
      return { problem: { field: 'wsdl', message: `The WSDL cannot be read: ${error.message}` } };
    if (error instanceof SchemaError) return { problem: { field: 'operation', message: error.message } };
    throw error;
  }
}

export interface DescribedOperation {
  /** `Port/Name`, or the name where only one port has it. */
  key: string;
  name: string;
  version: CompiledOperation['version'];
  documentation: string;
  inputSchema: JsonObject | null;
  /** Why it cannot be called. */
  reason: string | null;
}

/** Every operation of the first port that has it. Runs in an isolate. */
export function listOperations(wsdl: string): { operations: JsonText } | { problem: string } {
  try {
    const document = readDocument(wsdl);
    const seen = new Set<string>();
    const operations = offeredBy(document)
      .filter(({ name }) => !seen.has(name) && seen.add(name))
      .slice(0, 2000)
      .map((offered): DescribedOperation => {
        const { name, version, documentation } = offered;
        const described = { key: name, name, version, documentation };
        try {
          const compiled = compileOffered(document, offered);
          return { ...described, inputSchema: typeSchema(compiled, compiled.input.element), reason: null };
        } catch (error) {
          if (!(error instanceof SchemaError)) throw error;
          return { ...described, inputSchema: null, reason: error.message };
        }
      });
    return { operations: new JsonText(JSON.stringify(operations)) };
  } catch (error) {
    if (error instanceof XmlError) return { problem: `The WSDL cannot be read: ${error.message}` };
    throw error;
  }
}

interface Document {
  root: XmlElement;
  declarations: ReturnType<typeof declarationsOf>;
  /** Messages, port types and bindings, by kind and `{namespace}name`. */
  parts: Map<string, XmlElement>;
}

function readDocument(wsdl: string): Document {
  const root = readXml(wsdl);
  if (root.name !== 'definitions' || root.ns !== wsdlNs)
    throw new XmlError(
      root.name === 'description' ? 'it is a WSDL 2.0, and only WSDL 1.1 is supported' : 'it is not a WSDL',
    );
  const schemas = childrenOf(root, 'types').flatMap((types) => childrenOf(types, 'schema'));
  const target = attributeOf(root, 'targetNamespace') ?? '';
  const parts = new Map<string, XmlElement>();
  for (const element of root.children) {
    const name = attributeOf(element, 'name');
    if (name !== undefined) parts.set(`${element.name} {${target}}${name}`, element);
  }
  return { root, declarations: declarationsOf(schemas), parts };
}

function offeredBy({ root, parts }: Document): Offered[] {
  const ports = childrenOf(root, 'service').flatMap((service) => childrenOf(service, 'port'));
  return ports.flatMap((port): Offered[] => {
    const binding = parts.get(`binding ${qnameOf(port, attributeOf(port, 'binding') ?? '')}`);
    const soap = binding?.children.find(({ name, ns }) => name === 'binding' && bindings[ns] !== undefined);
    const version = soap && bindings[soap.ns];
    const address = port.children.find(({ name, ns }) => name === 'address' && bindings[ns] !== undefined);
    if (!binding || !soap || !version || !address) return [];
    const portType = parts.get(`portType ${qnameOf(binding, attributeOf(binding, 'type') ?? '')}`);
    return childrenOf(binding, 'operation').flatMap((each): Offered[] => {
      const name = attributeOf(each, 'name') ?? '';
      const operation = portType?.children.find(
        (one) => one.name === 'operation' && attributeOf(one, 'name') === name,
      );
      const own = each.children.find((one) => one.name === 'operation' && bindings[one.ns] !== undefined);
      if (!operation) return [];
      return [
        {
          port: attributeOf(port, 'name') ?? '',
          name,
          endpoint: attributeOf(address, 'location') ?? '',
          version,
          style: (own && attributeOf(own, 'style')) ?? attributeOf(soap, 'style') ?? 'document',
          action: (own && attributeOf(own, 'soapAction')) ?? '',
          binding: each,
          operation,
          documentation: childrenOf(operation, 'documentation')[0]?.text.trim().slice(0, 2000) ?? '',
        },
      ];
    });
  });
}

function compileOffered(document: Document, offered: Offered): CompiledOperation {
  const { name, endpoint, version, action, operation } = offered;
  if (!/^https?:\/\//i.test(endpoint) || !URL.canParse(endpoint))
    throw new SchemaError(`The address of the port ${offered.port} is not an http or https URL`);
  if (/[^\x20-\x7e]/.test(action))
    throw new SchemaError('The soapAction of the operation has a character that a header cannot carry');
  const reader = createTypeReader(document.declarations);
  const input = messageOf(document, offered, reader, 'input');
  const output =
    childrenOf(operation, 'output').length === 0 ? null : messageOf(document, offered, reader, 'output');
  return {
    operation: name,
    endpoint,
    version,
    action,
    types: reader.types,
    namespaces: reader.namespaces,
    input: { element: input },
    output: output === null ? null : { element: output },
  };
}

function messageOf(
  { parts }: Document,
  { style, binding, operation, name }: Offered,
  reader: ReturnType<typeof createTypeReader>,
  direction: 'input' | 'output',
): SoapChild | null {
  const [declared] = childrenOf(operation, direction);
  const [bound] = childrenOf(binding, direction);
  const described = bound?.children.find((each) => each.name === 'body');
  if (bound?.children.some((each) => each.name === 'multipartRelated'))
    throw new SchemaError('The operation has attachments (MIME parts), which are not supported');
  if ((described && attributeOf(described, 'use')) === 'encoded')
    throw new SchemaError('The operation uses SOAP encoding (use="encoded"), which is not supported');
  const message =
    declared && parts.get(`message ${qnameOf(declared, attributeOf(declared, 'message') ?? '')}`);
  const only = (described && attributeOf(described, 'parts'))?.split(/\s+/).filter(Boolean);
  const all = message ? childrenOf(message, 'part') : [];
  const used = only ? all.filter((part) => only.includes(attributeOf(part, 'name') ?? '')) : all;
  if (style === 'rpc') return rpcElement(described, name, used, reader, direction);
  if (used.length > 1)
    throw new SchemaError('The operation has a body of several parts, of which SOAP allows one');
  const [part] = used;
  if (!part) return null;
  const element = attributeOf(part, 'element');
  if (element === undefined)
    throw new SchemaError('The operation has a body of a type without an element, which is not supported');
  return reader.global(qnameOf(part, element));
}

/** In rpc style the body has an element named like the operation, with one for each part. */
function rpcElement(
  body: XmlElement | undefined,
  name: string,
  parts: XmlElement[],
  reader: ReturnType<typeof createTypeReader>,
  direction: 'input' | 'output',
): SoapChild {
  const children = parts.map((part): SoapChild => {
    const type = attributeOf(part, 'type');
    if (type === undefined)
      throw new SchemaError('The operation has a part without a type, which rpc style does not have');
    return {
      name: attributeOf(part, 'name') ?? '',
      ns: -1,
      type: reader.named(qnameOf(part, type)),
      ...(direction === 'input' && { required: true }),
    };
  });
  return {
    name: direction === 'input' ? name : `${name}Response`,
    ns: reader.nsOf((body && attributeOf(body, 'namespace')) ?? ''),
    type: reader.add({ kind: 'complex', attributes: [], text: null, children }),
  };
}
