import { Link } from '@tanstack/solid-router';

/** Back to the list. */
export const PlaybooksLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/playbooks" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    Playbooks
  </Link>
);
