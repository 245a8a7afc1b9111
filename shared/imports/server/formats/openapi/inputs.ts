import type { SchemaConverter } from './convert-schema.ts';
import type { Node } from './nodes.ts';

/** The inputs of a tool while its operation is read. */
export interface Inputs {
  /**
   * @param place where its request has it, for the name of an input that another place has as well
   * @returns the template that stands for it, such as `{paymentId}`
   */
  add(name: string, schema: Node, options: { required: boolean; place: string }): string;
  has(name: string): boolean;
  names(): string[];
  schema(converter: SchemaConverter): Node;
}

export function createInputs(): Inputs {
  const properties = new Map<string, Node>();
  const required: string[] = [];
  const free = (wanted: string): string => {
    let name = wanted;
    for (let number = 2; properties.has(name); number++) name = `${wanted}_${number}`;
    return name;
  };
  return {
    add(written, schema, { required: isRequired, place }) {
      // Braces would end a template.
      const plain = written.replace(/[{}]/g, '_').replace(/^\+/, '_') || place;
      const name = properties.has(plain) ? free(`${place}_${plain}`) : plain;
      properties.set(name, schema);
      if (isRequired) required.push(name);
      return `{${name}}`;
    },
    has: (name) => properties.has(name),
    names: () => [...properties.keys()],
    schema(converter) {
      const defs = converter.defs();
      return {
        type: 'object',
        properties: Object.fromEntries(properties),
        ...(required.length > 0 && { required }),
        additionalProperties: false,
        ...(defs && { $defs: defs }),
      };
    },
  };
}
