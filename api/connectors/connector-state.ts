import type { ConnectorView } from '../../shared/tools/tool-schemas.ts';

/** What the entity tag of a connector begins with. */
export const connectorState = ({ revision }: ConnectorView): number => revision;
