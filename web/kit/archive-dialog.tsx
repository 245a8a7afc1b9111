import { useQueryClient } from '@tanstack/solid-query';
import { type LinkProps, useNavigate } from '@tanstack/solid-router';
import type { JSX } from 'solid-js';
import { tenantSlug } from '../api/tenant.ts';
import { queryKey } from '../api/trpc.ts';
import { t } from '../words/words.ts';
import { ActionDialog } from './action-dialog.tsx';

/** Asks first, because archiving cannot be undone. Then leaves the page for the list. */
export function ArchiveDialog(props: {
  open: boolean;
  title: string;
  name: string;
  id: string;
  /** The API's router of the archived row; its queries are read again. */
  router: string;
  list: LinkProps;
  /** @throws what the server refused */
  archive: (row: { id: string }) => Promise<unknown>;
  onArchived: (name: string) => void;
  onClose: () => void;
  /** What archiving does. */
  children: JSX.Element;
}) {
  const client = useQueryClient();
  const navigate = useNavigate();

  async function archive(): Promise<void> {
    // Read before the page of the props is left.
    const { id, name, router, list, onArchived } = props;
    await props.archive({ id });
    await navigate(list as Parameters<typeof navigate>[0]);
    client.removeQueries({ queryKey: queryKey(tenantSlug(), router, 'get', { id }) });
    void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
    onArchived(name);
  }

  return (
    <ActionDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={archive}
      title={t`Archive ${props.title}`}
      verb={t('Archive')}
      failed={t`${props.name} was not archived.`}
      danger
    >
      {props.children}
    </ActionDialog>
  );
}
