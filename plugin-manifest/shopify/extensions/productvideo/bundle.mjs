// Bundles each target as Shopify's command line does, and fails if one is larger than Shopify takes.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const largest = 64 * 1024;
let tooLarge = false;

for (const target of ['ProductAction.tsx', 'BulkAction.tsx', 'ShouldRender.ts']) {
  const { outputFiles } = await build({
    entryPoints: [`src/${target}`],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  const [{ contents }] = outputFiles;
  const compressed = gzipSync(contents, { level: 9 }).length;
  console.log(`${target}: ${contents.length} bytes, ${compressed} compressed`);
  tooLarge ||= compressed > largest;
}

if (tooLarge) {
  console.error(`Shopify takes at most ${largest} compressed bytes.`);
  process.exit(1);
}
