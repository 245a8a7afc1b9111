import type { JsonValue } from '../../../platform/json.ts';
import { bare, expressionsIn } from '../../../platform/server/expressions.ts';
import { definitionOf, type Step } from '../../steps/registry.ts';
import {
  type ExpressionPlace,
  expressionAt,
  type PlacedAssignee,
  templateAt,
  templateExpressions,
} from '../../steps/step-definition.ts';

/** One text of a step that holds expressions. */
export interface ExpressionField extends Pick<ExpressionPlace, 'path' | 'kind' | 'roots' | 'outputOf'> {
  /** The expressions without `${{ }}`. */
  texts: string[];
  /** The text is one expression and nothing else. */
  whole: boolean;
  /** A `${{` is never closed. */
  open: boolean;
}

/** Every expression of a step, without those of the steps inside it. */
export function stepExpressions(step: Step): ExpressionField[] {
  const people = stepPeople(step).flatMap(({ path, assignee: { user } }) =>
    user === undefined ? [] : [templateAt(`${path}/user`, user)],
  );
  const places = [
    ...expressionAt('/when', 'condition', step.when),
    ...definitionOf(step).expressions(step),
    ...people,
  ];
  return places.flatMap(fieldsOf);
}

/** A place as the texts it consists of. */
export function fieldsOf(place: ExpressionPlace): ExpressionField[] {
  const { path, kind, roots, outputOf } = place;
  if (place.kind !== 'template')
    return [{ path, kind, roots, outputOf, texts: [bare(place.expression)], whole: true, open: false }];
  return templateFields(place.template, path).map((field) => ({ ...field, kind, roots, outputOf }));
}

/** The strings of a template that hold expressions. */
export function templateFields(
  template: JsonValue,
  path: string,
): Pick<ExpressionField, 'path' | 'texts' | 'whole' | 'open'>[] {
  return templateExpressions(template, path).map((found) => ({
    path: found.path,
    ...expressionsIn(found.text),
  }));
}

/** Everyone a step names. */
export function stepPeople(step: Step): PlacedAssignee[] {
  const definition = definitionOf(step);
  const { assignee, escalation = [] } = definition.human(step) ?? {};
  return [
    ...(assignee ? [{ path: '/assignee', assignee }] : []),
    ...escalation.map(({ to }, index) => ({ path: `/escalation/${index}/to`, assignee: to })),
    ...definition.people(step),
  ];
}
