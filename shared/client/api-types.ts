// Written by `npm run client:types` from the OpenAPI document. Do not edit.

export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say whether the process runs
         * @description For the probe that restarts a process. It needs no credential.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say whether the process can serve requests
         * @description For the load balancer. It needs no credential.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metrics of the process
         * @description In the format of Prometheus. With the token of the deployment as bearer; without one, only where the deployment serves metrics to everyone.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow events as server-sent events
         * @description Requires the role `viewer`. The `data` of each message is an event, its `id` the position after it. A client that reconnects with `Last-Event-ID` misses nothing. Comments keep the connection alive. The stream ends after ten minutes or when the server stops; then connect again.
         */
        get: operations["events_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/chunks/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what an execution shows while it runs, as server-sent events
         * @description Requires the role `viewer`. The `data` of each message is a chunk, its `id` the position after it. A client that reconnects with `Last-Event-ID` misses nothing and gets nothing twice. A message of the event type `end` says that the execution has ended. Comments keep the connection alive. The stream ends after ten minutes or when the server stops; then connect again.
         */
        get: operations["executions_chunks_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List executions, newest first, all of them as CSV
         * @description Requires the role `viewer`. The response is streamed.
         */
        get: operations["executions_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List executions, newest first, all of them as NDJSON
         * @description Requires the role `viewer`. The response is streamed.
         */
        get: operations["executions_ndjson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List exceptions, newest first or in another order, all of them as CSV
         * @description Requires the role `viewer`. The response is streamed.
         */
        get: operations["exceptions_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List exceptions, newest first or in another order, all of them as NDJSON
         * @description Requires the role `viewer`. The response is streamed.
         */
        get: operations["exceptions_ndjson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of the audit trail, newest first, all of them as CSV
         * @description Requires the role `viewer`. The response is streamed.
         */
        get: operations["events_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events.ndjson": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of the audit trail, newest first, all of them as NDJSON
         * @description Requires the role `viewer`. The response is streamed.
         */
        get: operations["events_ndjson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sealed audit trail, for `interlock audit verify`, or as CSV
         * @description Requires the role `tenant_admin`. The response is streamed. Times choose whole blocks of the chain; other filters leave events out, and their digests stay.
         */
        get: operations["audit_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/evidence.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything of a case with the proof that it is in the audit trail, as HTML
         * @description Requires the role `tenant_admin`. Timeline, exact requests with secrets replaced, approvals, playbooks; `npx interlock audit verify FILE` checks it offline.
         */
        get: operations["exceptions_evidence_html"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/evidence.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything of a case with the proof that it is in the audit trail, as JSON
         * @description Requires the role `tenant_admin`. Timeline, exact requests with secrets replaced, approvals, playbooks; `npx interlock audit verify FILE` checks it offline.
         */
        get: operations["exceptions_evidence_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/personal-data/searches/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is stored about a person, as one JSON file
         * @description Requires the role `tenant_admin`. The response is streamed: a record on each line, with what of it is about the person, as it is stored.
         */
        get: operations["personalData_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/artifacts/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bytes of a file, as a download
         * @description Requires the role `operator`. Nothing in them is redacted.
         */
        get: operations["artifacts_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a delivery of another system
         * @description The `receiveUrl` of an inbound webhook. The source proves itself by the headers of the scheme of that webhook, so no credential of Interlock is sent. A delivery that is accepted is stored, and processed whatever happens then. The same delivery again gets the same id and does nothing more.
         */
        post: operations["inboundWebhooks_receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the caller with their roles and permissions
         * @description Requires the role `viewer`.
         */
        get: operations["me_get"];
        /**
         * Change your name
         * @description Requires the role `viewer`.
         */
        put: operations["me_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your sessions, the latest first
         * @description Requires the role `viewer`.
         */
        get: operations["me_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of your sessions
         * @description Requires the role `viewer`.
         */
        delete: operations["me_revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/sessions/revoke-others": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End every session of yours but this one
         * @description Requires the role `viewer`.
         */
        post: operations["me_revokeOtherSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tools that this tenant sees
         * @description Requires the role `viewer`.
         */
        get: operations["tools_list"];
        put?: never;
        /**
         * Create a tool
         * @description Requires the role `tool_admin`.
         */
        post: operations["tools_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tool at its current version
         * @description Requires the role `viewer`.
         */
        get: operations["tools_get"];
        /**
         * Publish a new version of a tool; a new name for one that playbooks use only with force
         * @description Requires the role `tool_admin`.
         */
        put: operations["tools_update"];
        post?: never;
        /**
         * Archive a tool and keep its history; one that playbooks use only with force
         * @description Requires the role `tool_admin`.
         */
        delete: operations["tools_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the published playbooks and the waiting steps that use a tool
         * @description Requires the role `viewer`.
         */
        get: operations["tools_uses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every version of a tool, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["tools_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish an old version of a tool as the new one
         * @description Requires the role `tool_admin`.
         */
        post: operations["tools_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two versions of a tool
         * @description Requires the role `viewer`.
         */
        get: operations["tools_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/enabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Enable or disable a tool for this tenant, also a global one
         * @description Requires the role `tool_admin`.
         */
        put: operations["tools_setEnabled"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Validate a payload without executing the tool
         * @description Requires the role `viewer`.
         */
        post: operations["tools_validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a definition without saving it: what creating or, with a tool ID, updating would refuse
         * @description Requires the role `tool_admin`.
         */
        post: operations["tools_checkDefinition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/execute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Execute a tool
         * @description Requires the role `operator`.
         */
        post: operations["tools_execute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the exact request that a payload would send, redacted, and its digest
         * @description Requires the role `operator`.
         */
        post: operations["tools_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connectors that this tenant sees
         * @description Requires the role `viewer`.
         */
        get: operations["connectors_list"];
        put?: never;
        /**
         * Create a connector
         * @description Requires the role `tool_admin`.
         */
        post: operations["connectors_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a connector and the tools that use it
         * @description Requires the role `viewer`.
         */
        get: operations["connectors_get"];
        /**
         * Change a connector for every tool that uses it: a new revision
         * @description Requires the role `tool_admin`.
         */
        put: operations["connectors_update"];
        post?: never;
        /**
         * Archive a connector that no tool uses
         * @description Requires the role `tool_admin`.
         */
        delete: operations["connectors_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every revision of a connector, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["connectors_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two revisions of a connector, and what the change does to the tools that use it
         * @description Requires the role `viewer`.
         */
        get: operations["connectors_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an old revision of a connector the new one
         * @description Requires the role `tool_admin`.
         */
        post: operations["connectors_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/{id}/blast-radius": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List what this definition of a connector would change and break
         * @description Requires the role `tool_admin`.
         */
        post: operations["connectors_blastRadius"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a connector without saving it: what creating or, with a connector ID, updating would refuse
         * @description Requires the role `tool_admin`.
         */
        post: operations["connectors_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/describe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the system behind a connector for what describes it, such as its schema, with the auth of the connector. Stores nothing
         * @description Requires the role `tool_admin`.
         */
        post: operations["connectors_describe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connectors/{id}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the document of a connector describes, as drafts of tools
         * @description Requires the role `viewer`.
         */
        get: operations["connectors_operations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a document whose operations can become tools
         * @description Requires the role `tool_admin`.
         */
        post: operations["imports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an import, compared with the tools that there are now
         * @description Requires the role `tool_admin`.
         */
        get: operations["imports_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/impact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List who uses the tools of changed operations, and what applying these would break
         * @description Requires the role `tool_admin`.
         */
        post: operations["imports_impact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/imports/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make tools of the chosen operations
         * @description Requires the role `tool_admin`.
         */
        post: operations["imports_createTools"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store a file that executions can send
         * @description Requires the role `operator`.
         */
        post: operations["artifacts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/artifacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file: its name, type, size and digest
         * @description Requires the role `viewer`.
         */
        get: operations["artifacts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ready-made tools
         * @description Requires the role `viewer`.
         */
        get: operations["templates_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a ready-made tool, and what installing it needs
         * @description Requires the role `viewer`.
         */
        get: operations["templates_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/templates/{id}/install": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the tool of a template, with the connector of its service
         * @description Requires the role `tool_admin`.
         */
        post: operations["templates_install"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the tools, connectors, playbooks and domains of the organization as files
         * @description Requires the role `tool_admin`.
         */
        get: operations["files_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what applying files would change and break; it changes nothing
         * @description Requires the role `tool_admin`.
         */
        post: operations["files_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the organization as a plan of files says, all of it or nothing
         * @description Requires the role `tool_admin`.
         */
        post: operations["files_applyPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credentials by name, without their values
         * @description Requires the role `tool_admin`.
         */
        get: operations["credentials_list"];
        put?: never;
        /**
         * Store a secret in the vault; it is never shown again
         * @description Requires the role `tool_admin`.
         */
        post: operations["credentials_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a credential, without its value
         * @description Requires the role `tool_admin`.
         */
        get: operations["credentials_get"];
        /**
         * Change where and until when a credential may be used; a new host takes the value again
         * @description Requires the role `tool_admin`.
         */
        put: operations["credentials_update"];
        post?: never;
        /**
         * Archive a credential that nothing uses, and erase its values
         * @description Requires the role `tool_admin`.
         */
        delete: operations["credentials_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call an endpoint with the credential, and note whether the provider accepts it
         * @description Requires the role `tool_admin`.
         */
        post: operations["credentials_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store a new value; while the overlap lasts, the replaced one is tried when the provider refuses it
         * @description Requires the role `tool_admin`.
         */
        post: operations["credentials_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tools and connectors that use a credential, with their versions
         * @description Requires the role `tool_admin`.
         */
        get: operations["credentials_uses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the attempts that opened a credential, newest first
         * @description Requires the role `tool_admin`.
         */
        get: operations["credentials_accesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List when the value of a credential was replaced, and which values are left
         * @description Requires the role `tool_admin`.
         */
        get: operations["credentials_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the policies; with a tool ID, those that are about the tool
         * @description Requires the role `viewer`.
         */
        get: operations["policies_list"];
        put?: never;
        /**
         * Create a policy; it counts at once for every call
         * @description Requires the role `tenant_admin`.
         */
        post: operations["policies_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a policy
         * @description Requires the role `viewer`.
         */
        get: operations["policies_get"];
        /**
         * Replace a policy; it counts at once for every call, those that are waiting included
         * @description Requires the role `tenant_admin`.
         */
        put: operations["policies_update"];
        post?: never;
        /**
         * Archive a policy; executions keep what it decided
         * @description Requires the role `tenant_admin`.
         */
        delete: operations["policies_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policies/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a policy without saving it
         * @description Requires the role `tenant_admin`.
         */
        post: operations["policies_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policies/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what the policies would decide on a call; nothing is called or counted
         * @description Requires the role `viewer`.
         */
        post: operations["policies_simulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policies/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what a changed policy would have decided otherwise on the executions of the last 30 days
         * @description Requires the role `tenant_admin`.
         */
        post: operations["policies_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what limits the calls of this tenant, with its use now
         * @description Requires the role `operator`.
         */
        get: operations["limits_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/limits/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set what limits all calls of this tenant; it counts for the next call
         * @description Requires the role `tool_admin`.
         */
        put: operations["limits_putTenant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/breakers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the hosts whose calls were paused once, those that are paused now first
         * @description Requires the role `operator`.
         */
        get: operations["breakers_list"];
        put?: never;
        /**
         * Hold the calls to a host until someone resets its breaker
         * @description Requires the role `tool_admin`.
         */
        post: operations["breakers_hold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/breakers/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold the calls to the host of a breaker until someone resets it
         * @description Requires the role `tool_admin`.
         */
        post: operations["breakers_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/breakers/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a breaker, so that calls leave again
         * @description Requires the role `tool_admin`.
         */
        post: operations["breakers_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/legal-holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what must not be removed: the holds that stand, then the last that were released
         * @description Requires the role `tenant_admin`.
         */
        get: operations["legalHolds_list"];
        put?: never;
        /**
         * Place a legal hold: nothing that it covers is removed until it is released
         * @description Requires the role `tenant_admin`.
         */
        post: operations["legalHolds_place"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/legal-holds/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a legal hold, with a reason; what it covered may go with the next removal
         * @description Requires the role `tenant_admin`.
         */
        post: operations["legalHolds_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/personal-data/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members and removed members, whose accounts a search may be about
         * @description Requires the role `tenant_admin`.
         */
        get: operations["personalData_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/personal-data/searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List searches for personal data and erasures, newest first
         * @description Requires the role `tenant_admin`.
         */
        get: operations["personalData_list"];
        put?: never;
        /**
         * Search for what is stored about a person: an account, or exact values
         * @description Requires the role `tenant_admin`.
         */
        post: operations["personalData_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/personal-data/searches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a search has found, and what is erased of it
         * @description Requires the role `tenant_admin`.
         */
        get: operations["personalData_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/personal-data/searches/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase what is stored about a person, for good; refused under a legal hold
         * @description Requires the role `tenant_admin`.
         */
        post: operations["personalData_erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a sign-in at the provider of a credential: open the URL in the same browser
         * @description Requires the role `tool_admin`.
         */
        post: operations["connections_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credentials/{id}/connection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the sign-in behind a credential: who signed in, until when, and whether someone has to again
         * @description Requires the role `tool_admin`.
         */
        get: operations["connections_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List executions, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["executions_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an execution with its attempts
         * @description Requires the role `viewer`.
         */
        get: operations["executions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an execution
         * @description Requires the role `operator`.
         */
        post: operations["executions_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Execute a tool again with the input of an earlier execution
         * @description Requires the role `operator`.
         */
        post: operations["executions_rerun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a quarantined execution: execute it once more
         * @description Requires the role `operator`.
         */
        post: operations["executions_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say whether a call of unknown outcome happened
         * @description Requires the role `operator`.
         */
        post: operations["executions_settle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve an execution that waits for it
         * @description Requires the role `viewer`.
         */
        post: operations["executions_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject an execution that waits for an approval; it ends, and nothing is sent
         * @description Requires the role `viewer`.
         */
        post: operations["executions_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw your approval of an execution that still waits for others
         * @description Requires the role `viewer`.
         */
        post: operations["executions_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List read-only tools that can tell whether an execution happened
         * @description Requires the role `viewer`.
         */
        get: operations["executions_checks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/executions/{id}/chunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what an execution shows while it runs
         * @description Requires the role `viewer`.
         */
        get: operations["executions_chunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List batches, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["batches_list"];
        put?: never;
        /**
         * Execute many tools as one batch
         * @description Requires the role `operator`.
         */
        post: operations["batches_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/batches/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a batch whole and preview its calls; nothing is executed
         * @description Requires the role `operator`.
         */
        post: operations["batches_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a batch with its calls
         * @description Requires the role `viewer`.
         */
        get: operations["batches_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/batches/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a batch: calls in progress end, and no further one begins
         * @description Requires the role `operator`.
         */
        post: operations["batches_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/batches/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a paused batch
         * @description Requires the role `operator`.
         */
        post: operations["batches_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/batches/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a batch and its calls in progress
         * @description Requires the role `operator`.
         */
        post: operations["batches_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/batches/{id}/retry-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the calls of a batch again that have not succeeded
         * @description Requires the role `operator`.
         */
        post: operations["batches_retryFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of the audit trail, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["events_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of the audit trail with where each came from, newest first
         * @description Requires the role `tenant_admin`.
         */
        get: operations["audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the audit trail is sealed, its last signed head, and what a comparison with the seal has found
         * @description Requires the role `tenant_admin`.
         */
        get: operations["audit_head"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Acknowledge places where the audit trail is not as it was sealed; they stay listed
         * @description Requires the role `tenant_admin`.
         */
        post: operations["audit_acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/encryption-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys of the vault, with how many secrets each has sealed and how many are left to seal again
         * @description Requires the role `platform_admin`.
         */
        get: operations["settings_encryptionKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/egress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read which private addresses and which hosts this tenant’s calls may reach
         * @description Requires the role `viewer`.
         */
        get: operations["settings_getEgress"];
        /**
         * Set which private addresses, which hosts, or both this tenant’s calls may reach
         * @description Requires the role `tenant_admin`.
         */
        put: operations["settings_putEgress"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/egress/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List what this tenant calls, and which of it a list of hosts would cut off; nothing is changed
         * @description Requires the role `tenant_admin`.
         */
        post: operations["settings_checkEgress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/egress/reach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the hosts that calls reached in the last 30 days or were refused to reach, and by whom
         * @description Requires the role `tenant_admin`.
         */
        get: operations["settings_getEgressReach"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/redaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what is stored and shown of personal data
         * @description Requires the role `viewer`.
         */
        get: operations["settings_getRedaction"];
        /**
         * Set what is stored and shown of personal data, for executions requested from now on
         * @description Requires the role `tenant_admin`.
         */
        put: operations["settings_putRedaction"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/redaction/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what would be stored of a text or JSON; nothing is stored now
         * @description Requires the role `tenant_admin`.
         */
        post: operations["settings_tryRedaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read after how many days payloads, events and deliveries are removed
         * @description Requires the role `viewer`.
         */
        get: operations["settings_getRetention"];
        /**
         * Set after how many days payloads, events and deliveries are removed, from the next day (UTC) on
         * @description Requires the role `tenant_admin`.
         */
        put: operations["settings_putRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/retention/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the next removal would take with these days; nothing is changed
         * @description Requires the role `tenant_admin`.
         */
        get: operations["settings_getRetentionDue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List exceptions, newest first or in another order
         * @description Requires the role `viewer`.
         */
        get: operations["exceptions_list"];
        put?: never;
        /**
         * Open an exception
         * @description Requires the role `operator`.
         */
        post: operations["exceptions_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an exception
         * @description Requires the role `viewer`.
         */
        get: operations["exceptions_get"];
        /**
         * Change the given fields of an exception
         * @description Requires the role `operator`.
         */
        put: operations["exceptions_update"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign an exception to a member, or to no one
         * @description Requires the role `operator`.
         */
        post: operations["exceptions_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve an exception
         * @description Requires the role `operator`.
         */
        post: operations["exceptions_resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen an exception
         * @description Requires the role `operator`.
         */
        post: operations["exceptions_reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Comment on an exception
         * @description Requires the role `operator`.
         */
        post: operations["exceptions_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link an exception to another one or to a page
         * @description Requires the role `operator`.
         */
        post: operations["exceptions_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/links/{linkId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a link
         * @description Requires the role `operator`.
         */
        delete: operations["exceptions_unlink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exceptions/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the timeline of an exception: events, comments, steps and executions, oldest first
         * @description Requires the role `viewer`.
         */
        get: operations["exceptions_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my saved views
         * @description Requires the role `viewer`.
         */
        get: operations["exceptions_views"];
        put?: never;
        /**
         * Save a view
         * @description Requires the role `viewer`.
         */
        post: operations["exceptions_saveView"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove one of my views
         * @description Requires the role `viewer`.
         */
        delete: operations["exceptions_removeView"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the domains and the schemas of their attributes
         * @description Requires the role `viewer`.
         */
        get: operations["exceptions_domains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-domains/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Create or change a domain
         * @description Requires the role `tenant_admin`.
         */
        put: operations["exceptions_writeDomain"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rules for new exceptions, in the order in which they are asked
         * @description Requires the role `operator`.
         */
        get: operations["rules_list"];
        put?: never;
        /**
         * Add a rule below the others; it counts for every exception that is opened from now on
         * @description Requires the role `tenant_admin`.
         */
        post: operations["rules_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a rule
         * @description Requires the role `operator`.
         */
        get: operations["rules_get"];
        /**
         * Replace a rule, or enable or disable it; exceptions keep what it has set
         * @description Requires the role `tenant_admin`.
         */
        put: operations["rules_update"];
        post?: never;
        /**
         * Archive a rule; exceptions keep what it has set
         * @description Requires the role `tenant_admin`.
         */
        delete: operations["rules_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-rules/reorder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the order in which the rules are asked
         * @description Requires the role `tenant_admin`.
         */
        post: operations["rules_reorder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exception-rules/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what the rules would set of an exception, and why; nothing is stored or started
         * @description Requires the role `operator`.
         */
        post: operations["rules_try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of this tenant and their roles
         * @description Requires the role `viewer`.
         */
        get: operations["members_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a member, and what ends with their membership
         * @description Requires the role `tenant_admin`.
         */
        get: operations["members_get"];
        /**
         * Give a member these roles and no others
         * @description Requires the role `tenant_admin`.
         */
        put: operations["members_setRoles"];
        post?: never;
        /**
         * Remove a member, and end what they hold
         * @description Requires the role `tenant_admin`.
         */
        delete: operations["members_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations that no one has accepted yet, newest first
         * @description Requires the role `tenant_admin`.
         */
        get: operations["invitations_list"];
        put?: never;
        /**
         * Invite someone by a link that works once and is shown only here
         * @description Requires the role `tenant_admin`.
         */
        post: operations["invitations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new link for an invitation; the one before stops working
         * @description Requires the role `tenant_admin`.
         */
        post: operations["invitations_resend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an invitation; its link stops working
         * @description Requires the role `tenant_admin`.
         */
        delete: operations["invitations_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys, newest first; revoked ones for a month
         * @description Requires the role `tenant_admin`.
         */
        get: operations["apiKeys_list"];
        put?: never;
        /**
         * Make an API key; the key itself is shown only here
         * @description Requires the role `tenant_admin`.
         */
        post: operations["apiKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an API key a new value, shown only here; the one before works for a while
         * @description Requires the role `tenant_admin`.
         */
        post: operations["apiKeys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key; it stops working within ten seconds
         * @description Requires the role `tenant_admin`.
         */
        delete: operations["apiKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an organization, and invite its first tenant admin
         * @description Requires the role `platform_admin`.
         */
        post: operations["organizations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organizations/{slug}/admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a tenant admin to an organization that has none
         * @description Requires the role `platform_admin`.
         */
        post: operations["organizations_inviteAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename your organization; its name in URLs stays
         * @description Requires the role `tenant_admin`.
         */
        put: operations["organizations_rename"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List playbooks by name
         * @description Requires the role `viewer`.
         */
        get: operations["playbooks_list"];
        put?: never;
        /**
         * Create a draft of a playbook
         * @description Requires the role `tool_admin`.
         */
        post: operations["playbooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a playbook: its published version and its draft
         * @description Requires the role `viewer`.
         */
        get: operations["playbooks_get"];
        /**
         * Save a new draft
         * @description Requires the role `tool_admin`.
         */
        put: operations["playbooks_update"];
        post?: never;
        /**
         * Archive a playbook; its runs continue and its history is kept
         * @description Requires the role `tool_admin`.
         */
        delete: operations["playbooks_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Discard the draft; the published version stays
         * @description Requires the role `tool_admin`.
         */
        delete: operations["playbooks_discardDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List the problems of a document, as a new playbook or of this one, without storing it
         * @description Requires the role `viewer`.
         */
        post: operations["playbooks_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/{id}/publish-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what publishing the draft would do
         * @description Requires the role `viewer`.
         */
        get: operations["playbooks_publishPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish the draft as the next version
         * @description Requires the role `tool_admin`.
         */
        post: operations["playbooks_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every published version of a playbook, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["playbooks_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an old version the draft
         * @description Requires the role `tool_admin`.
         */
        post: operations["playbooks_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbooks/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Simulate a run of a document on an exception; nothing is called or stored
         * @description Requires the role `tool_admin`.
         */
        post: operations["playbooks_dryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tools/{id}/blast-radius": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List what publishing this definition of a tool would break
         * @description Requires the role `tool_admin`.
         */
        post: operations["playbooks_blastRadius"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs of playbooks, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["runs_list"];
        put?: never;
        /**
         * Start a run of a published playbook
         * @description Requires the role `operator`.
         */
        post: operations["runs_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a run with all its steps
         * @description Requires the role `viewer`.
         */
        get: operations["runs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/steps/{stepId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a step of a run
         * @description Requires the role `viewer`.
         */
        get: operations["runs_step"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/steps/{stepId}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a step; 409 names who completed it first
         * @description Requires the role `viewer`.
         */
        post: operations["runs_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/steps/{stepId}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the exact request that completing a call_tool step would send, redacted
         * @description Requires the role `viewer`.
         */
        post: operations["runs_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/steps/{stepId}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim a step; `takeOver` takes it from the person who has claimed it
         * @description Requires the role `viewer`.
         */
        post: operations["runs_claim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/steps/{stepId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a claimed step
         * @description Requires the role `viewer`.
         */
        post: operations["runs_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/steps/{stepId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a step to a person or to a role
         * @description Requires the role `viewer`.
         */
        post: operations["runs_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/steps/{stepId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw your approval of a step that still waits for others
         * @description Requires the role `viewer`.
         */
        post: operations["runs_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event to a run; wait steps listen for it
         * @description Requires the role `operator`.
         */
        post: operations["runs_sendEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a run: no step opens and none can be completed
         * @description Requires the role `operator`.
         */
        post: operations["runs_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused run
         * @description Requires the role `operator`.
         */
        post: operations["runs_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a quarantined run: try once more what ended its worker
         * @description Requires the role `operator`.
         */
        post: operations["runs_releaseRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/playbook-runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run; completed steps are not undone
         * @description Requires the role `operator`.
         */
        post: operations["runs_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the steps, and the executions to approve, that wait for people, by due date
         * @description Requires the role `viewer`.
         */
        get: operations["inbox_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count what waits for me or my roles, and what is overdue, each up to 1,000
         * @description Requires the role `viewer`.
         */
        get: operations["inbox_count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notices that playbooks sent me, newest first
         * @description Requires the role `viewer`.
         */
        get: operations["inbox_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox/notices/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark a notice and all earlier ones as read
         * @description Requires the role `viewer`.
         */
        post: operations["inbox_readNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the endpoints that receive events
         * @description Requires the role `tenant_admin`.
         */
        get: operations["webhooks_list"];
        put?: never;
        /**
         * Add an endpoint; its signing secret is shown only once
         * @description Requires the role `tenant_admin`.
         */
        post: operations["webhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change, enable or disable an endpoint; disabling it fails its pending deliveries
         * @description Requires the role `tenant_admin`.
         */
        put: operations["webhooks_update"];
        post?: never;
        /**
         * Remove an endpoint and keep its deliveries
         * @description Requires the role `tenant_admin`.
         */
        delete: operations["webhooks_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new signing secret, shown only once; the old one stays valid for a day
         * @description Requires the role `tenant_admin`.
         */
        post: operations["webhooks_rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries to an endpoint with their attempts, newest first
         * @description Requires the role `tenant_admin`.
         */
        get: operations["webhooks_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again, now
         * @description Requires the role `tenant_admin`.
         */
        post: operations["webhooks_redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the endpoints that receive from other systems
         * @description Requires the role `tenant_admin`.
         */
        get: operations["inboundWebhooks_list"];
        put?: never;
        /**
         * Add an endpoint; a secret that Interlock makes is shown only once
         * @description Requires the role `tenant_admin`.
         */
        post: operations["inboundWebhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an endpoint with its actions, and how many deliveries it has turned away
         * @description Requires the role `tenant_admin`.
         */
        get: operations["inboundWebhooks_get"];
        /**
         * Change, enable or disable an endpoint; fields that are left out stay
         * @description Requires the role `tenant_admin`.
         */
        put: operations["inboundWebhooks_update"];
        post?: never;
        /**
         * Remove an endpoint and keep its deliveries; its URL is not found from then on
         * @description Requires the role `tenant_admin`.
         */
        delete: operations["inboundWebhooks_archive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret; the one before stays valid for the overlap
         * @description Requires the role `tenant_admin`.
         */
        post: operations["inboundWebhooks_rotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a sample with the secret of an endpoint and deliver it; its actions take effect
         * @description Requires the role `tenant_admin`.
         */
        post: operations["inboundWebhooks_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask what actions would do with a body; nothing is changed
         * @description Requires the role `tenant_admin`.
         */
        post: operations["inboundWebhooks_try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ready-made actions for known sources
         * @description Requires the role `tenant_admin`.
         */
        get: operations["inboundWebhooks_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries that an endpoint has accepted, newest first
         * @description Requires the role `tenant_admin`.
         */
        get: operations["inboundWebhooks_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a delivery with its headers, its body and the result of each action
         * @description Requires the role `tenant_admin`.
         */
        get: operations["inboundWebhooks_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbound-webhooks/deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Process a delivery again, with the actions of today; what has succeeded is not done twice
         * @description Requires the role `tenant_admin`.
         */
        post: operations["inboundWebhooks_redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find tools, connectors, executions, exceptions, playbooks, runs and members
         * @description Requires the role `viewer`.
         */
        get: operations["search_all"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what waits, what goes wrong and how much is done, compared with the period before
         * @description Requires the role `viewer`.
         */
        get: operations["usage_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/tools/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how often a tool is called, how long that takes and what fails
         * @description Requires the role `viewer`.
         */
        get: operations["usage_tool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/connectors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how often a connector is called, how long that takes and what fails
         * @description Requires the role `viewer`.
         */
        get: operations["usage_connector"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/playbooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how often a playbook runs, and where its runs wait, branch and drop out
         * @description Requires the role `viewer`.
         */
        get: operations["usage_playbook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An event, sent to the endpoints of the tenant
         * @description Signed as Standard Webhooks defines it, by `webhook-id`, `webhook-timestamp` and `webhook-signature`. It is delivered at least once, in no order.
         */
        post: operations["webhook_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Error: {
            error: {
                /** @enum {unknown} */
                code: "bad_request" | "unauthorized" | "forbidden" | "denied" | "not_found" | "method_not_allowed" | "conflict" | "disabled" | "already_exists" | "idempotency_conflict" | "preview_changed" | "not_approved" | "unsettled" | "in_use" | "precondition_failed" | "invalid_input" | "invalid_definition" | "payload_too_large" | "rate_limited" | "internal" | "provider_error" | "unavailable" | "overloaded";
                message: string;
                issues?: {
                    /** @description A JSON Pointer into the request */
                    path: string;
                    message: string;
                    keyword: string;
                }[];
                /** @description More about the error, by code */
                details?: {
                    [key: string]: unknown;
                };
                requestId: string;
            };
        };
        Actor: {
            /** @enum {string} */
            type: "user" | "api_key" | "system";
            id: string;
            name: string;
        };
        ApiKey: {
            id: string;
            name: string;
            start: string;
            /** @enum {string} */
            status: "active" | "expired" | "stopped" | "revoked";
            roles: string[];
            tools: {
                id: string;
                name: string | null;
            }[] | null;
            doors: ("rest" | "trpc" | "live" | "mcp")[] | null;
            addresses: string[] | null;
            accountable: {
                id: string;
                name: string;
            } | null;
            createdBy: components["schemas"]["Actor"] | null;
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            lastAddress: string | null;
            previousUntil: string | null;
            revision: number;
        };
        ApiKeyWithValue: {
            id: string;
            name: string;
            start: string;
            /** @enum {string} */
            status: "active" | "expired" | "stopped" | "revoked";
            roles: string[];
            tools: {
                id: string;
                name: string | null;
            }[] | null;
            doors: ("rest" | "trpc" | "live" | "mcp")[] | null;
            addresses: string[] | null;
            accountable: {
                id: string;
                name: string;
            } | null;
            createdBy: components["schemas"]["Actor"] | null;
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            lastAddress: string | null;
            previousUntil: string | null;
            revision: number;
            key: string;
        };
        Attempt: {
            number: number;
            startedAt: string;
            endedAt: string | null;
            /** @enum {string} */
            status: "running" | "succeeded" | "failed" | "unknown";
            httpStatus?: number;
            error?: {
                code: string;
                message: string;
            };
            willRetryAt?: string;
            request?: {
                method: string;
                url: string;
                headers: {
                    [key: string]: string;
                };
                body?: unknown;
                bodyType?: string;
                /** @constant */
                truncated?: true;
            };
            response?: {
                status: number;
                headers: {
                    [key: string]: string;
                };
            };
            log?: string[];
        };
        Comment: {
            id: string;
            body: string;
            author: components["schemas"]["Actor"];
            createdAt: string;
        };
        Connection: {
            /** @enum {string} */
            status: "not_connected" | "connected" | "reconnect";
            words: string;
            connectedBy: components["schemas"]["Actor"] | null;
            connectedAt: string | null;
            expiresAt: string | null;
            renewable: boolean;
        };
        Connector: {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /**
             * @default rest
             * @constant
             */
            kind: "rest";
            baseUrl: string;
            /** @default {} */
            headers: {
                [key: string]: string;
            };
            id: string;
            revision: number;
            writable: boolean;
            readOnlyReason: string | null;
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
            }[];
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "smtp";
            host: string;
            port?: number;
            /** @enum {string} */
            tls?: "implicit" | "starttls" | "none";
            ca?: string;
            from?: string;
            id: string;
            revision: number;
            writable: boolean;
            readOnlyReason: string | null;
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
            }[];
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "graphql";
            url: string;
            /** @default {} */
            headers: {
                [key: string]: string;
            };
            schema?: string;
            id: string;
            revision: number;
            writable: boolean;
            readOnlyReason: string | null;
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
            }[];
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "mcp";
            url: string;
            /** @default {} */
            headers: {
                [key: string]: string;
            };
            /** @enum {string} */
            protocolVersion?: "2026-07-28" | "2025-11-25" | "2025-06-18" | "2025-03-26";
            serverTools?: {
                name: string;
                title?: string;
                description?: string;
                inputSchema: {
                    [key: string]: unknown;
                };
                outputSchema?: {
                    [key: string]: unknown;
                };
                annotations?: {
                    readOnlyHint?: boolean;
                    idempotentHint?: boolean;
                    destructiveHint?: boolean;
                };
            }[];
            id: string;
            revision: number;
            writable: boolean;
            readOnlyReason: string | null;
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
            }[];
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "grpc";
            target: string;
            /** @enum {string} */
            tls?: "none" | "tls";
            /** @default {} */
            metadata: {
                [key: string]: string;
            };
            /** Format: base64 */
            descriptors?: string;
            proto?: string;
            id: string;
            revision: number;
            writable: boolean;
            readOnlyReason: string | null;
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
            }[];
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "soap";
            wsdl?: string;
            endpoint?: string;
            id: string;
            revision: number;
            writable: boolean;
            readOnlyReason: string | null;
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
            }[];
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "database";
            /** @enum {string} */
            engine: "postgresql" | "mysql" | "mongodb";
            url: string;
            /**
             * @default auto
             * @enum {string}
             */
            tls: "auto" | "required" | "off";
            ca?: string;
            id: string;
            revision: number;
            writable: boolean;
            readOnlyReason: string | null;
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
            }[];
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        };
        ConnectorVersion: {
            connectorId: string;
            version: number;
            current: boolean;
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            note: string | null;
            definition: components["schemas"]["Connector"];
        };
        DefinitionChange: {
            path: string;
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            /** @enum {string} */
            impact: "breaking" | "additive" | "neutral";
            message: string;
            before?: unknown;
            after?: unknown;
        };
        Event: {
            id: string;
            type: string;
            subjectType: string;
            subjectId: string;
            actor: components["schemas"]["Actor"];
            data: {
                [key: string]: unknown;
            };
            requestId: string | null;
            createdAt: string;
        };
        Exception: {
            id: string;
            number: number;
            title: string;
            domain: string;
            /** @enum {string} */
            severity: "low" | "medium" | "high" | "critical";
            /** @enum {string} */
            status: "open" | "in_progress" | "resolved";
            assignee: {
                id: string;
                name: string;
            } | null;
            dueAt: string | null;
            waitingOn: string | null;
            lastEvent: {
                type: string;
                at: string;
            } | null;
            createdAt: string;
            updatedAt: string;
            description: string;
            attributes: {
                [key: string]: unknown;
            };
            source: string | null;
            resolution: {
                code: string;
                note: string | null;
                at: string;
            } | null;
            links: {
                id: string;
                /** @enum {string} */
                kind: "related" | "duplicate_of" | "caused_by" | "url";
                inverse: boolean;
                exception: {
                    id: string;
                    number: number;
                    title: string;
                    /** @enum {string} */
                    status: "open" | "in_progress" | "resolved";
                } | null;
                url: string | null;
                title: string;
            }[];
            revision: number;
            createdBy: components["schemas"]["Actor"];
        };
        ExceptionDomain: {
            name: string;
            title: string;
            attributeSchema: {
                [key: string]: unknown;
            };
        };
        ExceptionSummary: {
            id: string;
            number: number;
            title: string;
            domain: string;
            /** @enum {string} */
            severity: "low" | "medium" | "high" | "critical";
            /** @enum {string} */
            status: "open" | "in_progress" | "resolved";
            assignee: {
                id: string;
                name: string;
            } | null;
            dueAt: string | null;
            waitingOn: string | null;
            lastEvent: {
                type: string;
                at: string;
            } | null;
            createdAt: string;
            updatedAt: string;
        };
        ExceptionView: {
            id: string;
            name: string;
            filter: {
                /** @enum {string} */
                status?: "open" | "in_progress" | "resolved" | "unresolved";
                /** @enum {string} */
                severity?: "low" | "medium" | "high" | "critical";
                domain?: string;
                assignee?: string;
                /** @enum {string} */
                due?: "overdue" | "today" | "week";
                q?: string;
            };
        };
        Credential: {
            id: string;
            name: string;
            /** @enum {string} */
            scope: "tenant" | "global";
            type: string;
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            } | null;
            allowedHosts: string[];
            methods: string[] | null;
            pathPrefixes: string[] | null;
            note: string;
            expiresAt: string | null;
            /** @enum {string} */
            expiry: "none" | "valid" | "soon" | "expired";
            health: {
                /** @enum {string} */
                status: "ok" | "refused" | "unclear" | "unreachable";
                message: string;
                httpStatus: number | null;
                checkedAt: string;
            } | null;
            refused: {
                since: string;
                httpStatus: number | null;
            } | null;
            test: {
                method: string;
                url: string;
            } | null;
            variable: {
                name: string;
                set: boolean;
            } | null;
            hasValue: boolean;
            version: number;
            previous: {
                version: number;
                until: string;
            } | null;
            usedBy: number;
            lastUsedAt: string | null;
            revision: number;
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        };
        Execution: {
            id: string;
            toolId: string;
            toolName: string;
            toolTitle: string;
            toolVersion: number;
            connector: {
                id: string;
                name: string;
                revision: number;
            } | null;
            /** @enum {string} */
            status: "requested" | "running" | "succeeded" | "failed";
            failure?: {
                /** @enum {string} */
                code: "invalid_input" | "denied" | "disabled" | "rate_limited" | "circuit_open" | "timeout" | "provider_error" | "invalid_output" | "outcome_unknown" | "cancelled" | "terminated" | "internal";
                message: string;
                retryable: boolean;
            };
            issues?: components["schemas"]["Issue"][];
            input: unknown;
            output: unknown;
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            policy: {
                /** @enum {string} */
                effect: "allow" | "deny" | "require_approval";
                policyId: string | null;
                policyName: string | null;
                reason: string;
                approval: {
                    required: number;
                    roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                    fourEyes: boolean;
                    expiresInMs: number;
                } | null;
            } | null;
            attempts: components["schemas"]["Attempt"][];
            maxAttempts: number;
            settlement: {
                happened: boolean;
                note: string;
                by: components["schemas"]["Actor"];
                at: string;
            } | null;
            rerunOf: string | null;
            reruns: string[];
            cancelRequestedAt: string | null;
            waiting?: {
                /** @enum {string} */
                reason: "rate_limit" | "concurrency" | "breaker_open" | "backlog" | "retry";
                message: string;
                ahead: number | null;
                nextTryAt: string | null;
            };
            approval?: {
                /** @enum {string} */
                status: "waiting" | "approved" | "rejected" | "expired" | "cancelled";
                required: number;
                roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                fourEyes: boolean;
                policyName: string | null;
                reason: string;
                url: string;
                expiresAt: string;
                votes: {
                    by: components["schemas"]["Actor"];
                    /** @enum {string} */
                    outcome: "approved" | "rejected";
                    reason: string | null;
                    at: string;
                }[];
                request: {
                    toolId: string;
                    toolVersion: number;
                    request: {
                        method: string;
                        url: string;
                        headers: {
                            [key: string]: string;
                        };
                        body?: unknown;
                        bodyType?: string;
                    };
                    credential: {
                        id: string;
                        name: string;
                        type: string;
                    } | null;
                    timeoutMs: number;
                    deadlineMs: number;
                    maxAttempts: number;
                    repeatPolicy: string;
                };
                mayDecide?: boolean;
                mayNot?: string | null;
                mayChange?: boolean;
            };
            quarantined: {
                at: string;
                reason: string;
            } | null;
            payloadsRemovedAt: string | null;
            createdAt: string;
            startedAt: string | null;
            completedAt: string | null;
            durationMs: number | null;
            workflowId: string;
            temporalUrl: string | null;
        };
        ExecutionSummary: {
            id: string;
            toolId: string;
            toolName: string;
            toolTitle: string;
            toolVersion: number;
            connector: {
                id: string;
                name: string;
                revision: number;
            } | null;
            /** @enum {string} */
            status: "requested" | "running" | "succeeded" | "failed";
            failure?: {
                /** @enum {string} */
                code: "invalid_input" | "denied" | "disabled" | "rate_limited" | "circuit_open" | "timeout" | "provider_error" | "invalid_output" | "outcome_unknown" | "cancelled" | "terminated" | "internal";
                message: string;
                retryable: boolean;
            };
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            policy: {
                /** @enum {string} */
                effect: "allow" | "deny" | "require_approval";
                policyId: string | null;
                policyName: string | null;
                reason: string;
                approval: {
                    required: number;
                    roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                    fourEyes: boolean;
                    expiresInMs: number;
                } | null;
            } | null;
            maxAttempts: number;
            settlement: {
                happened: boolean;
                note: string;
                by: components["schemas"]["Actor"];
                at: string;
            } | null;
            rerunOf: string | null;
            cancelRequestedAt: string | null;
            quarantined: {
                at: string;
                reason: string;
            } | null;
            payloadsRemovedAt: string | null;
            createdAt: string;
            startedAt: string | null;
            completedAt: string | null;
            durationMs: number | null;
            workflowId: string;
            temporalUrl: string | null;
            attempts: number;
            approval?: {
                /** @enum {string} */
                status: "waiting" | "approved" | "rejected" | "expired" | "cancelled";
                expiresAt: string;
            };
        };
        InboxItem: {
            step: components["schemas"]["Step"];
            run: {
                id: string;
                playbookTitle: string;
                playbookVersion: number;
                startedBy: components["schemas"]["Actor"];
                paused: boolean;
                total: number;
            };
            exception: {
                id: string;
                number: number;
                title: string;
                severity: string;
                domain: string;
            } | null;
        } | {
            execution: {
                id: string;
                toolId: string;
                toolName: string;
                toolTitle: string;
                toolVersion: number;
                actor: components["schemas"]["Actor"];
                createdAt: string;
                dueAt: string;
                reason: string;
                required: number;
                approved: number;
                waitingOn: string;
            };
            exception: {
                id: string;
                number: number;
                title: string;
                severity: string;
                domain: string;
            } | null;
        };
        Invitation: {
            id: string;
            email: string;
            roles: string[];
            /** @enum {string} */
            status: "pending" | "expired";
            invitedBy: components["schemas"]["Actor"];
            createdAt: string;
            expiresAt: string;
        };
        InvitationWithLink: {
            id: string;
            email: string;
            roles: string[];
            /** @enum {string} */
            status: "pending" | "expired";
            invitedBy: components["schemas"]["Actor"];
            createdAt: string;
            expiresAt: string;
            link: string;
            /** @enum {string} */
            mail: "sent" | "failed" | "not_configured";
        };
        Issue: {
            path: string;
            message: string;
            keyword: string;
        };
        Me: {
            actor: components["schemas"]["Actor"];
            email: string | null;
            tenant: {
                id: string;
                slug: string;
                name: string;
            };
            roles: string[];
            permissions: string[];
            tenants: {
                id: string;
                slug: string;
                name: string;
                roles: string[];
            }[];
            temporalUiUrl: string | null;
        };
        Member: {
            id: string;
            name: string;
            email: string;
            roles: string[];
        };
        MemberDetail: {
            id: string;
            name: string;
            email: string;
            roles: string[];
            holds: {
                apiKeys: string[];
                invitations: string[];
                claimedSteps: number;
                assignedSteps: number;
            };
        };
        Notice: {
            id: string;
            /** @enum {string} */
            kind: "notify" | "reminder" | "escalation" | "taken_over";
            text: string;
            exceptionId: string | null;
            runId: string | null;
            stepId: string | null;
            credentialId: string | null;
            unread: boolean;
            createdAt: string;
        };
        Playbook: {
            id: string;
            name: string;
            title: string;
            description: string;
            /** @enum {string} */
            status: "draft" | "published";
            version: number | null;
            document: {
                [key: string]: unknown;
            } | null;
            draft: {
                [key: string]: unknown;
            } | null;
            draftRevision: number;
            issues: components["schemas"]["Issue"][];
            openRuns: number;
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            updatedAt: string;
        };
        PlaybookSummary: {
            id: string;
            name: string;
            title: string;
            description: string;
            /** @enum {string} */
            status: "draft" | "published";
            version: number | null;
            hasDraft: boolean;
            steps: number;
            openRuns: number;
            runs30d: number;
            updatedAt: string;
        };
        PlaybookVersion: {
            playbookId: string;
            version: number;
            current: boolean;
            document: {
                [key: string]: unknown;
            };
            note: string | null;
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
        };
        Policy: {
            id: string;
            revision: number;
            name: string;
            /** @default  */
            note: string;
            /** @default true */
            enabled: boolean;
            /** @enum {string} */
            effect: "allow" | "deny" | "require_approval";
            /** @default {} */
            tools: {
                id?: string;
                tag?: string;
                category?: string;
                connectorId?: string;
            };
            /** @default [] */
            roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
            when?: string;
            schema?: {
                [key: string]: unknown;
            };
            hours?: {
                /**
                 * @default [
                 *       "mon",
                 *       "tue",
                 *       "wed",
                 *       "thu",
                 *       "fri",
                 *       "sat",
                 *       "sun"
                 *     ]
                 */
                days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
                /** @default 00:00 */
                from: string;
                /** @default 00:00 */
                to: string;
                /** @default UTC */
                timeZone: string;
            };
            rate?: {
                limit: number;
                /** @enum {string} */
                per: "minute" | "hour" | "day";
            };
            approval?: {
                /** @default 1 */
                required: number;
                /**
                 * @default [
                 *       "approver"
                 *     ]
                 */
                roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                /** @default true */
                fourEyes: boolean;
                /** @default P1D */
                expiresIn: string;
            };
            summary: string;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
        };
        LegalHold: {
            id: string;
            /** @enum {string} */
            scope: "everything" | "exception" | "executions";
            exception: {
                id: string;
                number: number;
                title: string;
            } | null;
            tool: {
                id: string;
                title: string;
            } | null;
            from: string | null;
            until: string | null;
            reason: string;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            released: {
                at: string;
                by: string;
                reason: string;
            } | null;
        };
        RetentionSettings: {
            /**
             * @description Inputs, outputs, requests and responses of executions and runs that have ended
             * @default null
             */
            payloadDays: number | null;
            /**
             * @description Events of the log and of the audit trail, by whole months; at least 30
             * @default null
             */
            eventDays: number | null;
            /**
             * @description Deliveries of webhooks that have ended
             * @default null
             */
            deliveryDays: number | null;
            /**
             * @description Why, for those who read this later
             * @default
             */
            note: string;
            revision: number;
            changedBy: components["schemas"]["Actor"] | null;
            changedAt: string | null;
        };
        Preview: {
            digest: string;
            toolId: string;
            toolVersion: number;
            request: {
                method: string;
                url: string;
                headers: {
                    [key: string]: string;
                };
                body?: unknown;
                bodyType?: string;
            };
            credential: {
                id: string;
                name: string;
                type: string;
            } | null;
            timeoutMs: number;
            deadlineMs: number;
            maxAttempts: number;
            repeatPolicy: string;
            policy: {
                /** @enum {string} */
                effect: "allow" | "deny" | "require_approval";
                policyId: string | null;
                policyName: string | null;
                reason: string;
                approval: {
                    required: number;
                    roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                    fourEyes: boolean;
                    expiresInMs: number;
                } | null;
            };
            /** @description Why it would not be sent as things are; empty when nothing is known */
            warnings: {
                /** @enum {string} */
                code: "host_not_allowed";
                message: string;
            }[];
        };
        Run: {
            id: string;
            playbookId: string;
            playbookName: string;
            playbookTitle: string;
            playbookVersion: number;
            exceptionId: string | null;
            exception: {
                id: string;
                number: number;
                title: string;
            } | null;
            parentRunId: string | null;
            /** @enum {string} */
            status: "running" | "waiting" | "completed" | "failed" | "cancelled";
            reason: string | null;
            paused: {
                at: string;
                by: string;
                reason: string | null;
            } | null;
            quarantined: {
                at: string;
                reason: string;
            } | null;
            currentSteps: string[];
            waitingOn: string | null;
            progress: {
                done: number;
                total: number;
            };
            startedBy: components["schemas"]["Actor"];
            createdAt: string;
            completedAt: string | null;
            input: unknown;
            payloadsRemovedAt: string | null;
            steps: components["schemas"]["Step"][];
            stalled: {
                since: string;
                reason: string;
            } | null;
            workflowId: string;
            temporalUrl: string | null;
        };
        RunSummary: {
            id: string;
            playbookId: string;
            playbookName: string;
            playbookTitle: string;
            playbookVersion: number;
            exceptionId: string | null;
            exception: {
                id: string;
                number: number;
                title: string;
            } | null;
            parentRunId: string | null;
            /** @enum {string} */
            status: "running" | "waiting" | "completed" | "failed" | "cancelled";
            reason: string | null;
            paused: {
                at: string;
                by: string;
                reason: string | null;
            } | null;
            quarantined: {
                at: string;
                reason: string;
            } | null;
            currentSteps: string[];
            waitingOn: string | null;
            progress: {
                done: number;
                total: number;
            };
            startedBy: components["schemas"]["Actor"];
            createdAt: string;
            completedAt: string | null;
        };
        Session: {
            id: string;
            device: string;
            address: string | null;
            lastSeenAt: string;
            createdAt: string;
            expiresAt: string;
            current: boolean;
        };
        Step: {
            id: string;
            runId: string;
            type: string;
            title: string;
            number: number;
            inside: {
                stepId: string;
                groupId: string;
            }[];
            /** @enum {string} */
            status: "pending" | "waiting" | "running" | "completed" | "failed" | "skipped" | "outcome_unknown";
            instructions: string;
            assignee: {
                role?: string;
                user?: string;
            } | null;
            waitingOn: string | null;
            claimedBy: {
                id: string;
                name: string;
                at: string;
            } | null;
            openedAt: string | null;
            dueAt: string | null;
            reminded: number;
            escalated: number;
            outcomes: {
                id: string;
                title: string;
                needsReason: boolean;
                takesInput: boolean;
            }[];
            form: {
                [key: string]: unknown;
            } | null;
            input: unknown;
            issues: components["schemas"]["Issue"][];
            tool: {
                id: string;
                name: string;
                title: string;
                version: number;
            } | null;
            approvals: {
                required: number;
                digest: string | null;
                given: {
                    by: components["schemas"]["Actor"];
                    outcome: string;
                    reason: string | null;
                    at: string;
                }[];
                mayChange: boolean;
            } | null;
            covers: {
                stepId: string;
                title: string;
                digest: string | null;
                preview: {
                    toolId: string;
                    toolVersion: number;
                    request: {
                        method: string;
                        url: string;
                        headers: {
                            [key: string]: string;
                        };
                        body?: unknown;
                        bodyType?: string;
                    };
                    credential: {
                        id: string;
                        name: string;
                        type: string;
                    } | null;
                    timeoutMs: number;
                    deadlineMs: number;
                    maxAttempts: number;
                    repeatPolicy: string;
                } | null;
                problem: string | null;
                issues: components["schemas"]["Issue"][];
                changes: {
                    path: string;
                    from?: unknown;
                    to?: unknown;
                }[];
                /** @enum {string} */
                since: "shown" | "approved";
            }[] | null;
            waitsFor: {
                until: string | null;
                event: string | null;
            } | null;
            callApproval?: {
                executionId: string;
                required: number;
                approved: number;
                waitingOn: string;
                reason: string;
                expiresAt: string;
            };
            outcome: string | null;
            output?: unknown;
            reason: string | null;
            failure: {
                code: string;
                message: string;
            } | null;
            executionIds: string[];
            childRunId: string | null;
            completedBy?: components["schemas"]["Actor"];
            completedAt?: string;
            mayComplete: boolean;
            mayNot: string | null;
            mayClaim: boolean;
        };
        TimelineItem: {
            /** @constant */
            kind: "event";
            key: string;
            at: string;
            event: components["schemas"]["Event"];
        } | {
            /** @constant */
            kind: "comment";
            key: string;
            at: string;
            comment: components["schemas"]["Comment"];
        } | {
            /** @constant */
            kind: "tool_run";
            key: string;
            at: string;
            execution: {
                id: string;
                toolId: string;
                toolName: string;
                toolTitle: string;
                toolVersion: number;
                connector: {
                    id: string;
                    name: string;
                    revision: number;
                } | null;
                /** @enum {string} */
                status: "requested" | "running" | "succeeded" | "failed";
                failure?: {
                    /** @enum {string} */
                    code: "invalid_input" | "denied" | "disabled" | "rate_limited" | "circuit_open" | "timeout" | "provider_error" | "invalid_output" | "outcome_unknown" | "cancelled" | "terminated" | "internal";
                    message: string;
                    retryable: boolean;
                };
                input: unknown;
                output: unknown;
                exceptionId: string | null;
                actor: components["schemas"]["Actor"];
                policy: {
                    /** @enum {string} */
                    effect: "allow" | "deny" | "require_approval";
                    policyId: string | null;
                    policyName: string | null;
                    reason: string;
                    approval: {
                        required: number;
                        roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                        fourEyes: boolean;
                        expiresInMs: number;
                    } | null;
                } | null;
                attempts: components["schemas"]["Attempt"][];
                maxAttempts: number;
                settlement: {
                    happened: boolean;
                    note: string;
                    by: components["schemas"]["Actor"];
                    at: string;
                } | null;
                rerunOf: string | null;
                cancelRequestedAt: string | null;
                waiting?: {
                    /** @enum {string} */
                    reason: "rate_limit" | "concurrency" | "breaker_open" | "backlog" | "retry";
                    message: string;
                    ahead: number | null;
                    nextTryAt: string | null;
                };
                approval?: {
                    /** @enum {string} */
                    status: "waiting" | "approved" | "rejected" | "expired" | "cancelled";
                    required: number;
                    roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                    fourEyes: boolean;
                    policyName: string | null;
                    reason: string;
                    url: string;
                    expiresAt: string;
                    votes: {
                        by: components["schemas"]["Actor"];
                        /** @enum {string} */
                        outcome: "approved" | "rejected";
                        reason: string | null;
                        at: string;
                    }[];
                    request: {
                        toolId: string;
                        toolVersion: number;
                        request: {
                            method: string;
                            url: string;
                            headers: {
                                [key: string]: string;
                            };
                            body?: unknown;
                            bodyType?: string;
                        };
                        credential: {
                            id: string;
                            name: string;
                            type: string;
                        } | null;
                        timeoutMs: number;
                        deadlineMs: number;
                        maxAttempts: number;
                        repeatPolicy: string;
                    };
                    mayDecide?: boolean;
                    mayNot?: string | null;
                    mayChange?: boolean;
                };
                quarantined: {
                    at: string;
                    reason: string;
                } | null;
                payloadsRemovedAt: string | null;
                createdAt: string;
                startedAt: string | null;
                completedAt: string | null;
                durationMs: number | null;
                workflowId: string;
                temporalUrl: string | null;
                truncated: boolean;
            };
            step: {
                runId: string;
                stepId: string;
                title: string;
            } | null;
        } | {
            /** @constant */
            kind: "step";
            key: string;
            at: string;
            event: components["schemas"]["Event"];
            runId: string;
            stepId: string;
            title: string;
        };
        Tool: {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "http";
            config: {
                /**
                 * @default GET
                 * @enum {string}
                 */
                method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
                url?: string;
                /** Format: uuid */
                connectorId?: string;
                path?: string;
                /** @default {} */
                headers: {
                    [key: string]: string;
                };
                /** @default {} */
                query: {
                    [key: string]: (string | number | boolean) | (string | number | boolean)[];
                };
                queryStyles?: {
                    [key: string]: "repeat" | "comma" | "space" | "pipe" | "tab" | "brackets" | "deepObject" | "properties" | "json";
                };
                body?: unknown;
                /**
                 * @default json
                 * @enum {string}
                 */
                bodyType: "json" | "form" | "multipart" | "text" | "binary";
                /**
                 * @default auto
                 * @enum {string}
                 */
                responseType: "auto" | "json" | "text" | "xml" | "binary" | "file";
                /** @enum {string} */
                stream?: "auto" | "sse" | "ndjson" | "text";
                streamIdleMs?: number;
                pagination?: {
                    /** @constant */
                    type: "cursor";
                    parameter: string;
                    cursor: string;
                    items?: string;
                    /** @default 10 */
                    maxPages: number;
                    /** @default 4194304 */
                    maxBytes: number;
                } | {
                    /** @constant */
                    type: "page";
                    /** @default page */
                    parameter: string;
                    /** @default 1 */
                    first: number;
                    items?: string;
                    /** @default 10 */
                    maxPages: number;
                    /** @default 4194304 */
                    maxBytes: number;
                } | {
                    /** @constant */
                    type: "offset";
                    /** @default offset */
                    parameter: string;
                    items?: string;
                    /** @default 10 */
                    maxPages: number;
                    /** @default 4194304 */
                    maxBytes: number;
                } | {
                    /** @constant */
                    type: "link_header";
                    items?: string;
                    /** @default 10 */
                    maxPages: number;
                    /** @default 4194304 */
                    maxBytes: number;
                };
                transform?: string;
                /** @default false */
                followRedirects: boolean;
                /** @default 1048576 */
                maxResponseBytes: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "graphql";
            config: {
                url?: string;
                /** Format: uuid */
                connectorId?: string;
                /** @default {} */
                headers: {
                    [key: string]: string;
                };
                document: string;
                operationName?: string;
                /** @enum {string} */
                operation?: "query" | "mutation";
                /** @default 1048576 */
                maxResponseBytes: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "mcp";
            config: {
                url?: string;
                /** Format: uuid */
                connectorId?: string;
                /** @default {} */
                headers: {
                    [key: string]: string;
                };
                tool: string;
                /** @enum {string} */
                protocolVersion?: "2026-07-28" | "2025-11-25" | "2025-06-18" | "2025-03-26";
                /** @default false */
                readOnly: boolean;
                /** @default 1048576 */
                maxResponseBytes: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "grpc";
            config: {
                target?: string;
                /** @enum {string} */
                tls?: "none" | "tls";
                /** @default {} */
                metadata: {
                    [key: string]: string;
                };
                /** Format: base64 */
                descriptors?: string;
                proto?: string;
                /** Format: uuid */
                connectorId?: string;
                service: string;
                method: string;
                message?: unknown;
                compiled?: {
                    path: string;
                    descriptors: string;
                    streaming: boolean;
                    /** @enum {string} */
                    idempotency: "unknown" | "no_side_effects" | "idempotent";
                };
                /** @default 1000 */
                maxMessages: number;
                /** @default 1048576 */
                maxResponseBytes: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "soap";
            config: {
                wsdl?: string;
                endpoint?: string;
                /** Format: uuid */
                connectorId?: string;
                operation: string;
                message?: unknown;
                /**
                 * @default http
                 * @enum {string}
                 */
                security: "http" | "password_text" | "password_digest";
                compiled?: {
                    operation: string;
                    endpoint: string;
                    /** @enum {string} */
                    version: "1.1" | "1.2";
                    action: string;
                    namespaces: string[];
                    types: ({
                        /** @constant */
                        kind: "simple";
                        /** @enum {string} */
                        of: "string" | "boolean" | "integer" | "number" | "base64";
                        xsd: string;
                        choices?: string[];
                    } | {
                        /** @constant */
                        kind: "complex";
                        attributes: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                        }[];
                        text: number | null;
                        children: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                            many?: boolean;
                            nillable?: boolean;
                            choice?: {
                                group: number;
                                branch: number;
                            }[];
                        }[];
                    })[];
                    input: {
                        element: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                            many?: boolean;
                            nillable?: boolean;
                            choice?: {
                                group: number;
                                branch: number;
                            }[];
                        } | null;
                    };
                    output: {
                        element: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                            many?: boolean;
                            nillable?: boolean;
                            choice?: {
                                group: number;
                                branch: number;
                            }[];
                        } | null;
                    } | null;
                };
                /** @default 1048576 */
                maxResponseBytes: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "database";
            config: {
                /** @enum {string} */
                engine: "postgresql" | "mysql" | "mongodb";
                /** Format: uuid */
                connectorId?: string;
                url?: string;
                /**
                 * @default auto
                 * @enum {string}
                 */
                tls: "auto" | "required" | "off";
                ca?: string;
                statement: string | {
                    [key: string]: unknown;
                };
                /** @default true */
                readOnly: boolean;
                /** @default 100 */
                maxRows: number;
                /** @default 1048576 */
                maxResponseBytes: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "dummy";
            config: {
                /** @default 0 */
                delayMs: number;
                response?: unknown;
                failure?: {
                    /**
                     * @default provider_error
                     * @enum {string}
                     */
                    code: "provider_error" | "timeout";
                    /** @default The dummy provider is configured to fail */
                    message: string;
                };
                /** @default 1 */
                failureRate: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "webhook";
            config: {
                url: string;
                /** @default {} */
                headers: {
                    [key: string]: string;
                };
                body?: unknown;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "email";
            config: {
                /** Format: uuid */
                connectorId?: string;
                host?: string;
                port?: number;
                /** @enum {string} */
                tls?: "implicit" | "starttls" | "none";
                ca?: string;
                from?: string | {
                    name?: string;
                    address: string;
                };
                to?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                cc?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                bcc?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                replyTo?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                /** @default  */
                subject: string;
                text?: string;
                html?: string;
                headers?: {
                    [key: string]: string;
                };
                attachments?: string | (string | {
                    filename: string;
                    contentType?: string;
                    content: string;
                })[];
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description: string;
            /** @default general */
            category: string;
            /** @default [] */
            tags: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            auth: {
                /** @enum {string} */
                type: "none" | "inherit" | "api_key" | "api_keys" | "bearer" | "basic" | "oauth2_client_credentials" | "oauth2_authorization_code" | "mtls" | "hmac" | "aws_sigv4" | "standard_webhooks";
                /** @enum {string} */
                in?: "header" | "query" | "cookie";
                name?: string;
                places?: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                username?: string;
                tokenUrl?: string;
                clientId?: string;
                scope?: string;
                audience?: string;
                /** @enum {string} */
                clientAuthentication?: "basic" | "body";
                authorizationUrl?: string;
                ca?: string;
                /** @enum {string} */
                algorithm?: "sha1" | "sha256" | "sha512";
                signs?: string;
                /** @enum {string} */
                encoding?: "hex" | "base64";
                header?: string;
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /** @enum {string} */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /** @enum {string} */
                secretEncoding?: "text" | "base64" | "hex";
                region?: string;
                service?: string;
                /** @enum {string} */
                signature?: "v1" | "v1a";
                credentialId?: string;
                hasSecret: boolean;
            };
            /** @default 10000 */
            timeoutMs: number;
            /** @default 60000 */
            deadlineMs: number;
            retry: {
                /** @default 3 */
                maxAttempts: number;
                /** @default 500 */
                initialMs: number;
                /** @default 2 */
                factor: number;
                /** @default 10000 */
                maxMs: number;
            };
            /** @default false */
            idempotent: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "code";
            config: {
                /** @enum {string} */
                language: "javascript" | "typescript" | "python";
                source: string;
                /** @default 1000 */
                timeLimitMs: number;
                /** @default 64 */
                memoryMb: number;
                /** @default 1048576 */
                maxOutputBytes: number;
                /** @default 16384 */
                maxLogBytes: number;
            };
            id: string;
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            createdAt: string;
            updatedAt: string;
            updatedBy: components["schemas"]["Actor"];
        };
        ToolSummary: {
            id: string;
            name: string;
            title: string;
            description: string;
            type: string;
            /** @enum {string} */
            scope: "tenant" | "global";
            category: string;
            tags: string[];
            version: number;
            enabled: boolean;
            writable: boolean;
            readOnlyReason: string | null;
            runs24h: number;
            successRate24h: number | null;
            lastRunAt: string | null;
            updatedAt: string;
        };
        ToolVersion: {
            toolId: string;
            version: number;
            current: boolean;
            createdAt: string;
            createdBy: components["schemas"]["Actor"];
            note: string | null;
            definition: components["schemas"]["Tool"];
        };
        WebhookDelivery: {
            id: string;
            endpointId: string;
            eventId: string;
            eventType: string;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed";
            attempts: {
                at: string;
                durationMs: number;
                httpStatus: number | null;
                error: string | null;
            }[];
            nextAttemptAt: string | null;
            createdAt: string;
        };
        WebhookEndpoint: {
            id: string;
            url: string;
            description: string;
            eventTypes: string[];
            enabled: boolean;
            disabledReason: string | null;
            /** @description Why nothing reaches it as things are */
            warnings: {
                /** @enum {string} */
                code: "host_not_allowed";
                message: string;
            }[];
            createdAt: string;
            updatedAt: string;
        };
        WebhookEndpointWithSecret: {
            id: string;
            url: string;
            description: string;
            eventTypes: string[];
            enabled: boolean;
            disabledReason: string | null;
            /** @description Why nothing reaches it as things are */
            warnings: {
                /** @enum {string} */
                code: "host_not_allowed";
                message: string;
            }[];
            createdAt: string;
            updatedAt: string;
            secret: string;
        };
        MeSessionsResult: {
            items: components["schemas"]["Session"][];
            nextCursor: null;
        };
        MeRevokeOtherSessionsResult: {
            ended: number;
        };
        ToolsListResult: {
            items: components["schemas"]["ToolSummary"][];
            nextCursor: string | null;
        };
        ToolsUsesResult: {
            playbooks: {
                id: string;
                name: string;
                title: string;
                version: number;
                stepIds: string[];
            }[];
            waitingSteps: {
                runId: string;
                stepId: string;
                title: string;
                exceptionId: string | null;
            }[];
            organizationsElsewhere: number;
        };
        ToolsVersionsResult: {
            items: components["schemas"]["ToolVersion"][];
            nextCursor: null;
        };
        ToolsDiffResult: {
            from: number;
            to: number;
            breaking: boolean;
            changes: components["schemas"]["DefinitionChange"][];
            before: components["schemas"]["Tool"];
            after: components["schemas"]["Tool"];
        };
        ToolsValidateResult: {
            /** @constant */
            valid: true;
        };
        ToolsCheckDefinitionResult: {
            /** @constant */
            valid: true;
        };
        ConnectorsListResult: {
            items: components["schemas"]["Connector"][];
            nextCursor: string | null;
        };
        ConnectorsVersionsResult: {
            items: components["schemas"]["ConnectorVersion"][];
            nextCursor: null;
        };
        ConnectorsDiffResult: {
            from: number;
            to: number;
            breaking: boolean;
            changes: components["schemas"]["DefinitionChange"][];
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
                breaking: boolean;
                changes: components["schemas"]["DefinitionChange"][];
                issues: components["schemas"]["Issue"][];
            }[];
            before: components["schemas"]["Connector"];
            after: components["schemas"]["Connector"];
        };
        ConnectorsBlastRadiusResult: {
            breaking: boolean;
            changes: components["schemas"]["DefinitionChange"][];
            tools: {
                id: string;
                name: string;
                title: string;
                version: number;
                breaking: boolean;
                changes: components["schemas"]["DefinitionChange"][];
                issues: components["schemas"]["Issue"][];
            }[];
        };
        ConnectorsCheckResult: {
            /** @constant */
            valid: true;
        };
        ConnectorsDescribeResult: {
            /** @description Fields of the connector, to be saved with its definition */
            fields: {
                [key: string]: unknown;
            };
        };
        ConnectorsOperationsResult: {
            items: {
                /** @description Identifies it in the document, also when that is read again */
                key: string;
                title: string;
                description: string;
                method: string | null;
                /** @description A draft of a tool with this connector; null: it cannot become one */
                tool: {
                    [key: string]: unknown;
                } | null;
                /** @description Why not, or what could not be taken over */
                reason: string | null;
            }[];
            nextCursor: string | null;
        };
        ImportsCreateResult: {
            id: string;
            /** @enum {string} */
            format: "openapi" | "swagger" | "postman" | "curl" | "graphql" | "wsdl" | "proto" | "mcp";
            title: string;
            sourceUrl: string | null;
            connector: {
                /** @description Null: it is created */
                id: string | null;
                name: string;
                kind: string;
                title: string;
                /** @description Where its tools call; null: the document does not say, so send it when applying */
                baseUrl: string | null;
                /** @description Of a connector that is there: its address, when the document names another. It stays */
                callsInstead?: string;
                /** @description Without a secret */
                auth: {
                    [key: string]: unknown;
                };
            } | null;
            operations: {
                key: string;
                /** @description Of the tool */
                name: string;
                method?: string;
                title: string;
                inputs: string[];
                supported: boolean;
                /** @description Why it cannot become a tool, or what could not be taken over */
                reason?: string;
                /**
                 * @description Compared with the tools of an earlier import into the same connector
                 * @enum {string}
                 */
                state: "new" | "same" | "changed";
                toolId?: string;
                change?: {
                    breaking: boolean;
                    changes: components["schemas"]["DefinitionChange"][];
                };
                /** @description Another tool has its own name, so `name` has the connector in front of it */
                nameTaken?: boolean;
            }[];
            /** @description Tools of an earlier import whose operation the document no longer has */
            gone: {
                key: string;
                toolId: string;
                name: string;
            }[];
            createdAt: string;
        };
        ImportsGetResult: {
            id: string;
            /** @enum {string} */
            format: "openapi" | "swagger" | "postman" | "curl" | "graphql" | "wsdl" | "proto" | "mcp";
            title: string;
            sourceUrl: string | null;
            connector: {
                /** @description Null: it is created */
                id: string | null;
                name: string;
                kind: string;
                title: string;
                /** @description Where its tools call; null: the document does not say, so send it when applying */
                baseUrl: string | null;
                /** @description Of a connector that is there: its address, when the document names another. It stays */
                callsInstead?: string;
                /** @description Without a secret */
                auth: {
                    [key: string]: unknown;
                };
            } | null;
            operations: {
                key: string;
                /** @description Of the tool */
                name: string;
                method?: string;
                title: string;
                inputs: string[];
                supported: boolean;
                /** @description Why it cannot become a tool, or what could not be taken over */
                reason?: string;
                /**
                 * @description Compared with the tools of an earlier import into the same connector
                 * @enum {string}
                 */
                state: "new" | "same" | "changed";
                toolId?: string;
                change?: {
                    breaking: boolean;
                    changes: components["schemas"]["DefinitionChange"][];
                };
                /** @description Another tool has its own name, so `name` has the connector in front of it */
                nameTaken?: boolean;
            }[];
            /** @description Tools of an earlier import whose operation the document no longer has */
            gone: {
                key: string;
                toolId: string;
                name: string;
            }[];
            createdAt: string;
        };
        ImportsImpactResult: {
            operations: {
                key: string;
                toolId: string;
                name: string;
                /** @description Who calls the tool now */
                uses: components["schemas"]["ToolsUsesResult"];
                playbooks?: {
                    playbookId: string;
                    name: string;
                    title: string;
                    version: number | null;
                    stepId: string;
                    stepTitle: string;
                    issues: components["schemas"]["Issue"][];
                }[];
                waitingSteps?: {
                    runId: string;
                    stepId: string;
                    title: string;
                    exceptionId: string | null;
                    issues: components["schemas"]["Issue"][];
                }[];
                storedInputs?: {
                    checked: number;
                    failing: {
                        executionId: string;
                        issues: components["schemas"]["Issue"][];
                    }[];
                };
                /** @description Why the change cannot be applied, instead of what it breaks */
                problem?: string;
            }[];
        };
        ImportsCreateToolsResult: {
            created: number;
            updated: number;
            unchanged: number;
            toolIds: string[];
            connectorId: string | null;
        };
        ArtifactsCreateResult: {
            id: string;
            name: string;
            contentType: string;
            bytes: number;
            sha256: string;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            /** @description What a payload holds to send this file */
            reference: {
                /**
                 * Format: uuid
                 * @description Its id
                 */
                artifact: string;
                name: string;
                contentType: string;
                bytes: number;
                sha256: string;
            };
        };
        ArtifactsGetResult: {
            id: string;
            name: string;
            contentType: string;
            bytes: number;
            sha256: string;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            /** @description What a payload holds to send this file */
            reference: {
                /**
                 * Format: uuid
                 * @description Its id
                 */
                artifact: string;
                name: string;
                contentType: string;
                bytes: number;
                sha256: string;
            };
        };
        TemplatesListResult: {
            items: {
                id: string;
                service: string;
                serviceTitle: string;
                /** @description That the tool gets */
                name: string;
                title: string;
                description: string;
                /** @enum {string} */
                category: "ai" | "analytics" | "calendar" | "cloud" | "commerce" | "communication" | "crm" | "development" | "email" | "files" | "identity" | "incidents" | "marketing" | "monitoring" | "payments" | "projects" | "support";
                /** @description The kind of auth */
                auth: string;
                /** @description What the credential must be allowed to do */
                scopes: string[];
                safeToRetry: boolean;
                /** @description The provider's page about this call */
                reference: string;
            }[];
            nextCursor: string | null;
        };
        TemplatesGetResult: {
            id: string;
            service: string;
            serviceTitle: string;
            /** @description That the tool gets */
            name: string;
            title: string;
            description: string;
            /** @enum {string} */
            category: "ai" | "analytics" | "calendar" | "cloud" | "commerce" | "communication" | "crm" | "development" | "email" | "files" | "identity" | "incidents" | "marketing" | "monitoring" | "payments" | "projects" | "support";
            /** @description The kind of auth */
            auth: string;
            /** @description What the credential must be allowed to do */
            scopes: string[];
            safeToRetry: boolean;
            /** @description The provider's page about this call */
            reference: string;
            /** @description What is safe to retry, in words */
            safety: string;
            method: string;
            path: string;
            /** @description Of the connector; {name} stands for a parameter */
            baseUrl: string;
            inputSchema: {
                [key: string]: unknown;
            };
            outputSchema: {
                [key: string]: unknown;
            };
            /** @description Inputs to try it with */
            sample: {
                [key: string]: unknown;
            };
            /** @description false: it sends no credential, and calls another address */
            needsConnector: boolean;
            /** @description Of the connector, without a secret */
            authSettings: {
                [key: string]: unknown;
            };
            /** @description Where the credential is found */
            credential: string;
            parameters: {
                name: string;
                title: string;
                description: string;
                example: string;
                /** @description That the whole value fits */
                pattern: string;
            }[];
            /** @description That the tool gets; null: it is created, with the credential and the parameters, if one is needed */
            connector: {
                id: string;
                name: string;
                baseUrl: string;
            } | null;
            /** @description A tool that has the name already; install this one with another name */
            tool: {
                id: string;
                name: string;
            } | null;
        };
        FilesExportResult: {
            files: {
                /** @description Such as tools/refund_payment.yaml: folder and name say what it is */
                path: string;
                /** @description YAML */
                text: string;
            }[];
            /** @description What has no file, and why */
            left: {
                /** @enum {string} */
                kind: "domain" | "connector" | "tool" | "playbook";
                name: string;
                reason: string;
            }[];
        };
        FilesPlanResult: {
            planDigest: string;
            changes: {
                file: string;
                /** @enum {string} */
                kind: "domain" | "connector" | "tool" | "playbook";
                name: string;
                /**
                 * @description What is in the organization and not in the files stays
                 * @enum {string}
                 */
                action: "create" | "update" | "unchanged" | "not_in_files" | "archive";
                /** @description The file as it would be exported now; null when nothing changes */
                before: string | null;
                after: string | null;
                breaking: boolean;
                /** @description Of tools and connectors */
                changes: components["schemas"]["DefinitionChange"][];
                /** @description What the change would break elsewhere */
                affects: {
                    /** @enum {string} */
                    kind: "tool" | "playbook" | "run" | "input";
                    name: string;
                    message: string;
                }[];
            }[];
            /** @description Without a secret: they are created empty, and calls with them are refused until it is entered */
            credentials: {
                /** @description Null in a plan: it is created */
                id: string | null;
                name: string;
                authType: string;
                hosts: string[];
                /** @description Files */
                usedBy: string[];
            }[];
            /** @description While there are any, nothing can be applied */
            problems: {
                file: string;
                /** @description From 1 */
                line: number;
                /** @description JSON Pointer into the file */
                path: string;
                message: string;
            }[];
        };
        FilesApplyPlanResult: {
            created: number;
            updated: number;
            archived: number;
            unchanged: number;
            changes: {
                file: string;
                /** @enum {string} */
                kind: "domain" | "connector" | "tool" | "playbook";
                name: string;
                /**
                 * @description What is in the organization and not in the files stays
                 * @enum {string}
                 */
                action: "create" | "update" | "unchanged" | "not_in_files" | "archive";
            }[];
            credentials: {
                /** @description Null in a plan: it is created */
                id: string | null;
                name: string;
                authType: string;
                hosts: string[];
                /** @description Files */
                usedBy: string[];
            }[];
        };
        CredentialsListResult: {
            items: components["schemas"]["Credential"][];
            nextCursor: string | null;
        };
        CredentialsUsesResult: {
            tools: {
                id: string;
                name: string;
                title: string;
                versions: number[];
                current: boolean;
            }[];
            connectors: {
                id: string;
                name: string;
                versions: number[];
                current: boolean;
            }[];
        };
        CredentialsAccessesResult: {
            items: {
                id: string;
                at: string;
                executionId: string;
                attempt: number;
                version: number | null;
                tool: {
                    id: string;
                    name: string;
                    title: string;
                } | null;
            }[];
            nextCursor: string | null;
        };
        CredentialsVersionsResult: {
            items: {
                version: number;
                /** @enum {string} */
                state: "current" | "overlap" | "erased" | "replaced";
                createdAt: string;
                createdBy: components["schemas"]["Actor"] | null;
            }[];
            nextCursor: null;
        };
        PoliciesListResult: {
            items: components["schemas"]["Policy"][];
            nextCursor: null;
        };
        PoliciesCheckResult: {
            /** @constant */
            valid: true;
        };
        PoliciesSimulateResult: {
            /** @enum {string} */
            effect: "allow" | "deny" | "require_approval";
            policyId: string | null;
            policyName: string | null;
            reason: string;
            approval: {
                required: number;
                roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                fourEyes: boolean;
                expiresInMs: number;
            } | null;
            roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
            findings: {
                policyId: string;
                policyName: string;
                /** @enum {string} */
                effect: "allow" | "deny" | "require_approval";
                concerns: boolean;
                reason: string | null;
            }[];
            issues: components["schemas"]["Issue"][];
        };
        PoliciesReplayResult: {
            examined: number;
            changed: {
                executionId: string;
                toolName: string;
                actorName: string;
                createdAt: string;
                before: {
                    /** @enum {string} */
                    effect: "allow" | "deny" | "require_approval";
                    policyName: string | null;
                };
                after: {
                    /** @enum {string} */
                    effect: "allow" | "deny" | "require_approval";
                    policyName: string | null;
                    reason: string;
                };
            }[];
            unjudged: {
                redacted: number;
                dropped: number;
                roles: number;
                failed: number;
            };
            ignoresRates: boolean;
            nextCursor: string | null;
        };
        LimitsGetResult: {
            tenant: {
                /** @default null */
                rateLimit: {
                    requestsPerMinute: number;
                    burst?: number;
                } | null;
                /** @default null */
                hostConcurrency: number | null;
                /** @default [] */
                hosts: {
                    host: string;
                    concurrency: number;
                }[];
                circuitBreaker: {
                    /** @default true */
                    enabled: boolean;
                    /** @default 20 */
                    consecutiveFailures: number;
                    /** @default 50 */
                    failurePercent: number;
                    /** @default 100 */
                    minCalls: number;
                    /** @default 30 */
                    openSeconds: number;
                };
                revision: number;
                changedBy: components["schemas"]["Actor"] | null;
                changedAt: string | null;
                rate: {
                    limit: {
                        requestsPerMinute: number;
                        burst?: number;
                    };
                    burst: number;
                    used: number;
                } | null;
            };
            items: {
                /** @enum {string} */
                kind: "tool" | "connector" | "host";
                id: string;
                name: string;
                rate: {
                    limit: {
                        requestsPerMinute: number;
                        burst?: number;
                    };
                    burst: number;
                    used: number;
                } | null;
                concurrency: {
                    limit: number;
                    used: number;
                } | null;
            }[];
        };
        LimitsPutTenantResult: {
            tenant: {
                /** @default null */
                rateLimit: {
                    requestsPerMinute: number;
                    burst?: number;
                } | null;
                /** @default null */
                hostConcurrency: number | null;
                /** @default [] */
                hosts: {
                    host: string;
                    concurrency: number;
                }[];
                circuitBreaker: {
                    /** @default true */
                    enabled: boolean;
                    /** @default 20 */
                    consecutiveFailures: number;
                    /** @default 50 */
                    failurePercent: number;
                    /** @default 100 */
                    minCalls: number;
                    /** @default 30 */
                    openSeconds: number;
                };
                revision: number;
                changedBy: components["schemas"]["Actor"] | null;
                changedAt: string | null;
                rate: {
                    limit: {
                        requestsPerMinute: number;
                        burst?: number;
                    };
                    burst: number;
                    used: number;
                } | null;
            };
            items: {
                /** @enum {string} */
                kind: "tool" | "connector" | "host";
                id: string;
                name: string;
                rate: {
                    limit: {
                        requestsPerMinute: number;
                        burst?: number;
                    };
                    burst: number;
                    used: number;
                } | null;
                concurrency: {
                    limit: number;
                    used: number;
                } | null;
            }[];
        };
        BreakersListResult: {
            items: components["schemas"]["BreakersResetResult"][];
            nextCursor: null;
        };
        BreakersHoldResult: {
            id: string;
            host: string;
            /** @enum {string} */
            state: "closed" | "open" | "half_open" | "held";
            reason: string;
            since: string;
            retryAt: string | null;
            changedBy: components["schemas"]["Actor"];
        };
        BreakersOpenResult: {
            id: string;
            host: string;
            /** @enum {string} */
            state: "closed" | "open" | "half_open" | "held";
            reason: string;
            since: string;
            retryAt: string | null;
            changedBy: components["schemas"]["Actor"];
        };
        BreakersResetResult: {
            id: string;
            host: string;
            /** @enum {string} */
            state: "closed" | "open" | "half_open" | "held";
            reason: string;
            since: string;
            retryAt: string | null;
            changedBy: components["schemas"]["Actor"];
        };
        LegalHoldsListResult: {
            items: components["schemas"]["LegalHold"][];
        };
        PersonalDataPeopleResult: {
            items: {
                id: string;
                name: string;
                email: string | null;
                /** @description False: removed from the organization */
                member: boolean;
            }[];
        };
        PersonalDataListResult: {
            items: components["schemas"]["PersonalDataEraseResult"][];
            nextCursor: string | null;
        };
        PersonalDataGetResult: {
            id: string;
            pseudonym: string;
            /** @enum {string} */
            status: "searching" | "found" | "erasing" | "erased" | "expired";
            about: {
                account: {
                    id: string;
                    name: string;
                    email: string | null;
                } | null;
                values: string[];
            } | null;
            /** @description Records that hold something, by place */
            found: {
                [key: string]: number;
            };
            /** @description Records in which something was erased */
            erased: {
                [key: string]: number;
            };
            /** @description Records that the last pass had to leave: what is open, or under a legal hold */
            remaining: {
                [key: string]: number;
            };
            /** @description The legal holds that cover some of it */
            holds: {
                id: string;
                reason: string;
            }[];
            account: ("deleted" | "kept") | null;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            erasedAt: string | null;
        };
        PersonalDataSearchResult: {
            id: string;
            pseudonym: string;
            /** @enum {string} */
            status: "searching" | "found" | "erasing" | "erased" | "expired";
            about: {
                account: {
                    id: string;
                    name: string;
                    email: string | null;
                } | null;
                values: string[];
            } | null;
            /** @description Records that hold something, by place */
            found: {
                [key: string]: number;
            };
            /** @description Records in which something was erased */
            erased: {
                [key: string]: number;
            };
            /** @description Records that the last pass had to leave: what is open, or under a legal hold */
            remaining: {
                [key: string]: number;
            };
            /** @description The legal holds that cover some of it */
            holds: {
                id: string;
                reason: string;
            }[];
            account: ("deleted" | "kept") | null;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            erasedAt: string | null;
        };
        PersonalDataEraseResult: {
            id: string;
            pseudonym: string;
            /** @enum {string} */
            status: "searching" | "found" | "erasing" | "erased" | "expired";
            about: {
                account: {
                    id: string;
                    name: string;
                    email: string | null;
                } | null;
                values: string[];
            } | null;
            /** @description Records that hold something, by place */
            found: {
                [key: string]: number;
            };
            /** @description Records in which something was erased */
            erased: {
                [key: string]: number;
            };
            /** @description Records that the last pass had to leave: what is open, or under a legal hold */
            remaining: {
                [key: string]: number;
            };
            /** @description The legal holds that cover some of it */
            holds: {
                id: string;
                reason: string;
            }[];
            account: ("deleted" | "kept") | null;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            erasedAt: string | null;
        };
        ConnectionsConnectResult: {
            url: string;
        };
        ExecutionsListResult: {
            items: components["schemas"]["ExecutionSummary"][];
            nextCursor: string | null;
        };
        ExecutionsChecksResult: {
            items: {
                id: string;
                name: string;
                title: string;
                sameSystem: boolean;
            }[];
            nextCursor: null;
        };
        ExecutionsChunksResult: {
            items: {
                attempt: number;
                number: number;
                /** @enum {string} */
                kind: "data" | "text" | "log" | "shortened" | "withheld";
                value: unknown;
                at: string;
            }[];
            after: string;
            ended: boolean;
        };
        BatchesListResult: {
            items: {
                id: string;
                title: string;
                /** @enum {string} */
                status: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
                reason: string | null;
                counts: {
                    total: number;
                    pending: number;
                    waiting: number;
                    running: number;
                    succeeded: number;
                    failed: number;
                    skipped: number;
                    cancelled: number;
                };
                exceptionId: string | null;
                actor: components["schemas"]["Actor"];
                runBy: components["schemas"]["Actor"];
                createdAt: string;
                endedAt: string | null;
            }[];
            nextCursor: string | null;
        };
        BatchesCheckResult: {
            /** @constant */
            valid: true;
            digest: string;
            calls: {
                id: string;
                toolId: string;
                toolName: string;
                toolVersion: number;
                needs: string[];
                preview?: {
                    request: {
                        method: string;
                        url: string;
                        headers: {
                            [key: string]: string;
                        };
                        body?: unknown;
                        bodyType?: string;
                    };
                    credential: {
                        id: string;
                        name: string;
                        type: string;
                    } | null;
                    timeoutMs: number;
                    deadlineMs: number;
                    maxAttempts: number;
                    repeatPolicy: string;
                    policy: {
                        /** @enum {string} */
                        effect: "allow" | "deny" | "require_approval";
                        policyId: string | null;
                        policyName: string | null;
                        reason: string;
                        approval: {
                            required: number;
                            roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                            fourEyes: boolean;
                            expiresInMs: number;
                        } | null;
                    };
                    /** @description Why it would not be sent as things are; empty when nothing is known */
                    warnings: {
                        /** @enum {string} */
                        code: "host_not_allowed";
                        message: string;
                    }[];
                };
            }[];
            counts: {
                total: number;
                approvals: number;
                later: number;
            };
        };
        BatchesCreateResult: {
            id: string;
            title: string;
            /** @enum {string} */
            status: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            reason: string | null;
            counts: {
                total: number;
                pending: number;
                waiting: number;
                running: number;
                succeeded: number;
                failed: number;
                skipped: number;
                cancelled: number;
            };
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            runBy: components["schemas"]["Actor"];
            createdAt: string;
            endedAt: string | null;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "undo";
            concurrency: number;
            perMinute: number | null;
            sample: number | null;
            deadlineAt: string | null;
            retryable: boolean;
            calls: {
                id: string;
                toolId: string;
                toolName: string;
                needs: string[];
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";
                executionId: string | null;
                input?: unknown;
                output?: unknown;
                failure?: {
                    code: string;
                    message: string;
                };
                reason?: string;
                startedAt: string | null;
                endedAt: string | null;
            }[];
            workflowId: string;
            temporalUrl: string | null;
        };
        BatchesGetResult: {
            id: string;
            title: string;
            /** @enum {string} */
            status: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            reason: string | null;
            counts: {
                total: number;
                pending: number;
                waiting: number;
                running: number;
                succeeded: number;
                failed: number;
                skipped: number;
                cancelled: number;
            };
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            runBy: components["schemas"]["Actor"];
            createdAt: string;
            endedAt: string | null;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "undo";
            concurrency: number;
            perMinute: number | null;
            sample: number | null;
            deadlineAt: string | null;
            retryable: boolean;
            calls: {
                id: string;
                toolId: string;
                toolName: string;
                needs: string[];
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";
                executionId: string | null;
                input?: unknown;
                output?: unknown;
                failure?: {
                    code: string;
                    message: string;
                };
                reason?: string;
                startedAt: string | null;
                endedAt: string | null;
            }[];
            workflowId: string;
            temporalUrl: string | null;
        };
        BatchesPauseResult: {
            id: string;
            title: string;
            /** @enum {string} */
            status: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            reason: string | null;
            counts: {
                total: number;
                pending: number;
                waiting: number;
                running: number;
                succeeded: number;
                failed: number;
                skipped: number;
                cancelled: number;
            };
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            runBy: components["schemas"]["Actor"];
            createdAt: string;
            endedAt: string | null;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "undo";
            concurrency: number;
            perMinute: number | null;
            sample: number | null;
            deadlineAt: string | null;
            retryable: boolean;
            calls: {
                id: string;
                toolId: string;
                toolName: string;
                needs: string[];
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";
                executionId: string | null;
                input?: unknown;
                output?: unknown;
                failure?: {
                    code: string;
                    message: string;
                };
                reason?: string;
                startedAt: string | null;
                endedAt: string | null;
            }[];
            workflowId: string;
            temporalUrl: string | null;
        };
        BatchesResumeResult: {
            id: string;
            title: string;
            /** @enum {string} */
            status: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            reason: string | null;
            counts: {
                total: number;
                pending: number;
                waiting: number;
                running: number;
                succeeded: number;
                failed: number;
                skipped: number;
                cancelled: number;
            };
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            runBy: components["schemas"]["Actor"];
            createdAt: string;
            endedAt: string | null;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "undo";
            concurrency: number;
            perMinute: number | null;
            sample: number | null;
            deadlineAt: string | null;
            retryable: boolean;
            calls: {
                id: string;
                toolId: string;
                toolName: string;
                needs: string[];
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";
                executionId: string | null;
                input?: unknown;
                output?: unknown;
                failure?: {
                    code: string;
                    message: string;
                };
                reason?: string;
                startedAt: string | null;
                endedAt: string | null;
            }[];
            workflowId: string;
            temporalUrl: string | null;
        };
        BatchesCancelResult: {
            id: string;
            title: string;
            /** @enum {string} */
            status: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            reason: string | null;
            counts: {
                total: number;
                pending: number;
                waiting: number;
                running: number;
                succeeded: number;
                failed: number;
                skipped: number;
                cancelled: number;
            };
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            runBy: components["schemas"]["Actor"];
            createdAt: string;
            endedAt: string | null;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "undo";
            concurrency: number;
            perMinute: number | null;
            sample: number | null;
            deadlineAt: string | null;
            retryable: boolean;
            calls: {
                id: string;
                toolId: string;
                toolName: string;
                needs: string[];
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";
                executionId: string | null;
                input?: unknown;
                output?: unknown;
                failure?: {
                    code: string;
                    message: string;
                };
                reason?: string;
                startedAt: string | null;
                endedAt: string | null;
            }[];
            workflowId: string;
            temporalUrl: string | null;
        };
        BatchesRetryFailedResult: {
            id: string;
            title: string;
            /** @enum {string} */
            status: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
            reason: string | null;
            counts: {
                total: number;
                pending: number;
                waiting: number;
                running: number;
                succeeded: number;
                failed: number;
                skipped: number;
                cancelled: number;
            };
            exceptionId: string | null;
            actor: components["schemas"]["Actor"];
            runBy: components["schemas"]["Actor"];
            createdAt: string;
            endedAt: string | null;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "undo";
            concurrency: number;
            perMinute: number | null;
            sample: number | null;
            deadlineAt: string | null;
            retryable: boolean;
            calls: {
                id: string;
                toolId: string;
                toolName: string;
                needs: string[];
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";
                executionId: string | null;
                input?: unknown;
                output?: unknown;
                failure?: {
                    code: string;
                    message: string;
                };
                reason?: string;
                startedAt: string | null;
                endedAt: string | null;
            }[];
            workflowId: string;
            temporalUrl: string | null;
        };
        EventsListResult: {
            items: components["schemas"]["Event"][];
            nextCursor: string | null;
        };
        AuditListResult: {
            items: {
                id: string;
                type: string;
                subjectType: string;
                subjectId: string;
                actor: components["schemas"]["Actor"];
                data: {
                    [key: string]: unknown;
                };
                requestId: string | null;
                createdAt: string;
                exceptionId: string | null;
                door: ("web" | "rest" | "trpc" | "mcp" | "worker") | null;
                address: string | null;
            }[];
            nextCursor: string | null;
        };
        AuditHeadResult: {
            sequence: number;
            block: number;
            hash: string | null;
            sealedAt: string | null;
            head: {
                tenantId: string;
                block: number;
                sequence: number;
                hash: string;
                signedAt: string;
                keyId: string;
                signature: string;
            } | null;
            exportedAt: string | null;
            publicKey: string | null;
            check: {
                completedAt: string | null;
                checkedAt: string | null;
                problems: {
                    /** @enum {string} */
                    kind: "altered" | "missing" | "added" | "block" | "head" | "cut";
                    block: number;
                    eventId: string | null;
                    sequence: number | null;
                    foundAt: string;
                    acknowledged: {
                        by: components["schemas"]["Actor"];
                        at: string;
                        reason: string;
                    } | null;
                }[];
            };
        };
        AuditAcknowledgeResult: {
            sequence: number;
            block: number;
            hash: string | null;
            sealedAt: string | null;
            head: {
                tenantId: string;
                block: number;
                sequence: number;
                hash: string;
                signedAt: string;
                keyId: string;
                signature: string;
            } | null;
            exportedAt: string | null;
            publicKey: string | null;
            check: {
                completedAt: string | null;
                checkedAt: string | null;
                problems: {
                    /** @enum {string} */
                    kind: "altered" | "missing" | "added" | "block" | "head" | "cut";
                    block: number;
                    eventId: string | null;
                    sequence: number | null;
                    foundAt: string;
                    acknowledged: {
                        by: components["schemas"]["Actor"];
                        at: string;
                        reason: string;
                    } | null;
                }[];
            };
        };
        SettingsEncryptionKeysResult: {
            items: {
                id: string;
                inRing: boolean;
                seals: boolean;
                kmsKey: string | null;
                secrets: number;
            }[];
            unwrapped: {
                since: string;
                until: string;
                problem: string | null;
            } | null;
            total: number;
            done: number;
            left: number;
        };
        SettingsGetEgressResult: {
            /** @description `host:port` of private addresses that calls may reach */
            privateHosts: string[];
            /** @description While it is enabled, calls reach these hosts only, private ones included */
            allowList: {
                enabled: boolean;
                hosts: {
                    /** @description A name or an address, or `*.example.com` for every name below `example.com` */
                    host: string;
                    /** @description Left out: every port */
                    ports?: number[];
                    /** @description Left out: every method */
                    methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[];
                }[];
            };
            revision: number;
            changedBy: components["schemas"]["Actor"] | null;
            changedAt: string | null;
        };
        SettingsPutEgressResult: {
            /** @description `host:port` of private addresses that calls may reach */
            privateHosts: string[];
            /** @description While it is enabled, calls reach these hosts only, private ones included */
            allowList: {
                enabled: boolean;
                hosts: {
                    /** @description A name or an address, or `*.example.com` for every name below `example.com` */
                    host: string;
                    /** @description Left out: every port */
                    ports?: number[];
                    /** @description Left out: every method */
                    methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[];
                }[];
            };
            revision: number;
            changedBy: components["schemas"]["Actor"] | null;
            changedAt: string | null;
        };
        SettingsCheckEgressResult: {
            items: {
                host: string;
                port: number;
                /** @description By the hosts that were sent, for every use */
                allowed: boolean;
                /** @description At most 20; of a tool, what it calls or where it gets its token */
                uses: {
                    /** @enum {string} */
                    type: "tool" | "connector" | "credential" | "webhook" | "import";
                    id: string;
                    /** @description Its id when it is gone */
                    name: string;
                    method: string | null;
                    allowed: boolean;
                }[];
                useCount: number;
                /** @description Tools and webhooks that could no longer reach it */
                cutOff: number;
                /** @description Requests of the last 30 days */
                reached: number;
                lastAt: string | null;
            }[];
            nextCursor: null;
        };
        SettingsGetEgressReachResult: {
            items: {
                host: string;
                port: number;
                methods: string[];
                caller: {
                    /** @enum {string} */
                    type: "tool" | "connector" | "credential" | "webhook" | "import";
                    id: string;
                    /** @description Its id when it is gone */
                    name: string;
                };
                /** @enum {string} */
                outcome: "reached" | "unreachable" | "not_allowed" | "address" | "reserved" | "redirect" | "proxy";
                count: number;
                lastAt: string;
                /** @description Oldest first; days without are left out */
                days: {
                    day: string;
                    count: number;
                }[];
            }[];
            nextCursor: null;
        };
        SettingsGetRedactionResult: {
            kinds: {
                /** @enum {string} */
                email: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                phone: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                card: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                iban: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                national_id: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                ip: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                name: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                address: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                birth_date: "off" | "mask" | "hash" | "drop";
            };
            /**
             * @description Where a tool differs from that
             * @default []
             */
            tools: {
                /** Format: uuid */
                toolId: string;
                /** @description What is stored and shown of each kind of personal data; a kind that is left out is off */
                kinds: {
                    /** @enum {string} */
                    email?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    phone?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    card?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    iban?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    national_id?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    ip?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    name?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    address?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    birth_date?: "off" | "mask" | "hash" | "drop";
                };
            }[];
            /**
             * @description Why, for those who read this later
             * @default
             */
            note: string;
            revision: number;
            changedBy: components["schemas"]["Actor"] | null;
            changedAt: string | null;
        };
        SettingsPutRedactionResult: {
            kinds: {
                /** @enum {string} */
                email: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                phone: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                card: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                iban: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                national_id: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                ip: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                name: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                address: "off" | "mask" | "hash" | "drop";
                /** @enum {string} */
                birth_date: "off" | "mask" | "hash" | "drop";
            };
            /**
             * @description Where a tool differs from that
             * @default []
             */
            tools: {
                /** Format: uuid */
                toolId: string;
                /** @description What is stored and shown of each kind of personal data; a kind that is left out is off */
                kinds: {
                    /** @enum {string} */
                    email?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    phone?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    card?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    iban?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    national_id?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    ip?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    name?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    address?: "off" | "mask" | "hash" | "drop";
                    /** @enum {string} */
                    birth_date?: "off" | "mask" | "hash" | "drop";
                };
            }[];
            /**
             * @description Why, for those who read this later
             * @default
             */
            note: string;
            revision: number;
            changedBy: components["schemas"]["Actor"] | null;
            changedAt: string | null;
        };
        SettingsTryRedactionResult: {
            /** @description As it would be stored and shown */
            value: unknown;
            found: {
                /** @description JSON Pointer */
                path: string;
                /** @enum {string} */
                kind: "secret" | "email" | "phone" | "card" | "iban" | "national_id" | "ip" | "name" | "address" | "birth_date";
                shown: string;
            }[];
        };
        SettingsGetRetentionDueResult: {
            /** @description When the next removal begins */
            at: string;
            /** @description Null: it stays */
            payloads: {
                /** @description What is older goes */
                before: string;
                /** @description So many have this age; what is open or held among them stays */
                count: number;
                /** @description There are more than `count` */
                more: boolean;
            } | null;
            /** @description Null: it stays */
            events: {
                /** @description What is older goes */
                before: string;
                /** @description So many have this age; what is open or held among them stays */
                count: number;
                /** @description There are more than `count` */
                more: boolean;
            } | null;
            /** @description Null: it stays */
            deliveries: {
                /** @description What is older goes */
                before: string;
                /** @description So many have this age; what is open or held among them stays */
                count: number;
                /** @description There are more than `count` */
                more: boolean;
            } | null;
        };
        ExceptionsListResult: {
            items: components["schemas"]["ExceptionSummary"][];
            nextCursor: string | null;
        };
        ExceptionsTimelineResult: {
            items: components["schemas"]["TimelineItem"][];
            nextCursor: string | null;
        };
        ExceptionsViewsResult: {
            items: components["schemas"]["ExceptionView"][];
            nextCursor: null;
        };
        ExceptionsDomainsResult: {
            items: components["schemas"]["ExceptionDomain"][];
            nextCursor: null;
        };
        RulesListResult: {
            items: components["schemas"]["RulesUpdateResult"][];
            nextCursor: null;
        };
        RulesGetResult: {
            id: string;
            position: number;
            revision: number;
            name: string;
            /** @default true */
            enabled: boolean;
            when: {
                /** @default [] */
                domains: string[];
                /** @default [] */
                severities: ("low" | "medium" | "high" | "critical")[];
                condition?: string;
            };
            set: {
                /** @enum {string} */
                severity?: "low" | "medium" | "high" | "critical";
                assignee?: {
                    user?: string;
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin";
                };
                dueIn?: string;
                playbookId?: string;
                input?: {
                    [key: string]: unknown;
                };
            };
            /** @default false */
            stop: boolean;
            names: {
                playbook: string | null;
                assignee: string | null;
            };
            problem: string | null;
            last: {
                at: string;
                exceptionId: string;
                exceptionNumber: number | null;
                problem: string | null;
            } | null;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
        };
        RulesCreateResult: {
            id: string;
            position: number;
            revision: number;
            name: string;
            /** @default true */
            enabled: boolean;
            when: {
                /** @default [] */
                domains: string[];
                /** @default [] */
                severities: ("low" | "medium" | "high" | "critical")[];
                condition?: string;
            };
            set: {
                /** @enum {string} */
                severity?: "low" | "medium" | "high" | "critical";
                assignee?: {
                    user?: string;
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin";
                };
                dueIn?: string;
                playbookId?: string;
                input?: {
                    [key: string]: unknown;
                };
            };
            /** @default false */
            stop: boolean;
            names: {
                playbook: string | null;
                assignee: string | null;
            };
            problem: string | null;
            last: {
                at: string;
                exceptionId: string;
                exceptionNumber: number | null;
                problem: string | null;
            } | null;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
        };
        RulesUpdateResult: {
            id: string;
            position: number;
            revision: number;
            name: string;
            /** @default true */
            enabled: boolean;
            when: {
                /** @default [] */
                domains: string[];
                /** @default [] */
                severities: ("low" | "medium" | "high" | "critical")[];
                condition?: string;
            };
            set: {
                /** @enum {string} */
                severity?: "low" | "medium" | "high" | "critical";
                assignee?: {
                    user?: string;
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin";
                };
                dueIn?: string;
                playbookId?: string;
                input?: {
                    [key: string]: unknown;
                };
            };
            /** @default false */
            stop: boolean;
            names: {
                playbook: string | null;
                assignee: string | null;
            };
            problem: string | null;
            last: {
                at: string;
                exceptionId: string;
                exceptionNumber: number | null;
                problem: string | null;
            } | null;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
        };
        RulesReorderResult: {
            items: components["schemas"]["RulesUpdateResult"][];
            nextCursor: null;
        };
        RulesTryResult: {
            rules: {
                id: string | null;
                name: string;
                /** @enum {string} */
                outcome: "applies" | "does_not_apply" | "disabled" | "not_asked" | "failed";
                reason: string | null;
                problem: string | null;
                sets: {
                    /** @enum {string} */
                    field: "severity" | "dueAt" | "assignee" | "playbook";
                    value: string;
                }[];
            }[];
            result: {
                /** @enum {string} */
                field: "severity" | "dueAt" | "assignee" | "playbook";
                value: string;
                rule: string;
            }[];
        };
        MembersListResult: {
            items: components["schemas"]["Member"][];
            nextCursor: null;
        };
        InvitationsListResult: {
            items: components["schemas"]["Invitation"][];
            nextCursor: null;
        };
        ApiKeysListResult: {
            items: components["schemas"]["ApiKey"][];
            nextCursor: null;
        };
        OrganizationsCreateResult: {
            id: string;
            slug: string;
            name: string;
            invitation: components["schemas"]["InvitationWithLink"];
        };
        PlaybooksListResult: {
            items: components["schemas"]["PlaybookSummary"][];
            nextCursor: string | null;
        };
        PlaybooksCheckResult: {
            issues: components["schemas"]["Issue"][];
        };
        PlaybooksPublishPlanResult: {
            issues: components["schemas"]["Issue"][];
            fromVersion: number | null;
            toVersion: number;
            changes: {
                path: string;
                /** @enum {string} */
                kind: "added" | "removed" | "changed" | "moved";
                message: string;
                stepId: string | null;
            }[];
            covers: {
                stepId: string;
                calls: {
                    stepId: string;
                    known: boolean;
                }[];
            }[];
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            };
            runs: {
                id: string;
                version: number;
                exceptionId: string | null;
                currentSteps: string[];
            }[];
        };
        PlaybooksVersionsResult: {
            items: components["schemas"]["PlaybookVersion"][];
            nextCursor: null;
        };
        PlaybooksDryRunResult: {
            steps: {
                stepId: string;
                title: string;
                type: string;
                /** @enum {string} */
                result: "would_wait" | "would_skip" | "would_run" | "unknown";
                message: string;
                input: unknown;
                issues: components["schemas"]["Issue"][];
            }[];
        };
        PlaybooksBlastRadiusResult: {
            playbooks: {
                playbookId: string;
                name: string;
                title: string;
                version: number | null;
                stepId: string;
                stepTitle: string;
                issues: components["schemas"]["Issue"][];
            }[];
            waitingSteps: {
                runId: string;
                stepId: string;
                title: string;
                exceptionId: string | null;
                issues: components["schemas"]["Issue"][];
            }[];
            storedInputs: {
                checked: number;
                failing: {
                    executionId: string;
                    issues: components["schemas"]["Issue"][];
                }[];
            };
        };
        RunsListResult: {
            items: components["schemas"]["RunSummary"][];
            nextCursor: string | null;
        };
        RunsSendEventResult: {
            received: string[];
            /** @constant */
            kept?: true;
        };
        InboxListResult: {
            items: components["schemas"]["InboxItem"][];
            nextCursor: string | null;
        };
        InboxCountResult: {
            mine: number;
            roles: number;
            all: number;
            overdue: number;
            unreadNotices: number;
        };
        InboxNoticesResult: {
            items: components["schemas"]["Notice"][];
            nextCursor: null;
        };
        WebhooksListResult: {
            items: components["schemas"]["WebhookEndpoint"][];
            nextCursor: null;
        };
        WebhooksDeliveriesResult: {
            items: components["schemas"]["WebhookDelivery"][];
            nextCursor: string | null;
        };
        InboundWebhooksListResult: {
            items: components["schemas"]["InboundWebhooksUpdateResult"][];
            nextCursor: null;
        };
        InboundWebhooksGetResult: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            scheme: "standard" | "github" | "stripe" | "slack" | "hmac" | "bearer" | "basic";
            hmac: {
                /**
                 * @description The header that has the signature
                 * @default x-signature
                 */
                header: string;
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm: "sha256" | "sha512" | "sha1";
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding: "hex" | "base64";
                /**
                 * @description What stands before the signature, such as `sha256=`
                 * @default
                 */
                prefix: string;
                /**
                 * @description The header that has the time in seconds since 1970. With it, the time, a dot and the body are signed, and old deliveries are refused
                 * @default null
                 */
                timestampHeader: string | null;
            } | null;
            idHeader: string | null;
            /** @description Where the source sends its deliveries */
            receiveUrl: string;
            actions: ({
                /** @constant */
                do: "open_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                title: string;
                description?: string;
                domain?: string;
                severity?: ("low" | "medium" | "high" | "critical") | string;
                /** @description Values may be expressions */
                attributes?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or email address of a member */
                assignee?: string;
                /** @description A key: while an exception with it is unresolved, it is counted again instead of another opened */
                groupBy?: string;
            } | {
                /** @constant */
                do: "resolve_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The key with which it was opened */
                groupBy: string;
                /**
                 * @default fixed
                 * @enum {string}
                 */
                code: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                note?: string;
            } | {
                /** @constant */
                do: "start_playbook";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a published playbook */
                playbook: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                input?: {
                    [key: string]: unknown;
                } | string;
            } | {
                /** @constant */
                do: "deliver_event";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The name of the event that steps wait for */
                event?: string;
                /** @description Instead of an event: the id of the step that is completed */
                step?: string;
                /** @description With `step`: how it is completed */
                outcome?: string;
                /** @description Of the event, or the input of the step; left out: the body */
                data?: unknown;
                runId?: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                /** @description The open runs of the exception that was opened with this key */
                groupBy?: string;
            } | {
                /** @constant */
                do: "execute_tool";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a tool */
                tool: string;
                payload?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
            })[];
            enabled: boolean;
            rateLimit: {
                requestsPerMinute: number;
                burst: number;
            };
            /** @description Null: an API key without an accountable person created it */
            accountable: {
                id: string;
                name: string;
            } | null;
            secretSince: string;
            /** @description Until then the replaced secret is valid too */
            previousSecretUntil: string | null;
            /** @description Without a valid signature or token */
            refused: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            /** @description Over the rate limit */
            limited: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            lastDeliveryAt: string | null;
            /** @description Failed and not redelivered since; counted up to 100 */
            failedDeliveries: number;
            revision: number;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
        };
        InboundWebhooksCreateResult: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            scheme: "standard" | "github" | "stripe" | "slack" | "hmac" | "bearer" | "basic";
            hmac: {
                /**
                 * @description The header that has the signature
                 * @default x-signature
                 */
                header: string;
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm: "sha256" | "sha512" | "sha1";
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding: "hex" | "base64";
                /**
                 * @description What stands before the signature, such as `sha256=`
                 * @default
                 */
                prefix: string;
                /**
                 * @description The header that has the time in seconds since 1970. With it, the time, a dot and the body are signed, and old deliveries are refused
                 * @default null
                 */
                timestampHeader: string | null;
            } | null;
            idHeader: string | null;
            /** @description Where the source sends its deliveries */
            receiveUrl: string;
            actions: ({
                /** @constant */
                do: "open_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                title: string;
                description?: string;
                domain?: string;
                severity?: ("low" | "medium" | "high" | "critical") | string;
                /** @description Values may be expressions */
                attributes?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or email address of a member */
                assignee?: string;
                /** @description A key: while an exception with it is unresolved, it is counted again instead of another opened */
                groupBy?: string;
            } | {
                /** @constant */
                do: "resolve_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The key with which it was opened */
                groupBy: string;
                /**
                 * @default fixed
                 * @enum {string}
                 */
                code: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                note?: string;
            } | {
                /** @constant */
                do: "start_playbook";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a published playbook */
                playbook: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                input?: {
                    [key: string]: unknown;
                } | string;
            } | {
                /** @constant */
                do: "deliver_event";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The name of the event that steps wait for */
                event?: string;
                /** @description Instead of an event: the id of the step that is completed */
                step?: string;
                /** @description With `step`: how it is completed */
                outcome?: string;
                /** @description Of the event, or the input of the step; left out: the body */
                data?: unknown;
                runId?: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                /** @description The open runs of the exception that was opened with this key */
                groupBy?: string;
            } | {
                /** @constant */
                do: "execute_tool";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a tool */
                tool: string;
                payload?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
            })[];
            enabled: boolean;
            rateLimit: {
                requestsPerMinute: number;
                burst: number;
            };
            /** @description Null: an API key without an accountable person created it */
            accountable: {
                id: string;
                name: string;
            } | null;
            secretSince: string;
            /** @description Until then the replaced secret is valid too */
            previousSecretUntil: string | null;
            /** @description Without a valid signature or token */
            refused: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            /** @description Over the rate limit */
            limited: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            lastDeliveryAt: string | null;
            /** @description Failed and not redelivered since; counted up to 100 */
            failedDeliveries: number;
            revision: number;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
            secret: string | null;
        };
        InboundWebhooksUpdateResult: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            scheme: "standard" | "github" | "stripe" | "slack" | "hmac" | "bearer" | "basic";
            hmac: {
                /**
                 * @description The header that has the signature
                 * @default x-signature
                 */
                header: string;
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm: "sha256" | "sha512" | "sha1";
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding: "hex" | "base64";
                /**
                 * @description What stands before the signature, such as `sha256=`
                 * @default
                 */
                prefix: string;
                /**
                 * @description The header that has the time in seconds since 1970. With it, the time, a dot and the body are signed, and old deliveries are refused
                 * @default null
                 */
                timestampHeader: string | null;
            } | null;
            idHeader: string | null;
            /** @description Where the source sends its deliveries */
            receiveUrl: string;
            actions: ({
                /** @constant */
                do: "open_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                title: string;
                description?: string;
                domain?: string;
                severity?: ("low" | "medium" | "high" | "critical") | string;
                /** @description Values may be expressions */
                attributes?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or email address of a member */
                assignee?: string;
                /** @description A key: while an exception with it is unresolved, it is counted again instead of another opened */
                groupBy?: string;
            } | {
                /** @constant */
                do: "resolve_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The key with which it was opened */
                groupBy: string;
                /**
                 * @default fixed
                 * @enum {string}
                 */
                code: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                note?: string;
            } | {
                /** @constant */
                do: "start_playbook";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a published playbook */
                playbook: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                input?: {
                    [key: string]: unknown;
                } | string;
            } | {
                /** @constant */
                do: "deliver_event";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The name of the event that steps wait for */
                event?: string;
                /** @description Instead of an event: the id of the step that is completed */
                step?: string;
                /** @description With `step`: how it is completed */
                outcome?: string;
                /** @description Of the event, or the input of the step; left out: the body */
                data?: unknown;
                runId?: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                /** @description The open runs of the exception that was opened with this key */
                groupBy?: string;
            } | {
                /** @constant */
                do: "execute_tool";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a tool */
                tool: string;
                payload?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
            })[];
            enabled: boolean;
            rateLimit: {
                requestsPerMinute: number;
                burst: number;
            };
            /** @description Null: an API key without an accountable person created it */
            accountable: {
                id: string;
                name: string;
            } | null;
            secretSince: string;
            /** @description Until then the replaced secret is valid too */
            previousSecretUntil: string | null;
            /** @description Without a valid signature or token */
            refused: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            /** @description Over the rate limit */
            limited: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            lastDeliveryAt: string | null;
            /** @description Failed and not redelivered since; counted up to 100 */
            failedDeliveries: number;
            revision: number;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
        };
        InboundWebhooksRotateSecretResult: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            scheme: "standard" | "github" | "stripe" | "slack" | "hmac" | "bearer" | "basic";
            hmac: {
                /**
                 * @description The header that has the signature
                 * @default x-signature
                 */
                header: string;
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm: "sha256" | "sha512" | "sha1";
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding: "hex" | "base64";
                /**
                 * @description What stands before the signature, such as `sha256=`
                 * @default
                 */
                prefix: string;
                /**
                 * @description The header that has the time in seconds since 1970. With it, the time, a dot and the body are signed, and old deliveries are refused
                 * @default null
                 */
                timestampHeader: string | null;
            } | null;
            idHeader: string | null;
            /** @description Where the source sends its deliveries */
            receiveUrl: string;
            actions: ({
                /** @constant */
                do: "open_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                title: string;
                description?: string;
                domain?: string;
                severity?: ("low" | "medium" | "high" | "critical") | string;
                /** @description Values may be expressions */
                attributes?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or email address of a member */
                assignee?: string;
                /** @description A key: while an exception with it is unresolved, it is counted again instead of another opened */
                groupBy?: string;
            } | {
                /** @constant */
                do: "resolve_exception";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The key with which it was opened */
                groupBy: string;
                /**
                 * @default fixed
                 * @enum {string}
                 */
                code: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                note?: string;
            } | {
                /** @constant */
                do: "start_playbook";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a published playbook */
                playbook: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                input?: {
                    [key: string]: unknown;
                } | string;
            } | {
                /** @constant */
                do: "deliver_event";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description The name of the event that steps wait for */
                event?: string;
                /** @description Instead of an event: the id of the step that is completed */
                step?: string;
                /** @description With `step`: how it is completed */
                outcome?: string;
                /** @description Of the event, or the input of the step; left out: the body */
                data?: unknown;
                runId?: string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
                /** @description The open runs of the exception that was opened with this key */
                groupBy?: string;
            } | {
                /** @constant */
                do: "execute_tool";
                /** @description A condition: the action is skipped unless it is true */
                when?: string;
                /** @description A list: the action is done once for each `item` of it */
                forEach?: string;
                /** @description Id or name of a tool */
                tool: string;
                payload?: {
                    [key: string]: unknown;
                } | string;
                /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                exceptionId?: string;
            })[];
            enabled: boolean;
            rateLimit: {
                requestsPerMinute: number;
                burst: number;
            };
            /** @description Null: an API key without an accountable person created it */
            accountable: {
                id: string;
                name: string;
            } | null;
            secretSince: string;
            /** @description Until then the replaced secret is valid too */
            previousSecretUntil: string | null;
            /** @description Without a valid signature or token */
            refused: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            /** @description Over the rate limit */
            limited: {
                count: number;
                lastAt: string | null;
                lastReason: string | null;
            };
            lastDeliveryAt: string | null;
            /** @description Failed and not redelivered since; counted up to 100 */
            failedDeliveries: number;
            revision: number;
            createdBy: components["schemas"]["Actor"];
            createdAt: string;
            updatedBy: components["schemas"]["Actor"];
            updatedAt: string;
            secret: string | null;
        };
        InboundWebhooksTestResult: {
            /** @description The HTTP status of the response */
            status: number;
            deliveryId: string | null;
            message: string;
        };
        InboundWebhooksTryResult: {
            issues: components["schemas"]["Issue"][];
            results: {
                action: number;
                item: number | null;
                /** @enum {string} */
                do: "open_exception" | "resolve_exception" | "start_playbook" | "deliver_event" | "execute_tool";
                /** @enum {string} */
                status: "would_run" | "skipped" | "failed";
                message: string | null;
                /** @description Its fields with their values; null when it would not run */
                values: unknown;
            }[];
        };
        InboundWebhooksTemplatesResult: {
            items: {
                id: string;
                title: string;
                description: string;
                /** @enum {string} */
                scheme: "standard" | "github" | "stripe" | "slack" | "hmac" | "bearer" | "basic";
                /** @description What to do at the source, in order; `{receiveUrl}` stands for the URL */
                setup: string[];
                actions: ({
                    /** @constant */
                    do: "open_exception";
                    /** @description A condition: the action is skipped unless it is true */
                    when?: string;
                    /** @description A list: the action is done once for each `item` of it */
                    forEach?: string;
                    title: string;
                    description?: string;
                    domain?: string;
                    severity?: ("low" | "medium" | "high" | "critical") | string;
                    /** @description Values may be expressions */
                    attributes?: {
                        [key: string]: unknown;
                    } | string;
                    /** @description Id or email address of a member */
                    assignee?: string;
                    /** @description A key: while an exception with it is unresolved, it is counted again instead of another opened */
                    groupBy?: string;
                } | {
                    /** @constant */
                    do: "resolve_exception";
                    /** @description A condition: the action is skipped unless it is true */
                    when?: string;
                    /** @description A list: the action is done once for each `item` of it */
                    forEach?: string;
                    /** @description The key with which it was opened */
                    groupBy: string;
                    /**
                     * @default fixed
                     * @enum {string}
                     */
                    code: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                    note?: string;
                } | {
                    /** @constant */
                    do: "start_playbook";
                    /** @description A condition: the action is skipped unless it is true */
                    when?: string;
                    /** @description A list: the action is done once for each `item` of it */
                    forEach?: string;
                    /** @description Id or name of a published playbook */
                    playbook: string;
                    /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                    exceptionId?: string;
                    input?: {
                        [key: string]: unknown;
                    } | string;
                } | {
                    /** @constant */
                    do: "deliver_event";
                    /** @description A condition: the action is skipped unless it is true */
                    when?: string;
                    /** @description A list: the action is done once for each `item` of it */
                    forEach?: string;
                    /** @description The name of the event that steps wait for */
                    event?: string;
                    /** @description Instead of an event: the id of the step that is completed */
                    step?: string;
                    /** @description With `step`: how it is completed */
                    outcome?: string;
                    /** @description Of the event, or the input of the step; left out: the body */
                    data?: unknown;
                    runId?: string;
                    /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                    exceptionId?: string;
                    /** @description The open runs of the exception that was opened with this key */
                    groupBy?: string;
                } | {
                    /** @constant */
                    do: "execute_tool";
                    /** @description A condition: the action is skipped unless it is true */
                    when?: string;
                    /** @description A list: the action is done once for each `item` of it */
                    forEach?: string;
                    /** @description Id or name of a tool */
                    tool: string;
                    payload?: {
                        [key: string]: unknown;
                    } | string;
                    /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                    exceptionId?: string;
                })[];
                sample: {
                    headers: {
                        [key: string]: string;
                    };
                    body: unknown;
                };
            }[];
            nextCursor: null;
        };
        InboundWebhooksDeliveriesResult: {
            items: {
                id: string;
                webhookId: string;
                /** @description What the source calls it; null until it is processed, or without one */
                senderId: string | null;
                /** @enum {string} */
                status: "accepted" | "processed" | "failed";
                /** @description How often it was processed since it was accepted or redelivered */
                attempts: number;
                redeliveries: number;
                isTest: boolean;
                /** @description Why it failed, or why it waits for another attempt */
                error: string | null;
                results: {
                    /** @description Its place in `actions`, from 0 */
                    action: number;
                    /** @description With `forEach`: the place of the item, from 0 */
                    item: number | null;
                    /** @enum {string} */
                    do: "open_exception" | "resolve_exception" | "start_playbook" | "deliver_event" | "execute_tool";
                    /** @enum {string} */
                    status: "succeeded" | "failed" | "skipped";
                    /** @description Why it failed or was skipped, or what it did */
                    message: string | null;
                    exceptionId: string | null;
                    runId: string | null;
                    executionId: string | null;
                    /** @description The exception that later actions see as `opened` */
                    opened: {
                        id: string;
                        number: number;
                        isNew: boolean;
                        count: number;
                    } | null;
                    at: string;
                }[];
                contentType: string;
                bodyBytes: number;
                address: string | null;
                receivedAt: string;
                endedAt: string | null;
            }[];
            nextCursor: string | null;
        };
        InboundWebhooksDeliveryResult: {
            id: string;
            webhookId: string;
            /** @description What the source calls it; null until it is processed, or without one */
            senderId: string | null;
            /** @enum {string} */
            status: "accepted" | "processed" | "failed";
            /** @description How often it was processed since it was accepted or redelivered */
            attempts: number;
            redeliveries: number;
            isTest: boolean;
            /** @description Why it failed, or why it waits for another attempt */
            error: string | null;
            results: {
                /** @description Its place in `actions`, from 0 */
                action: number;
                /** @description With `forEach`: the place of the item, from 0 */
                item: number | null;
                /** @enum {string} */
                do: "open_exception" | "resolve_exception" | "start_playbook" | "deliver_event" | "execute_tool";
                /** @enum {string} */
                status: "succeeded" | "failed" | "skipped";
                /** @description Why it failed or was skipped, or what it did */
                message: string | null;
                exceptionId: string | null;
                runId: string | null;
                executionId: string | null;
                /** @description The exception that later actions see as `opened` */
                opened: {
                    id: string;
                    number: number;
                    isNew: boolean;
                    count: number;
                } | null;
                at: string;
            }[];
            contentType: string;
            bodyBytes: number;
            address: string | null;
            receivedAt: string;
            endedAt: string | null;
            /** @description Redacted; null until it is processed */
            headers: {
                [key: string]: string;
            } | null;
            /** @description Redacted; null until it is processed */
            body: unknown;
        };
        InboundWebhooksRedeliverResult: {
            id: string;
            webhookId: string;
            /** @description What the source calls it; null until it is processed, or without one */
            senderId: string | null;
            /** @enum {string} */
            status: "accepted" | "processed" | "failed";
            /** @description How often it was processed since it was accepted or redelivered */
            attempts: number;
            redeliveries: number;
            isTest: boolean;
            /** @description Why it failed, or why it waits for another attempt */
            error: string | null;
            results: {
                /** @description Its place in `actions`, from 0 */
                action: number;
                /** @description With `forEach`: the place of the item, from 0 */
                item: number | null;
                /** @enum {string} */
                do: "open_exception" | "resolve_exception" | "start_playbook" | "deliver_event" | "execute_tool";
                /** @enum {string} */
                status: "succeeded" | "failed" | "skipped";
                /** @description Why it failed or was skipped, or what it did */
                message: string | null;
                exceptionId: string | null;
                runId: string | null;
                executionId: string | null;
                /** @description The exception that later actions see as `opened` */
                opened: {
                    id: string;
                    number: number;
                    isNew: boolean;
                    count: number;
                } | null;
                at: string;
            }[];
            contentType: string;
            bodyBytes: number;
            address: string | null;
            receivedAt: string;
            endedAt: string | null;
            /** @description Redacted; null until it is processed */
            headers: {
                [key: string]: string;
            } | null;
            /** @description Redacted; null until it is processed */
            body: unknown;
        };
        SearchAllResult: {
            items: {
                /** @enum {string} */
                type: "execution" | "exception" | "run" | "tool" | "playbook" | "connector" | "member";
                id: string;
                title: string;
                subtitle: string;
                url: string;
            }[];
        };
        UsageHomeResult: {
            /** @description Everything that happened by then is counted */
            asOf: string;
            /** @description False while what was there before this version is still being counted */
            complete: boolean;
            period: {
                from: string;
                to: string;
                previous: {
                    from: string;
                    to: string;
                };
                timeZone: string;
            };
            calls: {
                total: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    meanMs: number | null;
                };
                previous: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    meanMs: number | null;
                };
                buckets: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    from: string;
                    to: string;
                }[];
            };
            /** @description Those with the most failures first; at most 200 */
            tools: {
                count: number;
                succeeded: number;
                /** @description With those of unknown outcome */
                failed: number;
                unknown: number;
                open: number;
                id: string;
                name: string;
                title: string;
                meanMs: number | null;
                previousCount: number;
                previousFailed: number;
                previousMeanMs: number | null;
            }[];
            connectors: {
                count: number;
                succeeded: number;
                /** @description With those of unknown outcome */
                failed: number;
                unknown: number;
                open: number;
                id: string;
                name: string;
                title: string;
                meanMs: number | null;
                previousCount: number;
                previousFailed: number;
                previousMeanMs: number | null;
            }[];
            runs: {
                total: {
                    count: number;
                    open: number;
                    completed: number;
                    failed: number;
                    cancelled: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
                previous: {
                    count: number;
                    open: number;
                    completed: number;
                    failed: number;
                    cancelled: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
            };
            exceptions: {
                total: {
                    opened: number;
                    resolved: number;
                    /** @description From opened to resolved */
                    p50Ms: number | null;
                    p95Ms: number | null;
                };
                previous: {
                    opened: number;
                    resolved: number;
                    /** @description From opened to resolved */
                    p50Ms: number | null;
                    p95Ms: number | null;
                };
                buckets: {
                    opened: number;
                    resolved: number;
                    from: string;
                    to: string;
                }[];
            };
            waiting: {
                /** @description Up to 1,000, as the other numbers of what waits */
                steps: number;
                stepsOverdue: number;
                exceptions: number;
                exceptionsOverdue: number;
                ages: {
                    fromHours: number;
                    toHours: number | null;
                    steps: number;
                    exceptions: number;
                }[];
            };
            pausedHosts: number;
            /** @description Events since the time that was asked for, by type; up to 100 of each */
            changes: {
                type: string;
                count: number;
            }[];
        };
        UsageToolResult: {
            /** @description Everything that happened by then is counted */
            asOf: string;
            /** @description False while what was there before this version is still being counted */
            complete: boolean;
            period: {
                from: string;
                to: string;
                previous: {
                    from: string;
                    to: string;
                };
                timeZone: string;
            };
            calls: {
                total: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
                previous: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
                buckets: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                    from: string;
                    to: string;
                }[];
            };
            failures: {
                code: string;
                count: number;
                previous: number;
            }[];
            versions: {
                count: number;
                succeeded: number;
                /** @description With those of unknown outcome */
                failed: number;
                unknown: number;
                open: number;
                /** @description At most 2 % off; below 1 ms, at most 1 ms */
                p50Ms: number | null;
                p95Ms: number | null;
                p99Ms: number | null;
                version: number;
            }[];
            callers: {
                count: number;
                succeeded: number;
                /** @description With those of unknown outcome */
                failed: number;
                unknown: number;
                open: number;
                /**
                 * @description People are counted together
                 * @enum {string}
                 */
                kind: "people" | "api_key" | "playbook" | "system";
                /** @description Of the key or the playbook */
                id: string | null;
                name: string | null;
            }[];
        };
        UsageConnectorResult: {
            /** @description Everything that happened by then is counted */
            asOf: string;
            /** @description False while what was there before this version is still being counted */
            complete: boolean;
            period: {
                from: string;
                to: string;
                previous: {
                    from: string;
                    to: string;
                };
                timeZone: string;
            };
            calls: {
                total: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
                previous: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
                buckets: {
                    count: number;
                    succeeded: number;
                    /** @description With those of unknown outcome */
                    failed: number;
                    unknown: number;
                    open: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                    from: string;
                    to: string;
                }[];
            };
            failures: {
                code: string;
                count: number;
                previous: number;
            }[];
            versions: {
                count: number;
                succeeded: number;
                /** @description With those of unknown outcome */
                failed: number;
                unknown: number;
                open: number;
                /** @description At most 2 % off; below 1 ms, at most 1 ms */
                p50Ms: number | null;
                p95Ms: number | null;
                p99Ms: number | null;
                version: number;
            }[];
            callers: {
                count: number;
                succeeded: number;
                /** @description With those of unknown outcome */
                failed: number;
                unknown: number;
                open: number;
                /**
                 * @description People are counted together
                 * @enum {string}
                 */
                kind: "people" | "api_key" | "playbook" | "system";
                /** @description Of the key or the playbook */
                id: string | null;
                name: string | null;
            }[];
            tools: {
                count: number;
                succeeded: number;
                /** @description With those of unknown outcome */
                failed: number;
                unknown: number;
                open: number;
                /** @description At most 2 % off; below 1 ms, at most 1 ms */
                p50Ms: number | null;
                p95Ms: number | null;
                p99Ms: number | null;
                id: string;
                name: string;
                title: string;
                previousCount: number;
                previousFailed: number;
                previousP95Ms: number | null;
            }[];
        };
        UsagePlaybookResult: {
            /** @description Everything that happened by then is counted */
            asOf: string;
            /** @description False while what was there before this version is still being counted */
            complete: boolean;
            period: {
                from: string;
                to: string;
                previous: {
                    from: string;
                    to: string;
                };
                timeZone: string;
            };
            runs: {
                total: {
                    count: number;
                    open: number;
                    completed: number;
                    failed: number;
                    cancelled: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
                previous: {
                    count: number;
                    open: number;
                    completed: number;
                    failed: number;
                    cancelled: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                };
                buckets: {
                    count: number;
                    open: number;
                    completed: number;
                    failed: number;
                    cancelled: number;
                    /** @description At most 2 % off; below 1 ms, at most 1 ms */
                    p50Ms: number | null;
                    p95Ms: number | null;
                    p99Ms: number | null;
                    from: string;
                    to: string;
                }[];
            };
            steps: {
                stepId: string;
                opened: number;
                open: number;
                completed: number;
                skipped: number;
                failed: number;
                unknown: number;
                /** @description Here a run ended that failed or was cancelled */
                dropped: number;
                /** @description Of the completed ones */
                outcomes: {
                    outcome: string;
                    count: number;
                }[];
                /** @description At most 2 % off; below 1 ms, at most 1 ms */
                p50Ms: number | null;
                p95Ms: number | null;
                p99Ms: number | null;
            }[];
            versions: {
                count: number;
                open: number;
                completed: number;
                failed: number;
                cancelled: number;
                /** @description At most 2 % off; below 1 ms, at most 1 ms */
                p50Ms: number | null;
                p95Ms: number | null;
                p99Ms: number | null;
                version: number;
            }[];
        };
        ConnectorDefinition: {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /**
             * @default rest
             * @constant
             */
            kind?: "rest";
            baseUrl: string;
            /** @default {} */
            headers?: {
                [key: string]: string;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "smtp";
            host: string;
            port?: number;
            /** @enum {string} */
            tls?: "implicit" | "starttls" | "none";
            ca?: string;
            from?: string;
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "graphql";
            url: string;
            /** @default {} */
            headers?: {
                [key: string]: string;
            };
            schema?: string;
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "mcp";
            url: string;
            /** @default {} */
            headers?: {
                [key: string]: string;
            };
            /** @enum {string} */
            protocolVersion?: "2026-07-28" | "2025-11-25" | "2025-06-18" | "2025-03-26";
            serverTools?: {
                name: string;
                title?: string;
                description?: string;
                inputSchema: {
                    [key: string]: unknown;
                };
                outputSchema?: {
                    [key: string]: unknown;
                };
                annotations?: {
                    readOnlyHint?: boolean;
                    idempotentHint?: boolean;
                    destructiveHint?: boolean;
                };
            }[];
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "grpc";
            target: string;
            /** @enum {string} */
            tls?: "none" | "tls";
            /** @default {} */
            metadata?: {
                [key: string]: string;
            };
            /** Format: base64 */
            descriptors?: string;
            proto?: string;
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "soap";
            wsdl?: string;
            endpoint?: string;
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            timeoutMs?: number;
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                rateLimit?: {
                    requestsPerMinute: number;
                    burst?: number;
                };
                concurrency?: number;
            };
            propagateTrace?: boolean;
            /** @constant */
            kind: "database";
            /** @enum {string} */
            engine: "postgresql" | "mysql" | "mongodb";
            url: string;
            /**
             * @default auto
             * @enum {string}
             */
            tls?: "auto" | "required" | "off";
            ca?: string;
        };
        PlaybookDocument: {
            name: string;
            title: string;
            /** @default  */
            description?: string;
            /** @default [] */
            triggers?: {
                domain?: string;
                severities?: ("low" | "medium" | "high" | "critical")[];
                when?: string;
            }[];
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            /** @default false */
            directCompletion?: boolean;
            steps: components["schemas"]["StepDefinition"][];
        };
        PolicyDocument: {
            name?: string;
            /** @default  */
            note?: string;
            /** @default true */
            enabled?: boolean;
            /** @enum {string} */
            effect: "allow" | "deny" | "require_approval";
            /** @default {} */
            tools?: {
                id?: string;
                tag?: string;
                category?: string;
                connectorId?: string;
            };
            /** @default [] */
            roles?: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
            when?: string;
            schema?: {
                [key: string]: unknown;
            };
            hours?: {
                /**
                 * @default [
                 *       "mon",
                 *       "tue",
                 *       "wed",
                 *       "thu",
                 *       "fri",
                 *       "sat",
                 *       "sun"
                 *     ]
                 */
                days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
                /** @default 00:00 */
                from?: string;
                /** @default 00:00 */
                to?: string;
                /** @default UTC */
                timeZone?: string;
            };
            rate?: {
                limit: number;
                /** @enum {string} */
                per: "minute" | "hour" | "day";
            };
            approval?: {
                /** @default 1 */
                required?: number;
                /**
                 * @default [
                 *       "approver"
                 *     ]
                 */
                roles?: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                /** @default true */
                fourEyes?: boolean;
                /** @default P1D */
                expiresIn?: string;
            };
        };
        StepDefinition: {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            assignee?: {
                /** @enum {string} */
                role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                user?: string;
            };
            due?: string;
            reminder?: string;
            /** @default [] */
            escalation?: {
                after: string;
                to: {
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                    user?: string;
                };
            }[];
            /** @default false */
            optional?: boolean;
            /** @constant */
            type: "call_tool";
            tool: string;
            version?: number;
            /** @default {} */
            input?: unknown;
            /**
             * @default stay_open
             * @enum {string}
             */
            onFailure?: "stay_open" | "skip" | "abort";
            probe?: {
                tool: string;
                /** @default {} */
                input?: unknown;
                happened: string;
            };
        } | {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            assignee?: {
                /** @enum {string} */
                role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                user?: string;
            };
            due?: string;
            reminder?: string;
            /** @default [] */
            escalation?: {
                after: string;
                to: {
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                    user?: string;
                };
            }[];
            /** @default false */
            optional?: boolean;
            /** @constant */
            type: "manual";
            form?: {
                [key: string]: unknown;
            };
        } | {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            assignee?: {
                /** @enum {string} */
                role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                user?: string;
            };
            due?: string;
            reminder?: string;
            /** @default [] */
            escalation?: {
                after: string;
                to: {
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                    user?: string;
                };
            }[];
            /** @default false */
            optional?: boolean;
            /** @constant */
            type: "approval";
            /** @default 1 */
            required?: number;
            /** @default [] */
            approvers?: {
                /** @enum {string} */
                role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                user?: string;
            }[];
            /** @default true */
            noSelfApproval?: boolean;
            covers?: string[];
            /**
             * @default abort
             * @enum {string}
             */
            onReject?: "abort" | "continue";
            form?: {
                [key: string]: unknown;
            };
        } | {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            assignee?: {
                /** @enum {string} */
                role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                user?: string;
            };
            due?: string;
            reminder?: string;
            /** @default [] */
            escalation?: {
                after: string;
                to: {
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                    user?: string;
                };
            }[];
            /** @default false */
            optional?: boolean;
            /** @constant */
            type: "decision";
            choose?: string;
            options: {
                id: string;
                title: string;
                /** @default  */
                description?: string;
                /** @default false */
                end?: boolean;
                /** @default [] */
                steps?: components["schemas"]["StepDefinition"][];
            }[];
        } | {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            assignee?: {
                /** @enum {string} */
                role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                user?: string;
            };
            due?: string;
            reminder?: string;
            /** @default [] */
            escalation?: {
                after: string;
                to: {
                    /** @enum {string} */
                    role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                    user?: string;
                };
            }[];
            /** @default false */
            optional?: boolean;
            /** @constant */
            type: "wait";
            for?: string;
            until?: string;
            event?: string;
            match?: string;
            timeout?: string;
            /**
             * @default continue
             * @enum {string}
             */
            onTimeout?: "continue" | "abort";
        } | {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            /** @constant */
            type: "notify";
            to: {
                /** @enum {string} */
                role?: "viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin";
                user?: string;
            };
            message: string;
        } | {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            /** @constant */
            type: "parallel";
            branches: {
                id: string;
                title: string;
                steps: components["schemas"]["StepDefinition"][];
            }[];
        } | {
            id: string;
            title: string;
            /** @default  */
            instructions?: string;
            when?: string;
            /** @constant */
            type: "playbook";
            playbook: string;
            /** @default {} */
            input?: unknown;
            /**
             * @default abort
             * @enum {string}
             */
            onFailure?: "skip" | "abort";
        };
        ToolDefinition: {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "http";
            config: {
                /**
                 * @default GET
                 * @enum {string}
                 */
                method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
                url?: string;
                /** Format: uuid */
                connectorId?: string;
                path?: string;
                /** @default {} */
                headers?: {
                    [key: string]: string;
                };
                /** @default {} */
                query?: {
                    [key: string]: (string | number | boolean) | (string | number | boolean)[];
                };
                queryStyles?: {
                    [key: string]: "repeat" | "comma" | "space" | "pipe" | "tab" | "brackets" | "deepObject" | "properties" | "json";
                };
                body?: unknown;
                /**
                 * @default json
                 * @enum {string}
                 */
                bodyType?: "json" | "form" | "multipart" | "text" | "binary";
                /**
                 * @default auto
                 * @enum {string}
                 */
                responseType?: "auto" | "json" | "text" | "xml" | "binary" | "file";
                /** @enum {string} */
                stream?: "auto" | "sse" | "ndjson" | "text";
                streamIdleMs?: number;
                pagination?: {
                    /** @constant */
                    type: "cursor";
                    parameter: string;
                    cursor: string;
                    items?: string;
                    /** @default 10 */
                    maxPages?: number;
                    /** @default 4194304 */
                    maxBytes?: number;
                } | {
                    /** @constant */
                    type: "page";
                    /** @default page */
                    parameter?: string;
                    /** @default 1 */
                    first?: number;
                    items?: string;
                    /** @default 10 */
                    maxPages?: number;
                    /** @default 4194304 */
                    maxBytes?: number;
                } | {
                    /** @constant */
                    type: "offset";
                    /** @default offset */
                    parameter?: string;
                    items?: string;
                    /** @default 10 */
                    maxPages?: number;
                    /** @default 4194304 */
                    maxBytes?: number;
                } | {
                    /** @constant */
                    type: "link_header";
                    items?: string;
                    /** @default 10 */
                    maxPages?: number;
                    /** @default 4194304 */
                    maxBytes?: number;
                };
                transform?: string;
                /** @default false */
                followRedirects?: boolean;
                /** @default 1048576 */
                maxResponseBytes?: number;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "graphql";
            config: {
                url?: string;
                /** Format: uuid */
                connectorId?: string;
                /** @default {} */
                headers?: {
                    [key: string]: string;
                };
                document: string;
                operationName?: string;
                /** @enum {string} */
                operation?: "query" | "mutation";
                /** @default 1048576 */
                maxResponseBytes?: number;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "mcp";
            config: {
                url?: string;
                /** Format: uuid */
                connectorId?: string;
                /** @default {} */
                headers?: {
                    [key: string]: string;
                };
                tool: string;
                /** @enum {string} */
                protocolVersion?: "2026-07-28" | "2025-11-25" | "2025-06-18" | "2025-03-26";
                /** @default false */
                readOnly?: boolean;
                /** @default 1048576 */
                maxResponseBytes?: number;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "grpc";
            config: {
                target?: string;
                /** @enum {string} */
                tls?: "none" | "tls";
                /** @default {} */
                metadata?: {
                    [key: string]: string;
                };
                /** Format: base64 */
                descriptors?: string;
                proto?: string;
                /** Format: uuid */
                connectorId?: string;
                service: string;
                method: string;
                message?: unknown;
                compiled?: {
                    path: string;
                    descriptors: string;
                    streaming: boolean;
                    /** @enum {string} */
                    idempotency: "unknown" | "no_side_effects" | "idempotent";
                };
                /** @default 1000 */
                maxMessages?: number;
                /** @default 1048576 */
                maxResponseBytes?: number;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "soap";
            config: {
                wsdl?: string;
                endpoint?: string;
                /** Format: uuid */
                connectorId?: string;
                operation: string;
                message?: unknown;
                /**
                 * @default http
                 * @enum {string}
                 */
                security?: "http" | "password_text" | "password_digest";
                compiled?: {
                    operation: string;
                    endpoint: string;
                    /** @enum {string} */
                    version: "1.1" | "1.2";
                    action: string;
                    namespaces: string[];
                    types: ({
                        /** @constant */
                        kind: "simple";
                        /** @enum {string} */
                        of: "string" | "boolean" | "integer" | "number" | "base64";
                        xsd: string;
                        choices?: string[];
                    } | {
                        /** @constant */
                        kind: "complex";
                        attributes: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                        }[];
                        text: number | null;
                        children: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                            many?: boolean;
                            nillable?: boolean;
                            choice?: {
                                group: number;
                                branch: number;
                            }[];
                        }[];
                    })[];
                    input: {
                        element: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                            many?: boolean;
                            nillable?: boolean;
                            choice?: {
                                group: number;
                                branch: number;
                            }[];
                        } | null;
                    };
                    output: {
                        element: {
                            name: string;
                            ns: number;
                            type: number;
                            required?: boolean;
                            many?: boolean;
                            nillable?: boolean;
                            choice?: {
                                group: number;
                                branch: number;
                            }[];
                        } | null;
                    } | null;
                };
                /** @default 1048576 */
                maxResponseBytes?: number;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "database";
            config: {
                /** @enum {string} */
                engine: "postgresql" | "mysql" | "mongodb";
                /** Format: uuid */
                connectorId?: string;
                url?: string;
                /**
                 * @default auto
                 * @enum {string}
                 */
                tls?: "auto" | "required" | "off";
                ca?: string;
                statement: string | {
                    [key: string]: unknown;
                };
                /** @default true */
                readOnly?: boolean;
                /** @default 100 */
                maxRows?: number;
                /** @default 1048576 */
                maxResponseBytes?: number;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "dummy";
            /** @default {} */
            config?: {
                /** @default 0 */
                delayMs?: number;
                response?: unknown;
                failure?: {
                    /**
                     * @default provider_error
                     * @enum {string}
                     */
                    code?: "provider_error" | "timeout";
                    /** @default The dummy provider is configured to fail */
                    message?: string;
                };
                /** @default 1 */
                failureRate?: number;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "webhook";
            config: {
                url: string;
                /** @default {} */
                headers?: {
                    [key: string]: string;
                };
                body?: unknown;
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "email";
            config: {
                /** Format: uuid */
                connectorId?: string;
                host?: string;
                port?: number;
                /** @enum {string} */
                tls?: "implicit" | "starttls" | "none";
                ca?: string;
                from?: string | {
                    name?: string;
                    address: string;
                };
                to?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                cc?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                bcc?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                replyTo?: (string | {
                    name?: string;
                    address: string;
                }) | (string | {
                    name?: string;
                    address: string;
                })[];
                /** @default  */
                subject?: string;
                text?: string;
                html?: string;
                headers?: {
                    [key: string]: string;
                };
                attachments?: string | (string | {
                    filename: string;
                    contentType?: string;
                    content: string;
                })[];
            };
        } | {
            name: string;
            title?: string;
            /** @default  */
            description?: string;
            /** @default general */
            category?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @default tenant
             * @enum {string}
             */
            scope?: "tenant" | "global";
            /**
             * @default {
             *       "type": "object"
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
            outputSchema?: {
                [key: string]: unknown;
            };
            /**
             * @default {
             *       "type": "none"
             *     }
             */
            auth?: {
                /** @constant */
                type: "none";
            } | {
                /** @constant */
                type: "inherit";
            } | {
                /** @constant */
                type: "api_key";
                /** @enum {string} */
                in: "header" | "query" | "cookie";
                name: string;
                value?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "api_keys";
                places: {
                    /** @enum {string} */
                    in: "header" | "query";
                    name: string;
                }[];
                keys?: {
                    [key: string]: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "bearer";
                token?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "basic";
                username: string;
                password?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_client_credentials";
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                audience?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "oauth2_authorization_code";
                authorizationUrl: string;
                tokenUrl: string;
                clientId: string;
                clientSecret?: string;
                scope?: string;
                /**
                 * @default basic
                 * @enum {string}
                 */
                clientAuthentication?: "basic" | "body";
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "mtls";
                identity?: {
                    certificate: string;
                    privateKey: string;
                    passphrase?: string;
                };
                ca?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "hmac";
                /**
                 * @default sha256
                 * @enum {string}
                 */
                algorithm?: "sha1" | "sha256" | "sha512";
                /** @default {body} */
                signs?: string;
                /**
                 * @default hex
                 * @enum {string}
                 */
                encoding?: "hex" | "base64";
                header: string;
                /** @default {signature} */
                format?: string;
                headers?: {
                    [key: string]: string;
                };
                /**
                 * @default seconds
                 * @enum {string}
                 */
                timestamp?: "seconds" | "milliseconds" | "iso";
                keyId?: string;
                /**
                 * @default text
                 * @enum {string}
                 */
                secretEncoding?: "text" | "base64" | "hex";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "aws_sigv4";
                region: string;
                service: string;
                keys?: {
                    accessKeyId: string;
                    secretAccessKey: string;
                    sessionToken?: string;
                };
                /** Format: uuid */
                credentialId?: string;
            } | {
                /** @constant */
                type: "standard_webhooks";
                /** @enum {string} */
                signature?: "v1" | "v1a";
                secret?: string;
                /** Format: uuid */
                credentialId?: string;
            };
            /** @default 10000 */
            timeoutMs?: number;
            /** @default 60000 */
            deadlineMs?: number;
            /** @default {} */
            retry?: {
                /** @default 3 */
                maxAttempts?: number;
                /** @default 500 */
                initialMs?: number;
                /** @default 2 */
                factor?: number;
                /** @default 10000 */
                maxMs?: number;
            };
            /** @default false */
            idempotent?: boolean;
            /**
             * @default unknown
             * @enum {string}
             */
            serverErrors?: "unknown" | "not_done";
            rateLimit?: {
                requestsPerMinute: number;
                burst?: number;
            };
            policy?: {
                concurrency?: number;
                /**
                 * @default wait
                 * @enum {string}
                 */
                whenPaused?: "wait" | "fail";
            };
            propagateTrace?: boolean;
            /** @constant */
            type: "code";
            config: {
                /** @enum {string} */
                language: "javascript" | "typescript" | "python";
                source: string;
                /** @default 1000 */
                timeLimitMs?: number;
                /** @default 64 */
                memoryMb?: number;
                /** @default 1048576 */
                maxOutputBytes?: number;
                /** @default 16384 */
                maxLogBytes?: number;
            };
        };
    };
    responses: {
        /** @description An error with its code, message, issues and request ID */
        Error: {
            headers: {
                /** @description Of 429 and 503: send it again after so many seconds. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The execution, or an error when it was refused before it was written */
        Execution: {
            headers: {
                /** @description Of 429 and 503: send it again after so many seconds. */
                "retry-after"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Execution"] | components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The state of what was read or written. `If-Match` makes a change depend on it. */
        ETag: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        status: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process serves requests. `degraded`: a part that is not `ok` keeps something waiting, or `stalledWorkflows` open workflows cannot go on before someone acts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "parts": {
                     *         "database": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "migrations": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "vault": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "temporal": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "worker": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "logReaders": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        status: string;
                        parts: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description It does not: it starts, a part is `unavailable`, or it was asked to stop */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "not ready",
                     *       "parts": {
                     *         "database": {
                     *           "status": "unavailable",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": "PostgreSQL does not respond. Requests get 503."
                     *         },
                     *         "migrations": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "vault": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "temporal": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "worker": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         },
                     *         "logReaders": {
                     *           "status": "ok",
                     *           "since": "2026-11-22T06:00:00.000Z",
                     *           "detail": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        status: string;
                        parts: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
        };
    };
    events_stream: {
        parameters: {
            query?: {
                exceptionId?: string;
                runId?: string;
                types?: string;
                lastEventId?: string;
                tenant?: string;
                pings?: "event";
            };
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        id: string;
                        type: string;
                        subjectType: string;
                        subjectId: string;
                        actor: {
                            /** @enum {string} */
                            type: "user" | "api_key" | "system";
                            id: string;
                            name: string;
                        };
                        data: {
                            [key: string]: unknown;
                        };
                        createdAt: string;
                        exceptionId: string | null;
                    };
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_chunks_stream: {
        parameters: {
            query?: {
                after?: string;
                tenant?: string;
            };
            header?: {
                "last-event-id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Chunks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        attempt: number;
                        number: number;
                        /** @enum {string} */
                        kind: "data" | "text" | "log" | "shortened" | "withheld";
                        value: unknown;
                        at: string;
                    };
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_csv: {
        parameters: {
            query?: {
                toolId?: string;
                toolVersion?: number;
                connectorId?: string;
                caller?: "people" | "api_key" | "playbook" | "system";
                playbookId?: string;
                exceptionId?: string;
                status?: "requested" | "running" | "succeeded" | "failed";
                failureCode?: "invalid_input" | "denied" | "disabled" | "rate_limited" | "circuit_open" | "timeout" | "provider_error" | "invalid_output" | "outcome_unknown" | "cancelled" | "terminated" | "internal";
                approval?: "waiting" | "approved" | "rejected" | "expired" | "cancelled";
                actor?: string;
                from?: string;
                to?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List executions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_ndjson: {
        parameters: {
            query?: {
                toolId?: string;
                toolVersion?: number;
                connectorId?: string;
                caller?: "people" | "api_key" | "playbook" | "system";
                playbookId?: string;
                exceptionId?: string;
                status?: "requested" | "running" | "succeeded" | "failed";
                failureCode?: "invalid_input" | "denied" | "disabled" | "rate_limited" | "circuit_open" | "timeout" | "provider_error" | "invalid_output" | "outcome_unknown" | "cancelled" | "terminated" | "internal";
                approval?: "waiting" | "approved" | "rejected" | "expired" | "cancelled";
                actor?: string;
                from?: string;
                to?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List executions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_csv: {
        parameters: {
            query?: {
                status?: "open" | "in_progress" | "resolved" | "unresolved";
                severity?: "low" | "medium" | "high" | "critical";
                domain?: string;
                assignee?: string;
                due?: "overdue" | "today" | "week";
                q?: string;
                openedFrom?: string;
                openedTo?: string;
                resolvedFrom?: string;
                resolvedTo?: string;
                sort?: "newest" | "due" | "severity";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List exceptions, newest first or in another order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_ndjson: {
        parameters: {
            query?: {
                status?: "open" | "in_progress" | "resolved" | "unresolved";
                severity?: "low" | "medium" | "high" | "critical";
                domain?: string;
                assignee?: string;
                due?: "overdue" | "today" | "week";
                q?: string;
                openedFrom?: string;
                openedTo?: string;
                resolvedFrom?: string;
                resolvedTo?: string;
                sort?: "newest" | "due" | "severity";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List exceptions, newest first or in another order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    events_csv: {
        parameters: {
            query?: {
                subjectType?: string;
                subjectId?: string;
                actor?: string;
                type?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the events of the audit trail, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    events_ndjson: {
        parameters: {
            query?: {
                subjectType?: string;
                subjectId?: string;
                actor?: string;
                type?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the events of the audit trail, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    audit_export: {
        parameters: {
            query?: {
                subjectType?: string;
                subjectId?: string;
                actor?: string;
                type?: string;
                from?: string;
                to?: string;
                door?: "web" | "rest" | "trpc" | "mcp" | "worker";
                address?: string;
                format?: "ndjson" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, a line each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_evidence_html: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_evidence_json: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    personalData_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    artifacts_content: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_receive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of the `receiveUrl` */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
                "application/x-www-form-urlencoded": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Slack has asked whether the URL is one of Interlock. Nothing was stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "challenge": "c-1"
                     *     }
                     */
                    "application/json": {
                        challenge: string;
                    };
                };
            };
            /** @description The delivery is stored */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveryId": "01980000-0000-7000-8000-000000000000"
                     *     }
                     */
                    "application/json": {
                        deliveryId: string;
                    };
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    me_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the caller with their roles and permissions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    me_update: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana Admin"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Change your name */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    me_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List your sessions, the latest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeSessionsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    me_revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000f */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End one of your sessions */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    me_revokeOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End every session of yours but this one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeRevokeOtherSessionsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_list: {
        parameters: {
            query?: {
                scope?: "global" | "tenant" | "all";
                /** @example enabled */
                status?: "enabled" | "disabled";
                type?: string;
                category?: string;
                /** @example refund */
                q?: string;
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the tools that this tenant sees */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refund_payment",
                 *       "title": "Refund a payment",
                 *       "type": "http",
                 *       "inputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "paymentId",
                 *           "amount"
                 *         ],
                 *         "properties": {
                 *           "paymentId": {
                 *             "type": "string"
                 *           },
                 *           "amount": {
                 *             "type": "number",
                 *             "exclusiveMinimum": 0
                 *           }
                 *         }
                 *       },
                 *       "outputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "refundId"
                 *         ]
                 *       },
                 *       "auth": {
                 *         "type": "api_key",
                 *         "in": "header",
                 *         "name": "x-api-key",
                 *         "value": "the key of the provider"
                 *       },
                 *       "config": {
                 *         "method": "POST",
                 *         "url": "https://pay.example/v1/payments/{paymentId}/refunds"
                 *       },
                 *       "idempotent": true
                 *     }
                 */
                "application/json": components["schemas"]["ToolDefinition"];
            };
        };
        responses: {
            /** @description Create a tool */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a tool at its current version */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_update: {
        parameters: {
            query?: {
                force?: boolean | string;
            };
            header?: {
                "if-match"?: string;
                "x-change-note"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refund_payment",
                 *       "title": "Refund a payment",
                 *       "type": "http",
                 *       "inputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "paymentId",
                 *           "amount"
                 *         ],
                 *         "properties": {
                 *           "paymentId": {
                 *             "type": "string"
                 *           },
                 *           "amount": {
                 *             "type": "number",
                 *             "exclusiveMinimum": 0
                 *           }
                 *         }
                 *       },
                 *       "outputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "refundId"
                 *         ]
                 *       },
                 *       "auth": {
                 *         "type": "api_key",
                 *         "in": "header",
                 *         "name": "x-api-key",
                 *         "value": "the key of the provider"
                 *       },
                 *       "config": {
                 *         "method": "POST",
                 *         "url": "https://pay.example/v1/payments/{paymentId}/refunds"
                 *       },
                 *       "idempotent": true,
                 *       "description": "In whole or in part."
                 *     }
                 */
                "application/json": components["schemas"]["ToolDefinition"];
            };
        };
        responses: {
            /** @description Publish a new version of a tool; a new name for one that playbooks use only with force */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_archive: {
        parameters: {
            query?: {
                force?: boolean | string;
            };
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive a tool and keep its history; one that playbooks use only with force */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_uses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the published playbooks and the waiting steps that use a tool */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolsUsesResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List every version of a tool, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolsVersionsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_restore: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
                /** @example 1 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    force?: boolean | string;
                };
            };
        };
        responses: {
            /** @description Publish an old version of a tool as the new one */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_diff: {
        parameters: {
            query?: {
                /** @example 1 */
                from?: number;
                /** @example 2 */
                to?: number;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Compare two versions of a tool */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolsDiffResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_setEnabled: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true
                 *     }
                 */
                "application/json": {
                    enabled: boolean;
                };
            };
        };
        responses: {
            /** @description Enable or disable a tool for this tenant, also a global one */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_validate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "payload": {
                 *         "paymentId": "pay_k28axcwum3",
                 *         "amount": 12.5
                 *       }
                 *     }
                 */
                "application/json": {
                    payload?: unknown;
                };
            };
        };
        responses: {
            /** @description Validate a payload without executing the tool */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolsValidateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_checkDefinition: {
        parameters: {
            query?: {
                toolId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refund_in_part",
                 *       "title": "Refund a payment",
                 *       "type": "http",
                 *       "inputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "paymentId",
                 *           "amount"
                 *         ],
                 *         "properties": {
                 *           "paymentId": {
                 *             "type": "string"
                 *           },
                 *           "amount": {
                 *             "type": "number",
                 *             "exclusiveMinimum": 0
                 *           }
                 *         }
                 *       },
                 *       "outputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "refundId"
                 *         ]
                 *       },
                 *       "auth": {
                 *         "type": "api_key",
                 *         "in": "header",
                 *         "name": "x-api-key",
                 *         "value": "the key of the provider"
                 *       },
                 *       "config": {
                 *         "method": "POST",
                 *         "url": "https://pay.example/v1/payments/{paymentId}/refunds"
                 *       },
                 *       "idempotent": true
                 *     }
                 */
                "application/json": components["schemas"]["ToolDefinition"];
            };
        };
        responses: {
            /** @description Check a definition without saving it: what creating or, with a tool ID, updating would refuse */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolsCheckDefinitionResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    tools_execute: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                /** @description `respond-async` returns at once. */
                prefer?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "payload": {
                 *         "paymentId": "pay_k28axcwum3",
                 *         "amount": 12.5
                 *       },
                 *       "exceptionId": "0192f0c1-7a00-7000-8000-000000000004"
                 *     }
                 */
                "application/json": {
                    payload?: unknown;
                    exceptionId?: string;
                    previewDigest?: string;
                    waitMs?: number;
                };
            };
        };
        responses: {
            /** @description Execute a tool */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            202: components["responses"]["Execution"];
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Execution"];
            404: components["responses"]["Error"];
            409: components["responses"]["Execution"];
            413: components["responses"]["Error"];
            422: components["responses"]["Execution"];
            429: components["responses"]["Execution"];
            500: components["responses"]["Execution"];
            502: components["responses"]["Execution"];
            503: components["responses"]["Execution"];
            504: components["responses"]["Execution"];
        };
    };
    tools_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "payload": {
                 *         "paymentId": "pay_k28axcwum3",
                 *         "amount": 12.5
                 *       }
                 *     }
                 */
                "application/json": {
                    payload?: unknown;
                };
            };
        };
        responses: {
            /** @description Show the exact request that a payload would send, redacted, and its digest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_list: {
        parameters: {
            query?: {
                q?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connectors that this tenant sees */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "payments",
                 *       "title": "The payment provider",
                 *       "baseUrl": "https://pay.example/v1",
                 *       "auth": {
                 *         "type": "bearer",
                 *         "token": "the token of the provider"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ConnectorDefinition"];
            };
        };
        responses: {
            /** @description Create a connector */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connector"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a connector and the tools that use it */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connector"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_update: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
                "x-change-note"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "payments",
                 *       "title": "The payment provider",
                 *       "baseUrl": "https://pay.example/v1",
                 *       "auth": {
                 *         "type": "bearer",
                 *         "token": "the token of the provider"
                 *       },
                 *       "headers": {
                 *         "accept": "application/json"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ConnectorDefinition"];
            };
        };
        responses: {
            /** @description Change a connector for every tool that uses it: a new revision */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connector"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_archive: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive a connector that no tool uses */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List every revision of a connector, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorsVersionsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_diff: {
        parameters: {
            query?: {
                /** @example 1 */
                from?: number;
                /** @example 2 */
                to?: number;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Compare two revisions of a connector, and what the change does to the tools that use it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorsDiffResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_restore: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
                /** @example 1 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make an old revision of a connector the new one */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connector"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_blastRadius: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "payments",
                 *       "title": "The payment provider",
                 *       "baseUrl": "https://pay.example/v2",
                 *       "auth": {
                 *         "type": "bearer",
                 *         "token": "the token of the provider"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ConnectorDefinition"];
            };
        };
        responses: {
            /** @description List what this definition of a connector would change and break */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorsBlastRadiusResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_check: {
        parameters: {
            query?: {
                connectorId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "shipments",
                 *       "title": "The payment provider",
                 *       "baseUrl": "https://pay.example/v1",
                 *       "auth": {
                 *         "type": "bearer",
                 *         "token": "the token of the provider"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ConnectorDefinition"];
            };
        };
        responses: {
            /** @description Check a connector without saving it: what creating or, with a connector ID, updating would refuse */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorsCheckResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_describe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "definition": {
                 *         "name": "payments",
                 *         "title": "The payment provider",
                 *         "baseUrl": "https://pay.example/v1",
                 *         "auth": {
                 *           "type": "bearer",
                 *           "token": "the token of the provider"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    id?: string;
                    definition?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Ask the system behind a connector for what describes it, such as its schema, with the auth of the connector. Stores nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorsDescribeResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            502: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connectors_operations: {
        parameters: {
            query?: {
                /** @example refund */
                q?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what the document of a connector describes, as drafts of tools */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorsOperationsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    imports_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "curl": "curl -X POST https://pay.example/v1/refunds --json '{\"paymentId\": \"pay_1\"}'"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Left out: found out
                     * @enum {string}
                     */
                    format?: "openapi" | "swagger" | "postman" | "curl" | "graphql" | "wsdl" | "proto" | "mcp";
                    document?: string | {
                        [key: string]: unknown;
                    };
                    /** @description Of a document, a GraphQL endpoint, an MCP server, or grpc://host:port; through the egress of the organization */
                    url?: string;
                    /** @description What a server at the URL is asked with, and its connector gets */
                    auth?: {
                        [key: string]: unknown;
                    };
                    curl?: string;
                    /** @description Left out: made of the title */
                    connectorName?: string;
                };
            };
        };
        responses: {
            /** @description Read a document whose operations can become tools */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportsCreateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    imports_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000041 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get an import, compared with the tools that there are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportsGetResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    imports_impact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000041 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operations": [
                 *         "POST /v1/refunds"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Their keys */
                    operations: string[];
                };
            };
        };
        responses: {
            /** @description List who uses the tools of changed operations, and what applying these would break */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportsImpactResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    imports_createTools: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000041 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operations": [
                 *         "POST /v1/refunds"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Their keys */
                    operations: string[];
                    /** @description Of the connector, with its secret. Left out: that of a curl command, else none */
                    auth?: {
                        [key: string]: unknown;
                    };
                    /** @description Instead of that of the document */
                    baseUrl?: string;
                };
            };
        };
        responses: {
            /** @description Make tools of the chosen operations */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportsCreateToolsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    artifacts_create: {
        parameters: {
            query?: {
                /** @example note.txt */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contentType": "text/plain",
                 *       "data": "SGVsbG8="
                 *     }
                 */
                "application/json": {
                    /** @default application/octet-stream */
                    contentType?: string;
                    /** @description Its bytes, in base64 */
                    data: string;
                };
                "application/octet-stream": string;
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Store a file that executions can send */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactsCreateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    artifacts_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000044 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file: its name, type, size and digest */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactsGetResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    templates_list: {
        parameters: {
            query?: {
                q?: string;
                service?: string;
                category?: "ai" | "analytics" | "calendar" | "cloud" | "commerce" | "communication" | "crm" | "development" | "email" | "files" | "identity" | "incidents" | "marketing" | "monitoring" | "payments" | "projects" | "support";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List ready-made tools */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatesListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    templates_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example slack_post_message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a ready-made tool, and what installing it needs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatesGetResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    templates_install: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path: {
                /** @example slack_post_message */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "auth": {
                 *         "token": "the token of the provider"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description With the secret; settings that are left out are those of the template. Where the connector exists: of this tool alone */
                    auth?: {
                        [key: string]: unknown;
                    };
                    /** @description Left out: that of the template */
                    name?: string;
                    parameters?: {
                        [key: string]: string;
                    };
                    /** @description Left out: that of the service */
                    connectorName?: string;
                };
            };
        };
        responses: {
            /** @description Make the tool of a template, with the connector of its service */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    files_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the tools, connectors, playbooks and domains of the organization as files */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesExportResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    files_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "files": [
                 *         {
                 *           "path": "domains/shipping.yaml",
                 *           "text": "name: shipping\ntitle: Shipping\nattributeSchema:\n  type: object\n"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    files: {
                        /** @description Such as tools/refund_payment.yaml: folder and name say what it is */
                        path: string;
                        /** @description YAML */
                        text: string;
                    }[];
                    /**
                     * @description Archives the tools, connectors and playbooks of the organization that are not in the files
                     * @default false
                     */
                    prune?: boolean;
                };
            };
        };
        responses: {
            /** @description Say what applying files would change and break; it changes nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesPlanResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    files_applyPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "files": [
                 *         {
                 *           "path": "domains/shipping.yaml",
                 *           "text": "name: shipping\ntitle: Shipping\nattributeSchema:\n  type: object\n"
                 *         }
                 *       ],
                 *       "planDigest": "LHTOt0Sgul4_Nl_o"
                 *     }
                 */
                "application/json": {
                    files: {
                        /** @description Such as tools/refund_payment.yaml: folder and name say what it is */
                        path: string;
                        /** @description YAML */
                        text: string;
                    }[];
                    /**
                     * @description Archives the tools, connectors and playbooks of the organization that are not in the files
                     * @default false
                     */
                    prune?: boolean;
                    /** @description Of the plan that is applied */
                    planDigest: string;
                };
            };
        };
        responses: {
            /** @description Make the organization as a plan of files says, all of it or nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesApplyPlanResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_list: {
        parameters: {
            query?: {
                scope?: "tenant" | "global";
                type?: string;
                health?: "ok" | "refused" | "unclear" | "unreachable" | "untested";
                expiry?: "soon" | "expired";
                /** @example payments */
                q?: string;
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List credentials by name, without their values */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_create: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Payment provider",
                 *       "auth": {
                 *         "type": "bearer",
                 *         "token": "the token of the provider"
                 *       },
                 *       "allowedHosts": [
                 *         "https://pay.example"
                 *       ],
                 *       "methods": [
                 *         "GET",
                 *         "POST"
                 *       ],
                 *       "pathPrefixes": [
                 *         "/v1"
                 *       ],
                 *       "expiresAt": "2031-01-31T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    name: string;
                    auth?: {
                        [key: string]: unknown;
                    };
                    type?: string;
                    value?: string | {
                        [key: string]: unknown;
                    };
                    variable?: string;
                    /**
                     * @default tenant
                     * @enum {string}
                     */
                    scope?: "tenant" | "global";
                    allowedHosts: string[];
                    /** @default null */
                    methods?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD")[] | null;
                    /** @default null */
                    pathPrefixes?: string[] | null;
                    /** @default null */
                    expiresAt?: string | null;
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Store a secret in the vault; it is never shown again */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a credential, without its value */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_update: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "note": "Ask the payments team for a new one."
                 *     }
                 */
                "application/json": {
                    name?: string;
                    allowedHosts?: string[];
                    value?: string | {
                        [key: string]: unknown;
                    };
                    methods?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD")[] | null;
                    pathPrefixes?: string[] | null;
                    expiresAt?: string | null;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Change where and until when a credential may be used; a new host takes the value again */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_archive: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive a credential that nothing uses, and erase its values */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "url": "https://pay.example/v1/account"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    method?: "GET" | "HEAD";
                    url?: string;
                    auth?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Call an endpoint with the credential, and note whether the provider accepts it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_rotate: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": "the next token of the provider",
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": {
                    value: string | {
                        [key: string]: unknown;
                    };
                    /** @default 0 */
                    overlapSeconds?: number;
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description Store a new value; while the overlap lasts, the replaced one is tried when the provider refuses it */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credential"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_uses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the tools and connectors that use a credential, with their versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialsUsesResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_accesses: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the attempts that opened a credential, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialsAccessesResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    credentials_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List when the value of a credential was replaced, and which values are left */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CredentialsVersionsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_list: {
        parameters: {
            query?: {
                toolId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the policies; with a tool ID, those that are about the tool */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoliciesListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_create: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Large refunds",
                 *       "effect": "require_approval",
                 *       "tools": {
                 *         "category": "payments"
                 *       },
                 *       "when": "amount > 500",
                 *       "approval": {
                 *         "required": 2,
                 *         "roles": [
                 *           "approver"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PolicyDocument"];
            };
        };
        responses: {
            /** @description Create a policy; it counts at once for every call */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000b */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a policy */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_update: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000b */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Large refunds",
                 *       "effect": "require_approval",
                 *       "tools": {
                 *         "category": "payments"
                 *       },
                 *       "when": "amount > 500",
                 *       "approval": {
                 *         "required": 2,
                 *         "roles": [
                 *           "approver"
                 *         ]
                 *       },
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["PolicyDocument"];
            };
        };
        responses: {
            /** @description Replace a policy; it counts at once for every call, those that are waiting included */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_archive: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000b */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive a policy; executions keep what it decided */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Large refunds",
                 *       "effect": "require_approval",
                 *       "tools": {
                 *         "category": "payments"
                 *       },
                 *       "when": "amount > 500",
                 *       "approval": {
                 *         "required": 2,
                 *         "roles": [
                 *           "approver"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PolicyDocument"];
            };
        };
        responses: {
            /** @description Check a policy without saving it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoliciesCheckResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_simulate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "toolId": "0192f0c1-7a00-7000-8000-000000000001",
                 *       "payload": {
                 *         "paymentId": "p-17",
                 *         "amount": 612.5
                 *       },
                 *       "actor": {
                 *         "roles": [
                 *           "operator"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": {
                    toolId: string;
                    payload?: unknown;
                    actor?: string | {
                        id?: string;
                        email?: string;
                        roles?: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin" | "platform_admin")[];
                    };
                    /** Format: date-time */
                    at?: string;
                };
            };
        };
        responses: {
            /** @description Ask what the policies would decide on a call; nothing is called or counted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoliciesSimulateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    policies_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "policy": {
                 *         "name": "Large refunds",
                 *         "effect": "require_approval",
                 *         "tools": {
                 *           "category": "payments"
                 *         },
                 *         "when": "amount > 500",
                 *         "approval": {
                 *           "required": 2,
                 *           "roles": [
                 *             "approver"
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    policy?: {
                        [key: string]: unknown;
                    };
                    policyId?: string;
                    /** @default 200 */
                    limit?: number;
                    cursor?: string;
                };
            };
        };
        responses: {
            /** @description Ask what a changed policy would have decided otherwise on the executions of the last 30 days */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoliciesReplayResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    limits_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get what limits the calls of this tenant, with its use now */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitsGetResult"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    limits_putTenant: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "rateLimit": {
                 *         "requestsPerMinute": 6000,
                 *         "burst": 600
                 *       },
                 *       "hostConcurrency": 50,
                 *       "hosts": [
                 *         {
                 *           "host": "bank.example:443",
                 *           "concurrency": 4
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @default null */
                    rateLimit?: {
                        requestsPerMinute: number;
                        burst?: number;
                    } | null;
                    /** @default null */
                    hostConcurrency?: number | null;
                    /** @default [] */
                    hosts?: {
                        host: string;
                        concurrency: number;
                    }[];
                    /** @default {} */
                    circuitBreaker?: {
                        /** @default true */
                        enabled?: boolean;
                        /** @default 20 */
                        consecutiveFailures?: number;
                        /** @default 50 */
                        failurePercent?: number;
                        /** @default 100 */
                        minCalls?: number;
                        /** @default 30 */
                        openSeconds?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Set what limits all calls of this tenant; it counts for the next call */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitsPutTenantResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    breakers_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the hosts whose calls were paused once, those that are paused now first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakersListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    breakers_hold: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "host": "bank.example:443",
                 *       "reason": "Maintenance until 18:00."
                 *     }
                 */
                "application/json": {
                    host: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Hold the calls to a host until someone resets its breaker */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakersHoldResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    breakers_open: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-0000000000b1 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The bank asked us to wait."
                 *     }
                 */
                "application/json": {
                    /** @default Held by hand. */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Hold the calls to the host of a breaker until someone resets it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakersOpenResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    breakers_reset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-0000000000b1 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Close a breaker, so that calls leave again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakersResetResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    legalHolds_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what must not be removed: the holds that stand, then the last that were released */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHoldsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    legalHolds_place: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scope": "exception",
                 *       "exceptionId": "0192f0c1-7a00-7000-8000-000000000004",
                 *       "reason": "Claim 2031-17 of the customer."
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    scope: "everything" | "exception" | "executions";
                    /** @description With `exception`: its id or number, `EX-42` */
                    exceptionId?: string;
                    /**
                     * Format: uuid
                     * @description With `executions`: of this tool; left out: of every tool
                     */
                    toolId?: string;
                    /**
                     * Format: date-time
                     * @description With `executions`: requested then or later
                     */
                    from?: string;
                    /**
                     * Format: date-time
                     * @description With `executions`: requested before
                     */
                    until?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Place a legal hold: nothing that it covers is removed until it is released */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    legalHolds_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000011 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The claim is settled."
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Release a legal hold, with a reason; what it covered may go with the next removal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    personalData_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List members and removed members, whose accounts a search may be about */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalDataPeopleResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    personalData_list: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List searches for personal data and erasures, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalDataListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    personalData_search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "values": [
                 *         "ana.berg@customer.example",
                 *         "+49 170 1234567"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Of a member, or of a former member */
                    accountId?: string;
                    /**
                     * @description Exact values such as an email address, a phone number or a full name
                     * @default []
                     */
                    values?: string[];
                };
            };
        };
        responses: {
            /** @description Search for what is stored about a person: an account, or exact values */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalDataSearchResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    personalData_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000032 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a search has found, and what is erased of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalDataGetResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    personalData_erase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000032 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirm": "ana.berg@customer.example"
                 *     }
                 */
                "application/json": {
                    /** @description The pseudonym of the search, typed by a person */
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Erase what is stored about a person, for good; refused under a legal hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalDataEraseResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connections_connect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "returnTo": "/t/acme/tools"
                 *     }
                 */
                "application/json": {
                    returnTo?: string;
                };
            };
        };
        responses: {
            /** @description Begin a sign-in at the provider of a credential: open the URL in the same browser */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionsConnectResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    connections_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000010 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the sign-in behind a credential: who signed in, until when, and whether someone has to again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_list: {
        parameters: {
            query?: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                toolId?: string;
                toolVersion?: number;
                connectorId?: string;
                caller?: "people" | "api_key" | "playbook" | "system";
                playbookId?: string;
                exceptionId?: string;
                /** @example succeeded */
                status?: "requested" | "running" | "succeeded" | "failed";
                failureCode?: "invalid_input" | "denied" | "disabled" | "rate_limited" | "circuit_open" | "timeout" | "provider_error" | "invalid_output" | "outcome_unknown" | "cancelled" | "terminated" | "internal";
                approval?: "waiting" | "approved" | "rejected" | "expired" | "cancelled";
                actor?: string;
                from?: string;
                to?: string;
                q?: string;
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List executions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get an execution with its attempts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel an execution */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_rerun: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
                /** @description `respond-async` returns at once. */
                prefer?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    payload?: unknown;
                    exceptionId?: string;
                    previewDigest?: string;
                    waitMs?: number;
                };
            };
        };
        responses: {
            /** @description Execute a tool again with the input of an earlier execution */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            202: components["responses"]["Execution"];
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Execution"];
            404: components["responses"]["Error"];
            409: components["responses"]["Execution"];
            413: components["responses"]["Error"];
            422: components["responses"]["Execution"];
            429: components["responses"]["Execution"];
            500: components["responses"]["Execution"];
            502: components["responses"]["Execution"];
            503: components["responses"]["Execution"];
            504: components["responses"]["Execution"];
        };
    };
    executions_release: {
        parameters: {
            query?: never;
            header?: {
                /** @description `respond-async` returns at once. */
                prefer?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    payload?: unknown;
                    waitMs?: number;
                };
            };
        };
        responses: {
            /** @description Release a quarantined execution: execute it once more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            202: components["responses"]["Execution"];
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Execution"];
            404: components["responses"]["Error"];
            409: components["responses"]["Execution"];
            413: components["responses"]["Error"];
            422: components["responses"]["Execution"];
            429: components["responses"]["Execution"];
            500: components["responses"]["Execution"];
            502: components["responses"]["Execution"];
            503: components["responses"]["Execution"];
            504: components["responses"]["Execution"];
        };
    };
    executions_settle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "happened": true,
                 *       "note": "The refund is in the account of the provider."
                 *     }
                 */
                "application/json": {
                    happened: boolean;
                    note: string;
                    output?: unknown;
                };
            };
        };
        responses: {
            /** @description Say whether a call of unknown outcome happened */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The amount matches the order."
                 *     }
                 */
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Approve an execution that waits for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_reject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The order was shipped already."
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Reject an execution that waits for an approval; it ends, and nothing is sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "The amount changed meanwhile."
                 *     }
                 */
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Withdraw your approval of an execution that still waits for others */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_checks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List read-only tools that can tell whether an execution happened */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionsChecksResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    executions_chunks: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000002 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read what an execution shows while it runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionsChunksResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_list: {
        parameters: {
            query?: {
                /** @example running */
                status?: "running" | "paused" | "cancelling" | "succeeded" | "failed" | "cancelled";
                q?: string;
                /** @example 20 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List batches, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_create: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "title": "Refund in two parts",
                 *       "calls": [
                 *         {
                 *           "id": "first",
                 *           "tool": "refund_payment",
                 *           "payload": {
                 *             "paymentId": "pay_k28axcwum3",
                 *             "amount": 12.5
                 *           }
                 *         },
                 *         {
                 *           "id": "second",
                 *           "tool": "refund_payment",
                 *           "payload": {
                 *             "paymentId": "pay_k28axcwum3",
                 *             "amount": 12.5,
                 *             "reason": "The rest of ${{ calls.first.output.refundId }}"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    title?: string;
                    calls?: {
                        id: string;
                        toolId?: string;
                        tool?: string;
                        payload?: unknown;
                        dependsOn?: string[];
                        when?: string;
                        idempotencyKey?: string;
                    }[];
                    forEach?: {
                        toolId?: string;
                        tool?: string;
                        rows?: {
                            [key: string]: unknown;
                        }[];
                        csv?: string;
                        payload?: unknown;
                        key?: string;
                    };
                    concurrency?: number;
                    perMinute?: number;
                    sample?: number;
                    /**
                     * @default stop
                     * @enum {string}
                     */
                    onFailure?: "stop" | "continue" | "undo";
                    deadlineMs?: number;
                    exceptionId?: string;
                    previewDigest?: string;
                    waitMs?: number;
                };
            };
        };
        responses: {
            /** @description Execute many tools as one batch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesCreateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "title": "Refund in two parts",
                 *       "calls": [
                 *         {
                 *           "id": "first",
                 *           "tool": "refund_payment",
                 *           "payload": {
                 *             "paymentId": "pay_k28axcwum3",
                 *             "amount": 12.5
                 *           }
                 *         },
                 *         {
                 *           "id": "second",
                 *           "tool": "refund_payment",
                 *           "payload": {
                 *             "paymentId": "pay_k28axcwum3",
                 *             "amount": 12.5,
                 *             "reason": "The rest of ${{ calls.first.output.refundId }}"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    title?: string;
                    calls?: {
                        id: string;
                        toolId?: string;
                        tool?: string;
                        payload?: unknown;
                        dependsOn?: string[];
                        when?: string;
                        idempotencyKey?: string;
                    }[];
                    forEach?: {
                        toolId?: string;
                        tool?: string;
                        rows?: {
                            [key: string]: unknown;
                        }[];
                        csv?: string;
                        payload?: unknown;
                        key?: string;
                    };
                    concurrency?: number;
                    perMinute?: number;
                    sample?: number;
                    /**
                     * @default stop
                     * @enum {string}
                     */
                    onFailure?: "stop" | "continue" | "undo";
                    deadlineMs?: number;
                    exceptionId?: string;
                };
            };
        };
        responses: {
            /** @description Check a batch whole and preview its calls; nothing is executed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesCheckResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000051 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a batch with its calls */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesGetResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000051 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause a batch: calls in progress end, and no further one begins */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesPauseResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000051 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Go on with a paused batch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesResumeResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000051 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel a batch and its calls in progress */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesCancelResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    batches_retryFailed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000051 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "waitMs": 0
                 *     }
                 */
                "application/json": {
                    waitMs?: number;
                };
            };
        };
        responses: {
            /** @description Make the calls of a batch again that have not succeeded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchesRetryFailedResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    events_list: {
        parameters: {
            query?: {
                /** @example tool */
                subjectType?: string;
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                subjectId?: string;
                actor?: string;
                type?: string;
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the events of the audit trail, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    audit_list: {
        parameters: {
            query?: {
                subjectType?: string;
                subjectId?: string;
                /** @example Ana */
                actor?: string;
                type?: string;
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                /** @example web */
                door?: "web" | "rest" | "trpc" | "mcp" | "worker";
                address?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the events of the audit trail with where each came from, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    audit_head: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far the audit trail is sealed, its last signed head, and what a comparison with the seal has found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditHeadResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    audit_acknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "problems": [
                 *         {
                 *           "kind": "missing",
                 *           "block": 12,
                 *           "eventId": "51234"
                 *         }
                 *       ],
                 *       "reason": "The database was restored from the backup of that night."
                 *     }
                 */
                "application/json": {
                    problems: {
                        /** @enum {string} */
                        kind: "altered" | "missing" | "added" | "block" | "head" | "cut";
                        block: number;
                        eventId: string | null;
                    }[];
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Acknowledge places where the audit trail is not as it was sealed; they stay listed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditAcknowledgeResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_encryptionKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the keys of the vault, with how many secrets each has sealed and how many are left to seal again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsEncryptionKeysResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_getEgress: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read which private addresses and which hosts this tenant’s calls may reach */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsGetEgressResult"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_putEgress: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "privateHosts": [
                 *         "127.0.0.1:4501"
                 *       ],
                 *       "allowList": {
                 *         "enabled": false,
                 *         "hosts": [
                 *           {
                 *             "host": "*.example.com",
                 *             "ports": [
                 *               443
                 *             ]
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description `host:port` of private addresses that calls may reach */
                    privateHosts?: string[];
                    /** @description While it is enabled, calls reach these hosts only, private ones included */
                    allowList?: {
                        enabled: boolean;
                        hosts: {
                            /** @description A name or an address, or `*.example.com` for every name below `example.com` */
                            host: string;
                            /** @description Left out: every port */
                            ports?: number[];
                            /** @description Left out: every method */
                            methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[];
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description Set which private addresses, which hosts, or both this tenant’s calls may reach */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsPutEgressResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_checkEgress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hosts": [
                 *         {
                 *           "host": "*.example.com",
                 *           "ports": [
                 *             443
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    hosts: {
                        /** @description A name or an address, or `*.example.com` for every name below `example.com` */
                        host: string;
                        /** @description Left out: every port */
                        ports?: number[];
                        /** @description Left out: every method */
                        methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS")[];
                    }[];
                };
            };
        };
        responses: {
            /** @description List what this tenant calls, and which of it a list of hosts would cut off; nothing is changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsCheckEgressResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_getEgressReach: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the hosts that calls reached in the last 30 days or were refused to reach, and by whom */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsGetEgressReachResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_getRedaction: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read what is stored and shown of personal data */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsGetRedactionResult"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_putRedaction: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kinds": {
                 *         "email": "mask",
                 *         "card": "drop"
                 *       },
                 *       "note": "Support needs to tell customers apart."
                 *     }
                 */
                "application/json": {
                    /** @description What is stored and shown of each kind of personal data; a kind that is left out is off */
                    kinds: {
                        /** @enum {string} */
                        email?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        phone?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        card?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        iban?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        national_id?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        ip?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        name?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        address?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        birth_date?: "off" | "mask" | "hash" | "drop";
                    };
                    /**
                     * @description Where a tool differs from that
                     * @default []
                     */
                    tools?: {
                        /** Format: uuid */
                        toolId: string;
                        /** @description What is stored and shown of each kind of personal data; a kind that is left out is off */
                        kinds: {
                            /** @enum {string} */
                            email?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            phone?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            card?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            iban?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            national_id?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            ip?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            name?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            address?: "off" | "mask" | "hash" | "drop";
                            /** @enum {string} */
                            birth_date?: "off" | "mask" | "hash" | "drop";
                        };
                    }[];
                    /**
                     * @description Why, for those who read this later
                     * @default
                     */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Set what is stored and shown of personal data, for executions requested from now on */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsPutRedactionResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_tryRedaction: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": {
                 *         "note": "Write to ana@example.com"
                 *       },
                 *       "kinds": {
                 *         "email": "mask"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description A text or any JSON */
                    value: unknown;
                    /** @description Choices that are not saved yet; left out: those of the organization */
                    kinds?: {
                        /** @enum {string} */
                        email?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        phone?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        card?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        iban?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        national_id?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        ip?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        name?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        address?: "off" | "mask" | "hash" | "drop";
                        /** @enum {string} */
                        birth_date?: "off" | "mask" | "hash" | "drop";
                    };
                };
            };
        };
        responses: {
            /** @description Show what would be stored of a text or JSON; nothing is stored now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsTryRedactionResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_getRetention: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read after how many days payloads, events and deliveries are removed */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionSettings"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_putRetention: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "payloadDays": 90,
                 *       "eventDays": 730,
                 *       "deliveryDays": 30,
                 *       "note": "As the privacy policy says."
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Inputs, outputs, requests and responses of executions and runs that have ended
                     * @default null
                     */
                    payloadDays?: number | null;
                    /**
                     * @description Events of the log and of the audit trail, by whole months; at least 30
                     * @default null
                     */
                    eventDays?: number | null;
                    /**
                     * @description Deliveries of webhooks that have ended
                     * @default null
                     */
                    deliveryDays?: number | null;
                    /**
                     * @description Why, for those who read this later
                     * @default
                     */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Set after how many days payloads, events and deliveries are removed, from the next day (UTC) on */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionSettings"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    settings_getRetentionDue: {
        parameters: {
            query?: {
                /** @example 90 */
                payloadDays?: number | null;
                eventDays?: number | null;
                deliveryDays?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the next removal would take with these days; nothing is changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsGetRetentionDueResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_list: {
        parameters: {
            query?: {
                /** @example open */
                status?: "open" | "in_progress" | "resolved" | "unresolved";
                /** @example high */
                severity?: "low" | "medium" | "high" | "critical";
                domain?: string;
                assignee?: string;
                due?: "overdue" | "today" | "week";
                q?: string;
                openedFrom?: string;
                openedTo?: string;
                resolvedFrom?: string;
                resolvedTo?: string;
                sort?: "newest" | "due" | "severity";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List exceptions, newest first or in another order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExceptionsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_create: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Card payment failed twice",
                 *       "severity": "high",
                 *       "domain": "payments",
                 *       "attributes": {
                 *         "paymentId": "pay_k28axcwum3",
                 *         "amount": 12.5
                 *       }
                 *     }
                 */
                "application/json": {
                    title: string;
                    /** @default  */
                    description?: string;
                    /** @default general */
                    domain?: string;
                    /** @enum {string} */
                    severity?: "low" | "medium" | "high" | "critical";
                    dueAt?: string | null;
                    /** @default {} */
                    attributes?: {
                        [key: string]: unknown;
                    };
                    assignee?: string | null;
                    /** @default null */
                    source?: string | null;
                };
            };
        };
        responses: {
            /** @description Open an exception */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get an exception */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_update: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "severity": "critical"
                 *     }
                 */
                "application/json": {
                    title?: string;
                    description?: string;
                    domain?: string;
                    /** @enum {string} */
                    severity?: "low" | "medium" | "high" | "critical";
                    dueAt?: string | null;
                    attributes?: {
                        [key: string]: unknown;
                    };
                    /** @enum {string} */
                    status?: "open" | "in_progress";
                    revision?: number;
                };
            };
        };
        responses: {
            /** @description Change the given fields of an exception */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_assign: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "assignee": null
                 *     }
                 */
                "application/json": {
                    assignee: string | null;
                };
            };
        };
        responses: {
            /** @description Assign an exception to a member, or to no one */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_resolve: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "fixed",
                 *       "note": "Refunded in full."
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    code: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Resolve an exception */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_reopen: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The refund came back."
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Reopen an exception */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "body": "The customer was told."
                 *     }
                 */
                "application/json": {
                    body: string;
                };
            };
        };
        responses: {
            /** @description Comment on an exception */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "url",
                 *       "url": "https://status.example/incidents/7",
                 *       "title": "Incident 7"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    kind: "related" | "duplicate_of" | "caused_by" | "url";
                    target?: string;
                    /** Format: uri */
                    url?: string;
                    /** @default  */
                    title?: string;
                };
            };
        };
        responses: {
            /** @description Link an exception to another one or to a page */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_unlink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
                /** @example 0192f0c1-7a00-7000-8000-00000000000a */
                linkId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a link */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_timeline: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the timeline of an exception: events, comments, steps and executions, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExceptionsTimelineResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List my saved views */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExceptionsViewsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_saveView: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Urgent",
                 *       "filter": {
                 *         "severity": "critical",
                 *         "status": "unresolved"
                 *       }
                 *     }
                 */
                "application/json": {
                    name: string;
                    filter: {
                        /** @enum {string} */
                        status?: "open" | "in_progress" | "resolved" | "unresolved";
                        /** @enum {string} */
                        severity?: "low" | "medium" | "high" | "critical";
                        domain?: string;
                        assignee?: string;
                        /** @enum {string} */
                        due?: "overdue" | "today" | "week";
                        q?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Save a view */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExceptionView"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_removeView: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000005 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove one of my views */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_domains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the domains and the schemas of their attributes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExceptionsDomainsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    exceptions_writeDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example payments */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Payments",
                 *       "attributeSchema": {
                 *         "type": "object",
                 *         "properties": {
                 *           "paymentId": {
                 *             "type": "string"
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    title: string;
                    attributeSchema: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Create or change a domain */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExceptionDomain"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    rules_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the rules for new exceptions, in the order in which they are asked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    rules_create: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Large payments",
                 *       "when": {
                 *         "domains": [
                 *           "payments"
                 *         ],
                 *         "condition": "exception.attributes.amount > 1000"
                 *       },
                 *       "set": {
                 *         "severity": "critical",
                 *         "assignee": {
                 *           "role": "operator"
                 *         },
                 *         "dueIn": "PT4H"
                 *       }
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Add a rule below the others; it counts for every exception that is opened from now on */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesCreateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    rules_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000012 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a rule */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesGetResult"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    rules_update: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000012 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Large payments",
                 *       "when": {
                 *         "domains": [
                 *           "payments"
                 *         ],
                 *         "condition": "exception.attributes.amount > 1000"
                 *       },
                 *       "set": {
                 *         "severity": "critical",
                 *         "assignee": {
                 *           "role": "operator"
                 *         },
                 *         "dueIn": "PT4H"
                 *       },
                 *       "enabled": false
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Replace a rule, or enable or disable it; exceptions keep what it has set */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesUpdateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    rules_archive: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000012 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive a rule; exceptions keep what it has set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    rules_reorder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "0192f0c1-7a00-7000-8000-000000000012"
                 *       ]
                 *     }
                 */
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description Change the order in which the rules are asked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesReorderResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    rules_try: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "exception": {
                 *         "title": "Refund failed",
                 *         "domain": "payments",
                 *         "attributes": {
                 *           "amount": 1200
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    exceptionId?: string;
                    exception?: {
                        /** @default  */
                        title?: string;
                        /** @default  */
                        description?: string;
                        /** @default general */
                        domain?: string;
                        /** @enum {string} */
                        severity?: "low" | "medium" | "high" | "critical";
                        dueAt?: string | null;
                        assignee?: string | null;
                        /** @default {} */
                        attributes?: {
                            [key: string]: unknown;
                        };
                        /** @default null */
                        source?: string | null;
                    };
                    draft?: {
                        id?: string;
                        rule: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Ask what the rules would set of an exception, and why; nothing is stored or started */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesTryResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    members_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the members of this tenant and their roles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembersListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    members_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000c */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a member, and what ends with their membership */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberDetail"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    members_setRoles: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000c */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "roles": [
                 *         "operator",
                 *         "approver"
                 *       ]
                 *     }
                 */
                "application/json": {
                    roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin")[];
                };
            };
        };
        responses: {
            /** @description Give a member these roles and no others */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    members_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000c */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a member, and end what they hold */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    invitations_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the invitations that no one has accepted yet, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    invitations_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "bea@acme.example",
                 *       "roles": [
                 *         "operator"
                 *       ]
                 *     }
                 */
                "application/json": {
                    email: string;
                    roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin")[];
                };
            };
        };
        responses: {
            /** @description Invite someone by a link that works once and is shown only here */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationWithLink"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    invitations_resend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000d */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make a new link for an invitation; the one before stops working */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationWithLink"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    invitations_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000d */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an invitation; its link stops working */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    apiKeys_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the API keys, newest first; revoked ones for a month */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeysListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    apiKeys_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Order system",
                 *       "roles": [
                 *         "operator"
                 *       ],
                 *       "tools": [
                 *         "refund_payment"
                 *       ],
                 *       "doors": [
                 *         "rest"
                 *       ],
                 *       "addresses": [
                 *         "10.0.0.0/8"
                 *       ]
                 *     }
                 */
                "application/json": {
                    name: string;
                    roles: ("viewer" | "operator" | "approver" | "tool_admin" | "tenant_admin")[];
                    tools?: string[];
                    doors?: ("rest" | "trpc" | "live" | "mcp")[];
                    addresses?: string[];
                    /** Format: date-time */
                    expiresAt?: string;
                    accountableUserId?: string;
                };
            };
        };
        responses: {
            /** @description Make an API key; the key itself is shown only here */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithValue"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    apiKeys_rotate: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000e */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": {
                    /** @default 86400 */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Give an API key a new value, shown only here; the one before works for a while */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithValue"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    apiKeys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-00000000000e */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an API key; it stops working within ten seconds */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    organizations_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme",
                 *       "slug": "acme",
                 *       "adminEmail": "ana@acme.example"
                 *     }
                 */
                "application/json": {
                    name: string;
                    slug: string;
                    adminEmail: string;
                };
            };
        };
        responses: {
            /** @description Create an organization, and invite its first tenant admin */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationsCreateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    organizations_inviteAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example acme */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ana@acme.example"
                 *     }
                 */
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Invite a tenant admin to an organization that has none */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationWithLink"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    organizations_rename: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme Payments"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Rename your organization; its name in URLs stays */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_list: {
        parameters: {
            query?: {
                status?: "draft" | "published";
                /** @example payment */
                q?: string;
                exceptionId?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List playbooks by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybooksListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "failed_payment",
                 *       "title": "Failed payment",
                 *       "steps": [
                 *         {
                 *           "id": "check",
                 *           "type": "manual",
                 *           "title": "Check the account",
                 *           "form": {
                 *             "type": "object",
                 *             "required": [
                 *               "refund"
                 *             ],
                 *             "properties": {
                 *               "refund": {
                 *                 "type": "boolean"
                 *               }
                 *             }
                 *           },
                 *           "due": "PT4H"
                 *         },
                 *         {
                 *           "id": "refund",
                 *           "type": "call_tool",
                 *           "title": "Refund the payment",
                 *           "tool": "refund_payment",
                 *           "when": "${{ steps.check.output.refund = true }}",
                 *           "input": {
                 *             "paymentId": "pay_k28axcwum3",
                 *             "amount": 12.5
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PlaybookDocument"];
            };
        };
        responses: {
            /** @description Create a draft of a playbook */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playbook"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a playbook: its published version and its draft */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playbook"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_update: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
                "x-draft-revision"?: number;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "failed_payment",
                 *       "title": "Failed payment",
                 *       "steps": [
                 *         {
                 *           "id": "check",
                 *           "type": "manual",
                 *           "title": "Check the account",
                 *           "form": {
                 *             "type": "object",
                 *             "required": [
                 *               "refund"
                 *             ],
                 *             "properties": {
                 *               "refund": {
                 *                 "type": "boolean"
                 *               }
                 *             }
                 *           },
                 *           "due": "PT4H"
                 *         },
                 *         {
                 *           "id": "refund",
                 *           "type": "call_tool",
                 *           "title": "Refund the payment",
                 *           "tool": "refund_payment",
                 *           "when": "${{ steps.check.output.refund = true }}",
                 *           "input": {
                 *             "paymentId": "pay_k28axcwum3",
                 *             "amount": 12.5
                 *           }
                 *         }
                 *       ],
                 *       "description": "The payment and the order do not match."
                 *     }
                 */
                "application/json": components["schemas"]["PlaybookDocument"];
            };
        };
        responses: {
            /** @description Save a new draft */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playbook"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_archive: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archive a playbook; its runs continue and its history is kept */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_discardDraft: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discard the draft; the published version stays */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_check: {
        parameters: {
            query?: {
                playbookId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "lost_payment",
                 *       "title": "Failed payment",
                 *       "steps": [
                 *         {
                 *           "id": "check",
                 *           "type": "manual",
                 *           "title": "Check the account",
                 *           "form": {
                 *             "type": "object",
                 *             "required": [
                 *               "refund"
                 *             ],
                 *             "properties": {
                 *               "refund": {
                 *                 "type": "boolean"
                 *               }
                 *             }
                 *           },
                 *           "due": "PT4H"
                 *         },
                 *         {
                 *           "id": "refund",
                 *           "type": "call_tool",
                 *           "title": "Refund the payment",
                 *           "tool": "refund_payment",
                 *           "when": "${{ steps.check.output.refund = true }}",
                 *           "input": {
                 *             "paymentId": "pay_k28axcwum3",
                 *             "amount": 12.5
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PlaybookDocument"];
            };
        };
        responses: {
            /** @description List the problems of a document, as a new playbook or of this one, without storing it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybooksCheckResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_publishPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Show what publishing the draft would do */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybooksPublishPlanResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_publish: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "note": "The first version"
                 *     }
                 */
                "application/json": {
                    note?: string;
                    draftRevision?: number;
                };
            };
        };
        responses: {
            /** @description Publish the draft as the next version */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playbook"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List every published version of a playbook, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybooksVersionsResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_restore: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
                /** @example 1 */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make an old version the draft */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playbook"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_dryRun: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "document": {
                 *         "name": "failed_payment",
                 *         "title": "Failed payment",
                 *         "steps": [
                 *           {
                 *             "id": "check",
                 *             "type": "manual",
                 *             "title": "Check the account",
                 *             "form": {
                 *               "type": "object",
                 *               "required": [
                 *                 "refund"
                 *               ],
                 *               "properties": {
                 *                 "refund": {
                 *                   "type": "boolean"
                 *                 }
                 *               }
                 *             },
                 *             "due": "PT4H"
                 *           },
                 *           {
                 *             "id": "refund",
                 *             "type": "call_tool",
                 *             "title": "Refund the payment",
                 *             "tool": "refund_payment",
                 *             "when": "${{ steps.check.output.refund = true }}",
                 *             "input": {
                 *               "paymentId": "pay_k28axcwum3",
                 *               "amount": 12.5
                 *             }
                 *           }
                 *         ]
                 *       },
                 *       "exceptionId": "0192f0c1-7a00-7000-8000-000000000004",
                 *       "answers": {
                 *         "check": {
                 *           "output": {
                 *             "refund": true
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    document: {
                        [key: string]: unknown;
                    };
                    exceptionId?: string;
                    input?: unknown;
                    /** @default {} */
                    answers?: {
                        [key: string]: {
                            outcome?: string;
                            output?: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Simulate a run of a document on an exception; nothing is called or stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybooksDryRunResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    playbooks_blastRadius: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "refund_payment",
                 *       "title": "Refund a payment",
                 *       "type": "http",
                 *       "inputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "paymentId",
                 *           "amount"
                 *         ],
                 *         "properties": {
                 *           "paymentId": {
                 *             "type": "string"
                 *           },
                 *           "amount": {
                 *             "type": "number",
                 *             "exclusiveMinimum": 0
                 *           }
                 *         }
                 *       },
                 *       "outputSchema": {
                 *         "type": "object",
                 *         "required": [
                 *           "refundId"
                 *         ]
                 *       },
                 *       "auth": {
                 *         "type": "api_key",
                 *         "in": "header",
                 *         "name": "x-api-key",
                 *         "value": "the key of the provider"
                 *       },
                 *       "config": {
                 *         "method": "POST",
                 *         "url": "https://pay.example/v1/payments/{paymentId}/refunds"
                 *       },
                 *       "idempotent": true,
                 *       "description": "In whole or in part."
                 *     }
                 */
                "application/json": components["schemas"]["ToolDefinition"];
            };
        };
        responses: {
            /** @description List what publishing this definition of a tool would break */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybooksBlastRadiusResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_list: {
        parameters: {
            query?: {
                playbookId?: string;
                version?: number;
                stepId?: string;
                stepState?: "open" | "completed" | "skipped" | "failed" | "outcome_unknown" | "dropped";
                from?: string;
                to?: string;
                /** @example 0192f0c1-7a00-7000-8000-000000000004 */
                exceptionId?: string;
                status?: "running" | "waiting" | "completed" | "failed" | "cancelled" | "open";
                q?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List runs of playbooks, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_start: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "playbookId": "failed_payment",
                 *       "exceptionId": "0192f0c1-7a00-7000-8000-000000000004"
                 *     }
                 */
                "application/json": {
                    playbookId: string;
                    exceptionId?: string;
                    input?: unknown;
                };
            };
        };
        responses: {
            /** @description Start a run of a published playbook */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a run with all its steps */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
                /** @example check */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a step of a run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Step"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_complete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
                /** @example check */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "input": {
                 *         "refund": true
                 *       },
                 *       "reason": "The order was never shipped."
                 *     }
                 */
                "application/json": {
                    outcome?: string;
                    input?: unknown;
                    reason?: string;
                    previewDigest?: string;
                    requestId?: string;
                };
            };
        };
        responses: {
            /** @description Complete a step; 409 names who completed it first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Step"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
                /** @example refund */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    input?: unknown;
                };
            };
        };
        responses: {
            /** @description Show the exact request that completing a call_tool step would send, redacted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_claim: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
                /** @example check */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "takeOver": true
                 *     }
                 */
                "application/json": {
                    /** @default false */
                    takeOver?: boolean;
                };
            };
        };
        responses: {
            /** @description Claim a step; `takeOver` takes it from the person who has claimed it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Step"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
                /** @example check */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Release a claimed step */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Step"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
                /** @example check */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "role": "operator",
                 *       "reason": "My shift ends."
                 *     }
                 */
                "application/json": {
                    role?: string;
                    user?: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Assign a step to a person or to a role */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Step"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
                /** @example check */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "I confused it with another order."
                 *     }
                 */
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Withdraw your approval of a step that still waits for others */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Step"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_sendEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "payment_settled",
                 *       "data": {
                 *         "paymentId": "pay_k28axcwum3"
                 *       }
                 *     }
                 */
                "application/json": {
                    name: string;
                    data?: unknown;
                    requestId?: string;
                };
            };
        };
        responses: {
            /** @description Send an event to a run; wait steps listen for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunsSendEventResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The provider has an incident."
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Pause a run: no step opens and none can be completed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume a paused run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_releaseRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Release a quarantined run: try once more what ended its worker */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    runs_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000007 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The customer cancelled."
                 *     }
                 */
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Cancel a run; completed steps are not undone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inbox_list: {
        parameters: {
            query?: {
                /** @example all */
                scope?: "mine" | "roles" | "all";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the steps, and the executions to approve, that wait for people, by due date */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inbox_count: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Count what waits for me or my roles, and what is overdue, each up to 1,000 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxCountResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inbox_notices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the notices that playbooks sent me, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxNoticesResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inbox_readNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "upTo": "0192f0c1-7a00-7000-8000-00000000000b"
                 *     }
                 */
                "application/json": {
                    upTo: string;
                };
            };
        };
        responses: {
            /** @description Mark a notice and all earlier ones as read */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhooks_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the endpoints that receive events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhooksListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhooks_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://hooks.example/interlock",
                 *       "eventTypes": [
                 *         "StepOpened"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** Format: uri */
                    url: string;
                    /** @default  */
                    description?: string;
                    /** @default [] */
                    eventTypes?: string[];
                };
            };
        };
        responses: {
            /** @description Add an endpoint; its signing secret is shown only once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhooks_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000008 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "description": "Tells the engine"
                 *     }
                 */
                "application/json": {
                    /** Format: uri */
                    url?: string;
                    description?: string;
                    eventTypes?: string[];
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Change, enable or disable an endpoint; disabling it fails its pending deliveries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhooks_archive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000008 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove an endpoint and keep its deliveries */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhooks_rotateSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000008 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Make a new signing secret, shown only once; the old one stays valid for a day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhooks_deliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000008 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the deliveries to an endpoint with their attempts, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhooksDeliveriesResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhooks_redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000009 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a delivery again, now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the endpoints that receive from other systems */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksListResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_create: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Payment provider",
                 *       "scheme": "standard",
                 *       "actions": [
                 *         {
                 *           "do": "open_exception",
                 *           "when": "body.type = 'payment.failed'",
                 *           "title": "Payment ${{ body.data.id }} failed",
                 *           "groupBy": "${{ body.data.id }}",
                 *           "attributes": {
                 *             "paymentId": "${{ body.data.id }}"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    /** @enum {string} */
                    scheme: "standard" | "github" | "stripe" | "slack" | "hmac" | "bearer" | "basic";
                    /** @description Of the source. Left out: Interlock makes one, unless the source does (`stripe`, `slack`) */
                    secret?: string;
                    /** @description Only of the scheme `hmac` */
                    hmac?: {
                        /**
                         * @description The header that has the signature
                         * @default x-signature
                         */
                        header?: string;
                        /**
                         * @default sha256
                         * @enum {string}
                         */
                        algorithm?: "sha256" | "sha512" | "sha1";
                        /**
                         * @default hex
                         * @enum {string}
                         */
                        encoding?: "hex" | "base64";
                        /**
                         * @description What stands before the signature, such as `sha256=`
                         * @default
                         */
                        prefix?: string;
                        /**
                         * @description The header that has the time in seconds since 1970. With it, the time, a dot and the body are signed, and old deliveries are refused
                         * @default null
                         */
                        timestampHeader?: string | null;
                    };
                    /**
                     * @description Of `hmac`, `bearer` and `basic`: the header that identifies a delivery. Without it, the same content within an hour is the same delivery
                     * @default null
                     */
                    idHeader?: string | null;
                    /** @default [] */
                    actions?: ({
                        /** @constant */
                        do: "open_exception";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        title: string;
                        description?: string;
                        domain?: string;
                        severity?: ("low" | "medium" | "high" | "critical") | string;
                        /** @description Values may be expressions */
                        attributes?: {
                            [key: string]: unknown;
                        } | string;
                        /** @description Id or email address of a member */
                        assignee?: string;
                        /** @description A key: while an exception with it is unresolved, it is counted again instead of another opened */
                        groupBy?: string;
                    } | {
                        /** @constant */
                        do: "resolve_exception";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description The key with which it was opened */
                        groupBy: string;
                        /**
                         * @default fixed
                         * @enum {string}
                         */
                        code?: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                        note?: string;
                    } | {
                        /** @constant */
                        do: "start_playbook";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description Id or name of a published playbook */
                        playbook: string;
                        /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                        exceptionId?: string;
                        input?: {
                            [key: string]: unknown;
                        } | string;
                    } | {
                        /** @constant */
                        do: "deliver_event";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description The name of the event that steps wait for */
                        event?: string;
                        /** @description Instead of an event: the id of the step that is completed */
                        step?: string;
                        /** @description With `step`: how it is completed */
                        outcome?: string;
                        /** @description Of the event, or the input of the step; left out: the body */
                        data?: unknown;
                        runId?: string;
                        /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                        exceptionId?: string;
                        /** @description The open runs of the exception that was opened with this key */
                        groupBy?: string;
                    } | {
                        /** @constant */
                        do: "execute_tool";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description Id or name of a tool */
                        tool: string;
                        payload?: {
                            [key: string]: unknown;
                        } | string;
                        /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                        exceptionId?: string;
                    })[];
                    /** @default true */
                    enabled?: boolean;
                    /**
                     * @description Deliveries over it are refused with 429
                     * @default {
                     *       "requestsPerMinute": 600,
                     *       "burst": 300
                     *     }
                     */
                    rateLimit?: {
                        requestsPerMinute: number;
                        burst: number;
                    };
                    /** @description The member who answers for what the endpoint does. It does no more than they may; by default the caller */
                    accountableUserId?: string;
                };
            };
        };
        responses: {
            /** @description Add an endpoint; a secret that Interlock makes is shown only once */
            201: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksCreateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description An ETag that the caller has: 304 without a body while it is the present one. */
                "if-none-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000031 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get an endpoint with its actions, and how many deliveries it has turned away */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksGetResult"];
                };
            };
            /** @description It is the one that If-None-Match names */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_update: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000031 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "description": "Failed payments"
                 *     }
                 */
                "application/json": {
                    name?: string;
                    description?: string;
                    /** @description Only of the scheme `hmac` */
                    hmac?: {
                        /**
                         * @description The header that has the signature
                         * @default x-signature
                         */
                        header?: string;
                        /**
                         * @default sha256
                         * @enum {string}
                         */
                        algorithm?: "sha256" | "sha512" | "sha1";
                        /**
                         * @default hex
                         * @enum {string}
                         */
                        encoding?: "hex" | "base64";
                        /**
                         * @description What stands before the signature, such as `sha256=`
                         * @default
                         */
                        prefix?: string;
                        /**
                         * @description The header that has the time in seconds since 1970. With it, the time, a dot and the body are signed, and old deliveries are refused
                         * @default null
                         */
                        timestampHeader?: string | null;
                    };
                    /** @description Of `hmac`, `bearer` and `basic`: the header that identifies a delivery. Without it, the same content within an hour is the same delivery */
                    idHeader?: string | null;
                    actions?: ({
                        /** @constant */
                        do: "open_exception";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        title: string;
                        description?: string;
                        domain?: string;
                        severity?: ("low" | "medium" | "high" | "critical") | string;
                        /** @description Values may be expressions */
                        attributes?: {
                            [key: string]: unknown;
                        } | string;
                        /** @description Id or email address of a member */
                        assignee?: string;
                        /** @description A key: while an exception with it is unresolved, it is counted again instead of another opened */
                        groupBy?: string;
                    } | {
                        /** @constant */
                        do: "resolve_exception";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description The key with which it was opened */
                        groupBy: string;
                        /**
                         * @default fixed
                         * @enum {string}
                         */
                        code?: "fixed" | "worked_around" | "not_a_problem" | "duplicate" | "gave_up";
                        note?: string;
                    } | {
                        /** @constant */
                        do: "start_playbook";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description Id or name of a published playbook */
                        playbook: string;
                        /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                        exceptionId?: string;
                        input?: {
                            [key: string]: unknown;
                        } | string;
                    } | {
                        /** @constant */
                        do: "deliver_event";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description The name of the event that steps wait for */
                        event?: string;
                        /** @description Instead of an event: the id of the step that is completed */
                        step?: string;
                        /** @description With `step`: how it is completed */
                        outcome?: string;
                        /** @description Of the event, or the input of the step; left out: the body */
                        data?: unknown;
                        runId?: string;
                        /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                        exceptionId?: string;
                        /** @description The open runs of the exception that was opened with this key */
                        groupBy?: string;
                    } | {
                        /** @constant */
                        do: "execute_tool";
                        /** @description A condition: the action is skipped unless it is true */
                        when?: string;
                        /** @description A list: the action is done once for each `item` of it */
                        forEach?: string;
                        /** @description Id or name of a tool */
                        tool: string;
                        payload?: {
                            [key: string]: unknown;
                        } | string;
                        /** @description Id or number of an exception; left out: the one that an earlier action opened, if there is one */
                        exceptionId?: string;
                    })[];
                    enabled?: boolean;
                    /** @description Deliveries over it are refused with 429 */
                    rateLimit?: {
                        requestsPerMinute: number;
                        burst: number;
                    };
                    /** @description The member who answers for what the endpoint does. It does no more than they may; by default the caller */
                    accountableUserId?: string;
                };
            };
        };
        responses: {
            /** @description Change, enable or disable an endpoint; fields that are left out stay */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksUpdateResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_archive: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000031 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove an endpoint and keep its deliveries; its URL is not found from then on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_rotateSecret: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000031 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": {
                    /** @description Of the source; left out: Interlock makes one */
                    secret?: string;
                    /**
                     * @description How long the replaced secret stays valid
                     * @default 86400
                     */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description Replace the secret; the one before stays valid for the overlap */
            200: {
                headers: {
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksRotateSecretResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            412: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000031 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "body": {
                 *         "type": "payment.failed",
                 *         "data": {
                 *           "id": "pay_k28axcwum3"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Left out: a sample of the scheme */
                    body?: unknown;
                };
            };
        };
        responses: {
            /** @description Sign a sample with the secret of an endpoint and deliver it; its actions take effect */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksTestResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_try: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "actions": [
                 *         {
                 *           "do": "open_exception",
                 *           "title": "Payment ${{ body.id }} failed"
                 *         }
                 *       ],
                 *       "body": {
                 *         "id": "pay_k28axcwum3"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description As they are written in an endpoint */
                    actions: unknown[];
                    deliveryId?: string;
                    body?: unknown;
                    headers?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Ask what actions would do with a body; nothing is changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksTryResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_templates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List ready-made actions for known sources */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksTemplatesResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_deliveries: {
        parameters: {
            query?: {
                /** @example 20 */
                limit?: number;
                cursor?: string;
                /** @example failed */
                status?: "accepted" | "processed" | "failed";
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000031 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the deliveries that an endpoint has accepted, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksDeliveriesResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000032 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a delivery with its headers, its body and the result of each action */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksDeliveryResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    inboundWebhooks_redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000032 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "repeat": false
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Also the actions that have succeeded: they take effect a second time
                     * @default false
                     */
                    repeat?: boolean;
                };
            };
        };
        responses: {
            /** @description Process a delivery again, with the actions of today; what has succeeded is not done twice */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundWebhooksRedeliverResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            409: components["responses"]["Error"];
            413: components["responses"]["Error"];
            422: components["responses"]["Error"];
            429: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    search_all: {
        parameters: {
            query?: {
                /** @example pay_k28axcwum3 */
                q?: string;
                /** @example execution,exception */
                types?: string;
                /** @example 5 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Find tools, connectors, executions, exceptions, playbooks, runs and members */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAllResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    usage_home: {
        parameters: {
            query?: {
                /** @example 30d */
                period?: "24h" | "7d" | "30d" | "90d";
                /** @example Europe/Berlin */
                timeZone?: string;
                /** @example 2031-05-04T08:00:00Z */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get what waits, what goes wrong and how much is done, compared with the period before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageHomeResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    usage_tool: {
        parameters: {
            query?: {
                /** @example 24h */
                period?: "24h" | "7d" | "30d" | "90d";
                timeZone?: string;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000001 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get how often a tool is called, how long that takes and what fails */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageToolResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    usage_connector: {
        parameters: {
            query?: {
                period?: "24h" | "7d" | "30d" | "90d";
                timeZone?: string;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000003 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get how often a connector is called, how long that takes and what fails */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageConnectorResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    usage_playbook: {
        parameters: {
            query?: {
                period?: "24h" | "7d" | "30d" | "90d";
                timeZone?: string;
            };
            header?: never;
            path: {
                /** @example 0192f0c1-7a00-7000-8000-000000000006 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get how often a playbook runs, and where its runs wait, branch and drop out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsagePlaybookResult"];
                };
            };
            400: components["responses"]["Error"];
            401: components["responses"]["Error"];
            403: components["responses"]["Error"];
            404: components["responses"]["Error"];
            422: components["responses"]["Error"];
            500: components["responses"]["Error"];
            503: components["responses"]["Error"];
        };
    };
    webhook_event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The event's ID, also in the header `webhook-id`; the same for every attempt */
                    id: string;
                    type: string;
                    /** @description When it happened, ISO 8601 */
                    timestamp: string;
                    data: {
                        subjectType: string;
                        subjectId: string;
                        exceptionId: string | null;
                        actor: {
                            /** @enum {string} */
                            type: "user" | "api_key" | "system";
                            id: string;
                            name: string;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Any status of 2xx: the event was received */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The endpoint wants no more events: it is disabled */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}

/** Where the fields of the input of each operation go. */
export const routes = {
  "me.get": {
    "method": "GET",
    "path": "/api/me"
  },
  "me.update": {
    "method": "PUT",
    "path": "/api/me"
  },
  "me.sessions": {
    "method": "GET",
    "path": "/api/me/sessions"
  },
  "me.revokeSession": {
    "method": "DELETE",
    "path": "/api/me/sessions/{sessionId}"
  },
  "me.revokeOtherSessions": {
    "method": "POST",
    "path": "/api/me/sessions/revoke-others"
  },
  "tools.list": {
    "method": "GET",
    "path": "/api/tools"
  },
  "tools.create": {
    "method": "POST",
    "path": "/api/tools",
    "body": "definition"
  },
  "tools.get": {
    "method": "GET",
    "path": "/api/tools/{id}"
  },
  "tools.uses": {
    "method": "GET",
    "path": "/api/tools/{id}/uses"
  },
  "tools.update": {
    "method": "PUT",
    "path": "/api/tools/{id}",
    "body": "definition",
    "query": [
      "force"
    ],
    "headers": {
      "if-match": "ifMatch",
      "x-change-note": "note"
    }
  },
  "tools.archive": {
    "method": "DELETE",
    "path": "/api/tools/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "tools.versions": {
    "method": "GET",
    "path": "/api/tools/{id}/versions"
  },
  "tools.restore": {
    "method": "POST",
    "path": "/api/tools/{id}/versions/{version}/restore",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "tools.diff": {
    "method": "GET",
    "path": "/api/tools/{id}/diff"
  },
  "tools.setEnabled": {
    "method": "PUT",
    "path": "/api/tools/{id}/enabled",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "tools.validate": {
    "method": "POST",
    "path": "/api/tools/{id}/validate"
  },
  "tools.checkDefinition": {
    "method": "POST",
    "path": "/api/tools/check",
    "body": "definition",
    "query": [
      "toolId"
    ]
  },
  "tools.execute": {
    "method": "POST",
    "path": "/api/tools/{id}/execute",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "tools.preview": {
    "method": "POST",
    "path": "/api/tools/{id}/preview"
  },
  "connectors.list": {
    "method": "GET",
    "path": "/api/connectors"
  },
  "connectors.create": {
    "method": "POST",
    "path": "/api/connectors",
    "body": "definition"
  },
  "connectors.get": {
    "method": "GET",
    "path": "/api/connectors/{id}"
  },
  "connectors.update": {
    "method": "PUT",
    "path": "/api/connectors/{id}",
    "body": "definition",
    "headers": {
      "if-match": "ifMatch",
      "x-change-note": "note"
    }
  },
  "connectors.archive": {
    "method": "DELETE",
    "path": "/api/connectors/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "connectors.versions": {
    "method": "GET",
    "path": "/api/connectors/{id}/versions"
  },
  "connectors.diff": {
    "method": "GET",
    "path": "/api/connectors/{id}/diff"
  },
  "connectors.restore": {
    "method": "POST",
    "path": "/api/connectors/{id}/versions/{version}/restore",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "connectors.blastRadius": {
    "method": "POST",
    "path": "/api/connectors/{id}/blast-radius",
    "body": "definition"
  },
  "connectors.check": {
    "method": "POST",
    "path": "/api/connectors/check",
    "body": "definition",
    "query": [
      "connectorId"
    ]
  },
  "connectors.describe": {
    "method": "POST",
    "path": "/api/connectors/describe"
  },
  "connectors.operations": {
    "method": "GET",
    "path": "/api/connectors/{id}/operations"
  },
  "imports.create": {
    "method": "POST",
    "path": "/api/imports"
  },
  "imports.get": {
    "method": "GET",
    "path": "/api/imports/{id}"
  },
  "imports.impact": {
    "method": "POST",
    "path": "/api/imports/{id}/impact"
  },
  "imports.createTools": {
    "method": "POST",
    "path": "/api/imports/{id}/apply"
  },
  "artifacts.create": {
    "method": "POST",
    "path": "/api/artifacts",
    "query": [
      "name"
    ]
  },
  "artifacts.get": {
    "method": "GET",
    "path": "/api/artifacts/{id}"
  },
  "templates.list": {
    "method": "GET",
    "path": "/api/templates"
  },
  "templates.get": {
    "method": "GET",
    "path": "/api/templates/{id}"
  },
  "templates.install": {
    "method": "POST",
    "path": "/api/templates/{id}/install",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "files.export": {
    "method": "GET",
    "path": "/api/files"
  },
  "files.plan": {
    "method": "POST",
    "path": "/api/files/plan"
  },
  "files.applyPlan": {
    "method": "POST",
    "path": "/api/files/apply"
  },
  "credentials.list": {
    "method": "GET",
    "path": "/api/credentials"
  },
  "credentials.create": {
    "method": "POST",
    "path": "/api/credentials",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "credentials.get": {
    "method": "GET",
    "path": "/api/credentials/{id}"
  },
  "credentials.update": {
    "method": "PUT",
    "path": "/api/credentials/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "credentials.archive": {
    "method": "DELETE",
    "path": "/api/credentials/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "credentials.test": {
    "method": "POST",
    "path": "/api/credentials/{id}/test"
  },
  "credentials.rotate": {
    "method": "POST",
    "path": "/api/credentials/{id}/rotate",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "credentials.uses": {
    "method": "GET",
    "path": "/api/credentials/{id}/uses"
  },
  "credentials.accesses": {
    "method": "GET",
    "path": "/api/credentials/{id}/accesses"
  },
  "credentials.versions": {
    "method": "GET",
    "path": "/api/credentials/{id}/versions"
  },
  "policies.list": {
    "method": "GET",
    "path": "/api/policies"
  },
  "policies.get": {
    "method": "GET",
    "path": "/api/policies/{id}"
  },
  "policies.create": {
    "method": "POST",
    "path": "/api/policies",
    "body": "policy",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "policies.update": {
    "method": "PUT",
    "path": "/api/policies/{id}",
    "body": "policy",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "policies.archive": {
    "method": "DELETE",
    "path": "/api/policies/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "policies.check": {
    "method": "POST",
    "path": "/api/policies/check",
    "body": "policy"
  },
  "policies.simulate": {
    "method": "POST",
    "path": "/api/policies/simulate"
  },
  "policies.replay": {
    "method": "POST",
    "path": "/api/policies/replay"
  },
  "limits.get": {
    "method": "GET",
    "path": "/api/limits"
  },
  "limits.putTenant": {
    "method": "PUT",
    "path": "/api/limits/tenant",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "breakers.list": {
    "method": "GET",
    "path": "/api/breakers"
  },
  "breakers.hold": {
    "method": "POST",
    "path": "/api/breakers"
  },
  "breakers.open": {
    "method": "POST",
    "path": "/api/breakers/{id}/open"
  },
  "breakers.reset": {
    "method": "POST",
    "path": "/api/breakers/{id}/reset"
  },
  "legalHolds.list": {
    "method": "GET",
    "path": "/api/legal-holds"
  },
  "legalHolds.place": {
    "method": "POST",
    "path": "/api/legal-holds",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "legalHolds.release": {
    "method": "POST",
    "path": "/api/legal-holds/{id}/release"
  },
  "personalData.people": {
    "method": "GET",
    "path": "/api/personal-data/people"
  },
  "personalData.list": {
    "method": "GET",
    "path": "/api/personal-data/searches"
  },
  "personalData.get": {
    "method": "GET",
    "path": "/api/personal-data/searches/{id}"
  },
  "personalData.search": {
    "method": "POST",
    "path": "/api/personal-data/searches"
  },
  "personalData.erase": {
    "method": "POST",
    "path": "/api/personal-data/searches/{id}/erase"
  },
  "connections.connect": {
    "method": "POST",
    "path": "/api/credentials/{id}/connect"
  },
  "connections.get": {
    "method": "GET",
    "path": "/api/credentials/{id}/connection"
  },
  "executions.list": {
    "method": "GET",
    "path": "/api/tools/executions"
  },
  "executions.get": {
    "method": "GET",
    "path": "/api/tools/executions/{id}"
  },
  "executions.cancel": {
    "method": "POST",
    "path": "/api/tools/executions/{id}/cancel"
  },
  "executions.rerun": {
    "method": "POST",
    "path": "/api/tools/executions/{id}/rerun",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "executions.release": {
    "method": "POST",
    "path": "/api/tools/executions/{id}/release"
  },
  "executions.settle": {
    "method": "POST",
    "path": "/api/tools/executions/{id}/settle"
  },
  "executions.approve": {
    "method": "POST",
    "path": "/api/tools/executions/{id}/approve"
  },
  "executions.reject": {
    "method": "POST",
    "path": "/api/tools/executions/{id}/reject"
  },
  "executions.withdraw": {
    "method": "POST",
    "path": "/api/tools/executions/{id}/withdraw"
  },
  "executions.checks": {
    "method": "GET",
    "path": "/api/tools/executions/{id}/checks"
  },
  "executions.chunks": {
    "method": "GET",
    "path": "/api/tools/executions/{id}/chunks"
  },
  "batches.list": {
    "method": "GET",
    "path": "/api/batches"
  },
  "batches.check": {
    "method": "POST",
    "path": "/api/batches/check"
  },
  "batches.create": {
    "method": "POST",
    "path": "/api/batches",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "batches.get": {
    "method": "GET",
    "path": "/api/batches/{id}"
  },
  "batches.pause": {
    "method": "POST",
    "path": "/api/batches/{id}/pause"
  },
  "batches.resume": {
    "method": "POST",
    "path": "/api/batches/{id}/resume"
  },
  "batches.cancel": {
    "method": "POST",
    "path": "/api/batches/{id}/cancel"
  },
  "batches.retryFailed": {
    "method": "POST",
    "path": "/api/batches/{id}/retry-failed"
  },
  "events.list": {
    "method": "GET",
    "path": "/api/events"
  },
  "audit.list": {
    "method": "GET",
    "path": "/api/audit"
  },
  "audit.head": {
    "method": "GET",
    "path": "/api/audit/head"
  },
  "audit.acknowledge": {
    "method": "POST",
    "path": "/api/audit/acknowledge"
  },
  "settings.encryptionKeys": {
    "method": "GET",
    "path": "/api/encryption-keys"
  },
  "settings.getEgress": {
    "method": "GET",
    "path": "/api/settings/egress"
  },
  "settings.putEgress": {
    "method": "PUT",
    "path": "/api/settings/egress",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "settings.checkEgress": {
    "method": "POST",
    "path": "/api/settings/egress/check"
  },
  "settings.getEgressReach": {
    "method": "GET",
    "path": "/api/settings/egress/reach"
  },
  "settings.getRedaction": {
    "method": "GET",
    "path": "/api/settings/redaction"
  },
  "settings.putRedaction": {
    "method": "PUT",
    "path": "/api/settings/redaction",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "settings.tryRedaction": {
    "method": "POST",
    "path": "/api/redaction/try"
  },
  "settings.getRetention": {
    "method": "GET",
    "path": "/api/settings/retention"
  },
  "settings.putRetention": {
    "method": "PUT",
    "path": "/api/settings/retention",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "settings.getRetentionDue": {
    "method": "GET",
    "path": "/api/settings/retention/due"
  },
  "exceptions.list": {
    "method": "GET",
    "path": "/api/exceptions"
  },
  "exceptions.create": {
    "method": "POST",
    "path": "/api/exceptions",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "exceptions.get": {
    "method": "GET",
    "path": "/api/exceptions/{id}"
  },
  "exceptions.update": {
    "method": "PUT",
    "path": "/api/exceptions/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "exceptions.assign": {
    "method": "POST",
    "path": "/api/exceptions/{id}/assign",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "exceptions.resolve": {
    "method": "POST",
    "path": "/api/exceptions/{id}/resolve",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "exceptions.reopen": {
    "method": "POST",
    "path": "/api/exceptions/{id}/reopen",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "exceptions.comment": {
    "method": "POST",
    "path": "/api/exceptions/{id}/comments"
  },
  "exceptions.link": {
    "method": "POST",
    "path": "/api/exceptions/{id}/links"
  },
  "exceptions.unlink": {
    "method": "DELETE",
    "path": "/api/exceptions/{id}/links/{linkId}"
  },
  "exceptions.timeline": {
    "method": "GET",
    "path": "/api/exceptions/{id}/timeline"
  },
  "exceptions.views": {
    "method": "GET",
    "path": "/api/exception-views"
  },
  "exceptions.saveView": {
    "method": "POST",
    "path": "/api/exception-views"
  },
  "exceptions.removeView": {
    "method": "DELETE",
    "path": "/api/exception-views/{id}"
  },
  "exceptions.domains": {
    "method": "GET",
    "path": "/api/exception-domains"
  },
  "exceptions.writeDomain": {
    "method": "PUT",
    "path": "/api/exception-domains/{name}"
  },
  "rules.list": {
    "method": "GET",
    "path": "/api/exception-rules"
  },
  "rules.get": {
    "method": "GET",
    "path": "/api/exception-rules/{id}"
  },
  "rules.create": {
    "method": "POST",
    "path": "/api/exception-rules",
    "body": "rule",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "rules.update": {
    "method": "PUT",
    "path": "/api/exception-rules/{id}",
    "body": "rule",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "rules.archive": {
    "method": "DELETE",
    "path": "/api/exception-rules/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "rules.reorder": {
    "method": "POST",
    "path": "/api/exception-rules/reorder"
  },
  "rules.try": {
    "method": "POST",
    "path": "/api/exception-rules/try"
  },
  "members.list": {
    "method": "GET",
    "path": "/api/members"
  },
  "members.get": {
    "method": "GET",
    "path": "/api/members/{id}"
  },
  "members.setRoles": {
    "method": "PUT",
    "path": "/api/members/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "members.remove": {
    "method": "DELETE",
    "path": "/api/members/{id}"
  },
  "invitations.list": {
    "method": "GET",
    "path": "/api/invitations"
  },
  "invitations.create": {
    "method": "POST",
    "path": "/api/invitations"
  },
  "invitations.resend": {
    "method": "POST",
    "path": "/api/invitations/{id}/resend"
  },
  "invitations.revoke": {
    "method": "DELETE",
    "path": "/api/invitations/{id}"
  },
  "apiKeys.list": {
    "method": "GET",
    "path": "/api/api-keys"
  },
  "apiKeys.create": {
    "method": "POST",
    "path": "/api/api-keys"
  },
  "apiKeys.rotate": {
    "method": "POST",
    "path": "/api/api-keys/{id}/rotate",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "apiKeys.revoke": {
    "method": "DELETE",
    "path": "/api/api-keys/{id}"
  },
  "organizations.create": {
    "method": "POST",
    "path": "/api/organizations"
  },
  "organizations.inviteAdmin": {
    "method": "POST",
    "path": "/api/organizations/{slug}/admins"
  },
  "organizations.rename": {
    "method": "PUT",
    "path": "/api/organization"
  },
  "playbooks.list": {
    "method": "GET",
    "path": "/api/playbooks"
  },
  "playbooks.create": {
    "method": "POST",
    "path": "/api/playbooks",
    "body": "document"
  },
  "playbooks.get": {
    "method": "GET",
    "path": "/api/playbooks/{id}"
  },
  "playbooks.update": {
    "method": "PUT",
    "path": "/api/playbooks/{id}",
    "body": "document",
    "headers": {
      "if-match": "ifMatch",
      "x-draft-revision": "draftRevision"
    }
  },
  "playbooks.discardDraft": {
    "method": "DELETE",
    "path": "/api/playbooks/{id}/draft",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "playbooks.archive": {
    "method": "DELETE",
    "path": "/api/playbooks/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "playbooks.check": {
    "method": "POST",
    "path": "/api/playbooks/check",
    "body": "document",
    "query": [
      "playbookId"
    ]
  },
  "playbooks.publishPlan": {
    "method": "GET",
    "path": "/api/playbooks/{id}/publish-plan"
  },
  "playbooks.publish": {
    "method": "POST",
    "path": "/api/playbooks/{id}/publish",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "playbooks.versions": {
    "method": "GET",
    "path": "/api/playbooks/{id}/versions"
  },
  "playbooks.restore": {
    "method": "POST",
    "path": "/api/playbooks/{id}/versions/{version}/restore",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "playbooks.dryRun": {
    "method": "POST",
    "path": "/api/playbooks/dry-run"
  },
  "playbooks.blastRadius": {
    "method": "POST",
    "path": "/api/tools/{id}/blast-radius",
    "body": "definition"
  },
  "runs.list": {
    "method": "GET",
    "path": "/api/playbook-runs"
  },
  "runs.start": {
    "method": "POST",
    "path": "/api/playbook-runs",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "runs.get": {
    "method": "GET",
    "path": "/api/playbook-runs/{id}"
  },
  "runs.step": {
    "method": "GET",
    "path": "/api/playbook-runs/{id}/steps/{stepId}"
  },
  "runs.complete": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/steps/{stepId}/complete",
    "key": "requestId"
  },
  "runs.preview": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/steps/{stepId}/preview"
  },
  "runs.claim": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/steps/{stepId}/claim"
  },
  "runs.release": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/steps/{stepId}/release"
  },
  "runs.assign": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/steps/{stepId}/assign"
  },
  "runs.withdraw": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/steps/{stepId}/withdraw"
  },
  "runs.sendEvent": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/events",
    "key": "requestId"
  },
  "runs.pause": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/pause"
  },
  "runs.resume": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/resume"
  },
  "runs.releaseRun": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/release"
  },
  "runs.cancel": {
    "method": "POST",
    "path": "/api/playbook-runs/{id}/cancel"
  },
  "inbox.list": {
    "method": "GET",
    "path": "/api/inbox"
  },
  "inbox.count": {
    "method": "GET",
    "path": "/api/inbox/count"
  },
  "inbox.notices": {
    "method": "GET",
    "path": "/api/inbox/notices"
  },
  "inbox.readNotices": {
    "method": "POST",
    "path": "/api/inbox/notices/read"
  },
  "webhooks.list": {
    "method": "GET",
    "path": "/api/webhooks"
  },
  "webhooks.create": {
    "method": "POST",
    "path": "/api/webhooks"
  },
  "webhooks.update": {
    "method": "PUT",
    "path": "/api/webhooks/{id}"
  },
  "webhooks.rotateSecret": {
    "method": "POST",
    "path": "/api/webhooks/{id}/rotate-secret"
  },
  "webhooks.archive": {
    "method": "DELETE",
    "path": "/api/webhooks/{id}"
  },
  "webhooks.deliveries": {
    "method": "GET",
    "path": "/api/webhooks/{id}/deliveries"
  },
  "webhooks.redeliver": {
    "method": "POST",
    "path": "/api/webhooks/deliveries/{id}/redeliver"
  },
  "inboundWebhooks.list": {
    "method": "GET",
    "path": "/api/inbound-webhooks"
  },
  "inboundWebhooks.get": {
    "method": "GET",
    "path": "/api/inbound-webhooks/{id}"
  },
  "inboundWebhooks.create": {
    "method": "POST",
    "path": "/api/inbound-webhooks",
    "headers": {
      "idempotency-key": "idempotencyKey"
    },
    "key": "idempotencyKey"
  },
  "inboundWebhooks.update": {
    "method": "PUT",
    "path": "/api/inbound-webhooks/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "inboundWebhooks.archive": {
    "method": "DELETE",
    "path": "/api/inbound-webhooks/{id}",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "inboundWebhooks.rotateSecret": {
    "method": "POST",
    "path": "/api/inbound-webhooks/{id}/rotate-secret",
    "headers": {
      "if-match": "ifMatch"
    }
  },
  "inboundWebhooks.test": {
    "method": "POST",
    "path": "/api/inbound-webhooks/{id}/test"
  },
  "inboundWebhooks.try": {
    "method": "POST",
    "path": "/api/inbound-webhooks/try"
  },
  "inboundWebhooks.templates": {
    "method": "GET",
    "path": "/api/inbound-webhooks/templates"
  },
  "inboundWebhooks.deliveries": {
    "method": "GET",
    "path": "/api/inbound-webhooks/{id}/deliveries"
  },
  "inboundWebhooks.delivery": {
    "method": "GET",
    "path": "/api/inbound-webhooks/deliveries/{id}"
  },
  "inboundWebhooks.redeliver": {
    "method": "POST",
    "path": "/api/inbound-webhooks/deliveries/{id}/redeliver"
  },
  "search.all": {
    "method": "GET",
    "path": "/api/search"
  },
  "usage.home": {
    "method": "GET",
    "path": "/api/usage/home"
  },
  "usage.tool": {
    "method": "GET",
    "path": "/api/usage/tools/{id}"
  },
  "usage.connector": {
    "method": "GET",
    "path": "/api/usage/connectors/{id}"
  },
  "usage.playbook": {
    "method": "GET",
    "path": "/api/usage/playbooks/{id}"
  }
} as const;
