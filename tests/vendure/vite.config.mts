import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vendureDashboardPlugin } from '@vendure/dashboard/vite';
import { defineConfig } from 'vite';

export default defineConfig({
    base: '/dashboard',
    build: { outDir: resolve('dashboard'), emptyOutDir: true },
    plugins: [
        vendureDashboardPlugin({
            vendureConfigPath: pathToFileURL('./vendure-config.ts'),
            api: { host: 'auto', port: 'auto' },
            gqlOutputPath: './gql',
            pluginPackageScanner: { nodeModulesRoot: resolve('node_modules') },
        }),
    ],
});
