import { Link } from '@tanstack/solid-router';

/** Back to the list. */
export const ConnectorsLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/connectors" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    Connectors
  </Link>
);
