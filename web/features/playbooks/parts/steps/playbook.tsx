import { Link } from '@tanstack/solid-router';
import { BookOpen } from 'lucide-solid';
import { tenantSlug } from '../../../../api/tenant.ts';
import { type LooseStep, textOf } from '../outline.ts';
import type { StepTypeView } from './step-type-view.ts';

export const playbookView: StepTypeView = { icon: BookOpen, Target: OtherPlaybook };

function OtherPlaybook(props: { step: LooseStep }) {
  const name = () => textOf(props.step, 'playbook');
  return (
    <Link
      to="/t/$tenant/playbooks"
      params={{ tenant: tenantSlug() }}
      search={{ q: name() }}
      class="font-mono text-accent text-sm hover:text-accent-hover"
    >
      {name()}
    </Link>
  );
}
