# One image for api, worker and web; INTERLOCK_ROLES chooses. The server side runs from its sources.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx vite build --config web/vite.config.ts
# The workflow bundle is built ahead: it is kept by its content, and found at the start.
RUN node -e "import('./worker/workflow-bundle.ts').then((bundle) => bundle.workflowBundle())"
RUN npm prune --omit=dev --no-audit --no-fund && sh deploy/slim-modules.sh
# Everything that processes load is still there, Temporal's native bridge included.
RUN NODE_ENV=production node -e "Promise.all([import('./api/compose.ts'), import('./api/server.ts'), import('./api/web-server.ts')]).then(() => { require('@temporalio/worker').Runtime.instance(); process.exit(); })"

FROM node:24-bookworm-slim
# Temporal's client trusts the system's certificates, and the slim image has none.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
# From outside, a container is reached by its own address only.
ENV NODE_ENV=production INTERLOCK_HOST=0.0.0.0
WORKDIR /app
# Owned by root: the processes write nothing here, not even their own code.
COPY --from=build /app /app
USER node
EXPOSE 4400
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.INTERLOCK_PORT || 4400) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "api/main.ts"]
