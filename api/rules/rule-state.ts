import type { RuleView } from '../../shared/rules/rule-schemas.ts';

/** What the entity tag of a rule begins with. */
export const ruleState = ({ revision }: RuleView): number => revision;
