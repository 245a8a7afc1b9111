import { Show } from 'solid-js';
import { SelectField, SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { NumberField } from '../../../../../kit/document-form/number-field.tsx';
import { t } from '../../../../../words/words.ts';
import { InputChips } from '../../input-chips.tsx';
import { PairRows } from '../../pair-rows.tsx';
import { ConnectorChoice } from '../../parts/connector-choice.tsx';
import { MessageChoice } from '../../parts/message-choice.tsx';
import { OperationPicker } from '../../parts/operation-picker.tsx';
import type { ProviderForm } from '../provider-form.ts';

export const grpcForm: ProviderForm = {
  label: t('gRPC method'),
  title: t('Call'),
  lead: t(
    'A method with one request: its response is the output, or the list of the messages that the server streams.',
  ),
  Config: GrpcConfig,
  Output: GrpcOutput,
  Limits: GrpcLimits,
};

function GrpcConfig() {
  const form = useDocumentForm();
  return (
    <>
      <ConnectorChoice
        kind="grpc"
        own={t('Custom target')}
        replaces={{ target: '', tls: undefined, proto: undefined }}
      >
        <div class="grid grid-cols-[minmax(0,1fr)_180px] gap-3.5 max-sm:grid-cols-1">
          <TextField
            pointer="/config/target"
            label={t('Target')}
            mono
            required
            placeholder="api.example.com:443"
            help={t('Host and port.')}
          />
          <SelectField
            pointer="/config/tls"
            label={t('TLS')}
            otherwise=""
            options={[
              { value: '', label: t('Automatic') },
              { value: 'tls', label: t('Always') },
              { value: 'none', label: t('None') },
            ]}
            help={t('Automatic: always, except for this machine.')}
          />
        </div>
      </ConnectorChoice>
      <Show when={form.text('/config/connectorId')}>
        {(connectorId) => <OperationPicker connectorId={connectorId()} />}
      </Show>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField
          pointer="/config/service"
          label={t('Service')}
          mono
          required
          placeholder="shop.v1.Orders"
          help={t('With its package.')}
        />
        <TextField pointer="/config/method" label={t('Method')} mono required placeholder="GetOrder" />
      </div>
      <Show when={!form.text('/config/connectorId')}>
        <TextField
          pointer="/config/proto"
          label=".proto files"
          mono
          rows={6}
          optional
          placeholder={'syntax = "proto3";\npackage shop.v1;'}
          help={t(
            'The text of the files, one after the other. Without it, the server is asked by reflection when it is called.',
          )}
        />
      </Show>
      <InputChips />
      <PairRows
        pointer="/config/metadata"
        label={t('Metadata')}
        one={t('entry')}
        namePlaceholder="x-request-source"
        optional
      />
      <MessageChoice />
    </>
  );
}

function GrpcOutput() {
  return (
    <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
      <NumberField
        pointer="/config/maxMessages"
        label={t('Maximum messages of a stream')}
        placeholder="1000"
      />
      <NumberField
        pointer="/config/maxResponseBytes"
        label={t('Maximum response size')}
        unit="kB"
        scale={1024}
        placeholder="1024"
      />
    </div>
  );
}

function GrpcLimits() {
  return (
    <SwitchField
      pointer="/idempotent"
      label={t('The service deduplicates by idempotency-key')}
      help={t(
        'Every attempt then sends the same idempotency-key as metadata, and a call without a response is retried. Not needed for methods whose .proto declares an idempotency_level.',
      )}
    />
  );
}
