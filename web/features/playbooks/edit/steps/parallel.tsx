import { GroupFields } from './group-fields.tsx';
import type { StepForm } from './step-form.ts';

export const parallelForm: StepForm = {
  Fields: (props) => <GroupFields path={props.path} of="branches" />,
};
