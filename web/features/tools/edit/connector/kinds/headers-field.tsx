import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';

/** The headers that every request of a connector carries. */
export const HeadersField = () => (
  <div>
    <p class="pb-1 font-medium text-sm">Headers</p>
    <JsonPart pointer="/headers" label="Headers" height="96px" help="Sent with every request, as JSON." />
  </div>
);
