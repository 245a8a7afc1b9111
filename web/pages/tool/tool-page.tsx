import { PageHeader } from '../../components/page-header.tsx';

export default function ToolPage() {
  return <PageHeader title="ToolPage" />;
}
