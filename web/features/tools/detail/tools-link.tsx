import { Link } from '@tanstack/solid-router';

/** Back to the list. */
export const ToolsLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/tools" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    Tools
  </Link>
);
