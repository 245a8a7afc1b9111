import { JsonPart } from '../../../../kit/document-form/json-part.tsx';
import type { StepForm } from './step-form.ts';

/** Any step as JSON. */
export const unknownForm: StepForm = {
  Fields: (props) => (
    <JsonPart
      pointer={props.path}
      label="Step as JSON"
      height="240px"
      required
      help="This page has no fields for this type of step."
    />
  ),
};
