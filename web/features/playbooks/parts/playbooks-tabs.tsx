import { Tab, TabBar } from '../../../kit/tabs.tsx';
import { t } from '../../../words/words.ts';

/** The playbooks, and the runs of all of them. */
export const PlaybooksTabs = (props: { tenant: string; active: 'playbooks' | 'runs' }) => (
  <TabBar label={t('Playbooks and runs')}>
    <Tab
      to="/t/$tenant/playbooks"
      params={{ tenant: props.tenant }}
      search={{}}
      active={props.active === 'playbooks'}
    >
      {t('Playbooks')}
    </Tab>
    <Tab
      to="/t/$tenant/playbook-runs"
      params={{ tenant: props.tenant }}
      search={{}}
      active={props.active === 'runs'}
    >
      {t('Runs')}
    </Tab>
  </TabBar>
);
