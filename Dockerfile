# One image for api, worker and web; INTERLOCK_ROLES chooses. The server side runs from its sources.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx vite build --config web/vite.config.ts
# The workflow bundle is built ahead: it is kept by its content, and found at the start.
RUN node -e "import('./worker/workflow-bundle.ts').then((bundle) => bundle.workflowBundle())"
RUN npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
# Temporal's client trusts the system's certificates, and the slim image has none.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
# Owned by root: the processes write nothing here, not even their own code.
COPY --from=build /app /app
USER node
EXPOSE 4400
CMD ["node", "api/main.ts"]
