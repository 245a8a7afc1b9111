import { type TemplateField, templateFields } from '../../../platform/server/expressions/template-fields.ts';
import { bare } from '../../../platform/server/expressions.ts';
import { definitionOf, type Step } from '../../steps/registry.ts';
import {
  type ExpressionPlace,
  expressionAt,
  type PlacedAssignee,
  templateAt,
} from '../../steps/step-definition.ts';

/** One text of a step that holds expressions. */
export interface ExpressionField
  extends TemplateField,
    Pick<ExpressionPlace, 'path' | 'kind' | 'roots' | 'outputOf' | 'callsOf'> {}

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
  const { path, kind, roots, outputOf, callsOf } = place;
  if (place.kind !== 'template')
    return [
      { path, kind, roots, outputOf, callsOf, texts: [bare(place.expression)], whole: true, open: false },
    ];
  return templateFields(place.template, path).map((field) => ({ ...field, kind, roots, outputOf, callsOf }));
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
