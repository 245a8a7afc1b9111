import { PageHeader } from '../../components/page-header.tsx';

export default function ToolFormPage() {
  return <PageHeader title="Tool" />;
}
