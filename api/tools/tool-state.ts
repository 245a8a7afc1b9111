import type { ToolView } from '../../shared/tools/tool-schemas.ts';

/** What the entity tag of a tool begins with. */
export const toolState = ({ version }: ToolView): number => version;
