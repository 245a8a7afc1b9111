import {
  attributeOf,
  childrenOf,
  qnameOf,
  type XmlElement,
} from '../../../../platform/server/xml/read-xml.ts';
import type { SoapChild, SoapType, simpleKinds } from '../config.ts';

/** The schemas use something that has no place in JSON; `message` is for people. */
export class SchemaError extends Error {}

const xs = 'http://www.w3.org/2001/XMLSchema';
type SimpleKind = (typeof simpleKinds)[number];
type Branch = NonNullable<SoapChild['choice']>[number];
type Complex = Extract<SoapType, { kind: 'complex' }>;

const kindOf: Record<string, SimpleKind> = {
  boolean: 'boolean',
  base64Binary: 'base64',
  decimal: 'number',
  double: 'number',
  float: 'number',
};
for (const name of [
  'integer',
  'int',
  'long',
  'short',
  'byte',
  'unsignedInt',
  'unsignedLong',
  'unsignedShort',
  'unsignedByte',
  'positiveInteger',
  'nonNegativeInteger',
  'negativeInteger',
  'nonPositiveInteger',
])
  kindOf[name] = 'integer';

interface Place {
  element: XmlElement;
  /** The schema that it is in. */
  schema: XmlElement;
}

/** Everything that the schemas of a document declare, by kind and `{namespace}name`. */
export function declarationsOf(schemas: readonly XmlElement[]): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const schema of schemas) {
    const target = attributeOf(schema, 'targetNamespace') ?? '';
    for (const element of schema.children) {
      const name = attributeOf(element, 'name');
      if (name !== undefined) found.set(`${element.name} {${target}}${name}`, { element, schema });
    }
  }
  return found;
}

