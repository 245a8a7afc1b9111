import { PageHeader } from '../../components/page-header.tsx';

export default function ExecutionsPage() {
  return <PageHeader title="Executions" />;
}
