import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Permission } from '../../shared/identity/roles.ts';
import { longestPage } from './part.ts';

/** What an operation asks for, known before anything is read. */
export interface Measure {
  /** Levels of fields. */
  depth: number;
  /** Objects that it may read, and the weight of large fields. A list counts as many as were asked for. */
  cost: number;
  /** Fields under another name, and those that are named again, wherever their fragment is used. */
  aliases: number;
  /** What the caller must be allowed, each with a field that needs it. */
  needs: Map<Permission, string>;
}

/** A field that the schema does not have counts as nothing: the validation that follows refuses it. */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const needs: Measure['needs'] = new Map();
  const fragments = new Map(
    document.definitions.flatMap((each): [string, FragmentDefinitionNode][] =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
    ),
  );
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  /** A fragment is measured once, however often it is used: it could be used by another one, and that by a third. */
  const measured = new Map<string, Counts>();

  function ofFragment(name: string): Counts {
    const known = measured.get(name);
    if (known) return known;
    // One that uses itself counts as nothing, and is refused by the validation.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const counts = fragment
      ? ofSelections(fragment.selectionSet, typeOf(fragment.typeCondition.name.value))
      : nothing;
    measured.set(name, counts);
    return counts;
  }

  /** @param named the fields that have been named; the library compares each with all others of its name */
  function ofSelections(
    { selections }: SelectionSetNode,
    type: GraphQLObjectType | undefined,
    named: Set<string> = new Set(),
  ): Counts {
    const total = { ...nothing };
    for (const each of selections) {
      if (each.kind === Kind.FIELD && !each.alias) {
        if (named.has(each.name.value)) total.aliases += 1;
        named.add(each.name.value);
      }
      const counts =
        each.kind === Kind.FIELD
          ? ofField(each, type)
          : each.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(each.name.value)
            : ofSelections(
                each.selectionSet,
                each.typeCondition ? typeOf(each.typeCondition.name.value) : type,
                named,
              );
      total.depth = Math.max(total.depth, counts.depth);
      total.cost += counts.cost;
      total.aliases += counts.aliases;
    }
    return total;
  }

  function ofField(node: FieldNode, type: GraphQLObjectType | undefined): Counts {
    const field = type?.getFields()[node.name.value];
    const result = field && getNamedType(field.type);
    const object = isObjectType(result) ? result : undefined;
    if (type && field) need(`${type.name}.${field.name}`, field.astNode?.directives);
    if (object) need(object.name, object.astNode?.directives);
    const inside = node.selectionSet ? ofSelections(node.selectionSet, object) : nothing;
    const aliases = inside.aliases + (node.alias ? 1 : 0);
    if (!field) return { depth: 0, cost: 0, aliases };
    const weight = Number(argumentOf(field.astNode?.directives, 'cost', 'each') ?? 0);
    // What has no permission of its own is a part of what has one.
    const own = weight + (argumentOf(object?.astNode?.directives, 'needs', 'permission') ? 1 : 0);
    return { depth: inside.depth + 1, cost: sizeOf(node, field) * (own + inside.cost), aliases };
  }

  function need(name: string, directives: readonly DirectiveNode[] | undefined): void {
    const permission = argumentOf(directives, 'needs', 'permission') as Permission | undefined;
    if (permission !== undefined && !needs.has(permission)) needs.set(permission, name);
  }

  /** How many objects a field stands for. */
  function sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const first = field.args.find(({ name }) => name === 'first');
    if (!first) return Number(argumentOf(field.astNode?.directives, 'list', 'size') ?? 1);
    const given =
      node.arguments?.find(({ name }) => name.value === 'first')?.value ?? first.astNode?.defaultValue;
    if (given?.kind !== Kind.VARIABLE) return sizeFrom(given);
    const name = given.name.value;
    const value = variables[name];
    return value === undefined ? sizeFrom(defaults.get(name)) : clamp(value);
  }

  const typeOf = (name: string): GraphQLObjectType | undefined => {
    const type = schema.getType(name);
    return isObjectType(type) ? type : undefined;
  };

  const root = schema.getRootType(operation.operation) ?? undefined;
  return { ...ofSelections(operation.selectionSet, root), needs };
}

type Counts = Omit<Measure, 'needs'>;
const nothing: Counts = { depth: 0, cost: 0, aliases: 0 };

const sizeFrom = (node: { kind: string; value?: unknown } | undefined): number => clamp(node?.value);

/** What is no size is refused later. */
function clamp(value: unknown): number {
  const size = Number(value);
  return size >= 1 && size <= longestPage ? size : longestPage;
}

function argumentOf(
  directives: readonly DirectiveNode[] | undefined,
  name: string,
  argument: string,
): string | undefined {
  const found = directives
    ?.find((each) => each.name.value === name)
    ?.arguments?.find((each) => each.name.value === argument)?.value;
  return found && 'value' in found ? String(found.value) : undefined;
}