/** Reads the types that one operation reaches into flat tables. */
export function createTypeReader(declarations: Map<string, Place>) {
  const types: SoapType[] = [];
  const namespaces: string[] = [];
  const known = new Map<string, number>();
  let groups = 0;

  const nsOf = (name: string): number => {
    if (name === '') return -1;
    const at = namespaces.indexOf(name);
    return at < 0 ? namespaces.push(name) - 1 : at;
  };
  const add = (type: SoapType): number => {
    if (types.length >= 5000) throw new SchemaError('The operation has more than 5000 types');
    return types.push(type) - 1;
  };
  const find = (kind: string, name: string): Place => {
    const found = declarations.get(`${kind} ${name}`);
    if (!found)
      throw new SchemaError(
        `The schema has no ${kind} ${name}: if it is in a file that the WSDL imports, put that schema into the WSDL`,
      );
    return found;
  };

  const simpleNamed = (xsd: string): number => {
    const before = known.get(`builtin ${xsd}`);
    if (before !== undefined) return before;
    const index = add({ kind: 'simple', of: kindOf[xsd] ?? 'string', xsd: xsd.slice(0, 40) });
    known.set(`builtin ${xsd}`, index);
    return index;
  };

  /** A type by its name. */
  const named = (name: string): number => {
    if (name.startsWith(`{${xs}}`)) return simpleNamed(name.slice(xs.length + 2));
    const before = known.get(name);
    if (before !== undefined) return before;
    const complex = declarations.get(`complexType ${name}`);
    if (complex) {
      // A type may hold itself.
      const type: Complex = { kind: 'complex', attributes: [], text: null, children: [] };
      const index = add(type);
      known.set(name, index);
      readComplex(complex.element, complex.schema, type);
      return index;
    }
    const { element } = find('simpleType', name);
    const index = simpleOf(element, 0);
    known.set(name, index);
    return index;
  };

  const simpleOf = (element: XmlElement, depth: number): number => {
    const [restriction] = childrenOf(element, 'restriction');
    // A list or a union is written as its text.
    if (!restriction || depth > 20) return simpleNamed('string');
    const base = attributeOf(restriction, 'base');
    const [inner] = childrenOf(restriction, 'simpleType');
    const of =
      base === undefined
        ? inner
          ? simpleOf(inner, depth + 1)
          : simpleNamed('string')
        : named(qnameOf(restriction, base));
    const known = types[of];
    const choices = childrenOf(restriction, 'enumeration').map((each) => attributeOf(each, 'value') ?? '');
    if (known?.kind !== 'simple' || choices.length === 0 || choices.length > 1000) return of;
    return add({ ...known, choices: choices.map((each) => each.slice(0, 400)) });
  };

  /** The type of an element or an attribute: named, inline, or any text. */
  const typeOf = (element: XmlElement, schema: XmlElement): number => {
    const name = attributeOf(element, 'type');
    if (name !== undefined) return named(qnameOf(element, name));
    const [simple] = childrenOf(element, 'simpleType');
    if (simple) return simpleOf(simple, 0);
    const [complex] = childrenOf(element, 'complexType');
    if (!complex) return simpleNamed('string');
    const type: Complex = { kind: 'complex', attributes: [], text: null, children: [] };
    const index = add(type);
    readComplex(complex, schema, type);
    return index;
  };

  const readComplex = (element: XmlElement, schema: XmlElement, into: Complex): void => {
    const [simpleContent] = childrenOf(element, 'simpleContent');
    const [complexContent] = childrenOf(element, 'complexContent');
    const content = simpleContent ?? complexContent;
    const derived = content?.children.find(({ name }) => name === 'extension' || name === 'restriction');
    if (derived) {
      const base = qnameOf(derived, attributeOf(derived, 'base') ?? '');
      if (base.startsWith('{http://schemas.xmlsoap.org/soap/encoding/}'))
        throw new SchemaError('The operation uses SOAP encoding (soapenc arrays), which is not supported');
      const known = base === `{${xs}}anyType` ? undefined : types[named(base)];
      if (known?.kind === 'simple') into.text = types.indexOf(known);
      if (known?.kind === 'complex') {
        into.text = known.text;
        into.attributes.push(...known.attributes);
        if (derived.name === 'extension') into.children.push(...known.children);
      }
    }
    const body = derived ?? element;
    for (const each of body.children) readParticle(each, schema, into, false, [], 0);
    readAttributes(body, schema, into, 0);
    if (into.children.length > 1000) throw new SchemaError('A type has more than 1000 elements');
    const names = into.children.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
      throw new SchemaError(`A type has two elements named ${twice}, which an object cannot have`);
  };

  const readParticle = (
    element: XmlElement,
    schema: XmlElement,
    into: Complex,
    optional: boolean,
    choice: Branch[],
    depth: number,
  ): void => {
    if (depth > 50) throw new SchemaError('A type is nested too deeply');
    const isOptional = optional || attributeOf(element, 'minOccurs') === '0';
    const max = attributeOf(element, 'maxOccurs') ?? '1';
    const many = max !== '1' && max !== '0';
    const inside = (group: XmlElement, place: XmlElement, choices: (index: number) => Branch[]) => {
      const particles = group.children.filter(({ name }) => particleNames.has(name));
      if (many && particles.length > 1)
        throw new SchemaError(
          'A type repeats a group of several elements, whose order an object cannot keep',
        );
      for (const [index, each] of particles.entries()) {
        const repeated = many
          ? { ...each, attributes: [...each.attributes, { name: 'maxOccurs', ns: '', value: max }] }
          : each;
        readParticle(repeated, place, into, isOptional || group.name === 'choice', choices(index), depth + 1);
      }
    };
    switch (element.name) {
      case 'element':
        if (max !== '0') into.children.push(readChild(element, schema, isOptional, many, choice));
        return;
      case 'sequence':
      case 'all':
        inside(element, schema, () => choice);
        return;
      case 'choice': {
        const group = groups++;
        inside(element, schema, (index) => (many ? choice : [...choice, { group, branch: index }]));
        return;
      }
      case 'group': {
        const ref = attributeOf(element, 'ref');
        if (ref === undefined) return;
        const found = find('group', qnameOf(element, ref));
        for (const each of found.element.children)
          readParticle(each, found.schema, into, isOptional, choice, depth + 1);
        return;
      }
      case 'any':
        if (!isOptional)
          throw new SchemaError('A type requires any element (xs:any), which is not supported');
    }
  };

  const readChild = (
    element: XmlElement,
    schema: XmlElement,
    optional: boolean,
    many: boolean,
    choice: Branch[],
  ): SoapChild => {
    const ref = attributeOf(element, 'ref');
    const rest = {
      ...(!optional && { required: true }),
      ...(many && { many: true }),
      ...(choice.length > 0 && { choice: choice.slice(0, 20) }),
    };
    if (ref !== undefined) return { ...global(qnameOf(element, ref)), ...rest };
    const form = attributeOf(element, 'form') ?? attributeOf(schema, 'elementFormDefault');
    return {
      name: attributeOf(element, 'name') ?? '',
      ns: form === 'qualified' ? nsOf(attributeOf(schema, 'targetNamespace') ?? '') : -1,
      type: typeOf(element, schema),
      ...rest,
      ...(attributeOf(element, 'nillable') === 'true' && { nillable: true }),
    };
  };

  const readAttributes = (element: XmlElement, schema: XmlElement, into: Complex, depth: number): void => {
    for (const each of element.children) {
      if (each.name === 'attributeGroup' && depth < 20) {
        const ref = attributeOf(each, 'ref');
        if (ref === undefined) continue;
        const found = find('attributeGroup', qnameOf(each, ref));
        readAttributes(found.element, found.schema, into, depth + 1);
      }
      if (each.name !== 'attribute' || attributeOf(each, 'use') === 'prohibited') continue;
      const ref = attributeOf(each, 'ref');
      const found = ref === undefined ? null : declarations.get(`attribute ${qnameOf(each, ref)}`);
      // Those of XML itself, such as xml:lang, are left out.
      if (ref !== undefined && !found) continue;
      const own = found?.element ?? each;
      const target = attributeOf(found?.schema ?? schema, 'targetNamespace') ?? '';
      const form = attributeOf(own, 'form') ?? attributeOf(schema, 'attributeFormDefault');
      into.attributes = into.attributes.filter(({ name }) => name !== attributeOf(own, 'name'));
      into.attributes.push({
        name: attributeOf(own, 'name') ?? '',
        ns: found || form === 'qualified' ? nsOf(target) : -1,
        type: typeOf(own, found?.schema ?? schema),
        ...(attributeOf(each, 'use') === 'required' && { required: true }),
      });
    }
  };

  /** An element that is declared at the top of a schema. */
  const global = (name: string): SoapChild => {
    const { element, schema } = find('element', name);
    const key = `element ${name}`;
    const type = known.get(key) ?? typeOf(element, schema);
    known.set(key, type);
    return {
      name: attributeOf(element, 'name') ?? '',
      ns: nsOf(attributeOf(schema, 'targetNamespace') ?? ''),
      type,
      ...(attributeOf(element, 'nillable') === 'true' && { nillable: true }),
    };
  };

  return { types, namespaces, nsOf, add, named, global };
}

const particleNames = new Set(['element', 'sequence', 'choice', 'all', 'group', 'any']);
