import { PageHeader } from '../../components/page-header.tsx';

export default function RunToolSheet() {
  return <PageHeader title="Run" />;
}
