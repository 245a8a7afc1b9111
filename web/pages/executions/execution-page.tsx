import { PageHeader } from '../../components/page-header.tsx';

export default function ExecutionPage() {
  return <PageHeader title="Execution" />;
}
