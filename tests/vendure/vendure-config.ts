import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AssetServerPlugin } from '@vendure/asset-server-plugin';
import { DefaultJobQueuePlugin, DefaultLogger, DefaultSearchPlugin, dummyPaymentHandler, LogLevel, VendureConfig } from '@vendure/core';
import { DashboardPlugin } from '@vendure/dashboard/plugin';
import { ProductVideoPlugin } from 'productvideo-vendure';

const port = Number(process.env.SHOP_PORT ?? 3000);
const folder = process.env.SHOP_FOLDER ?? process.cwd();

/** Beside the shop's data, so that a test connects the shop while it runs. */
const connectionCode = () => readFile(path.join(folder, 'connection.txt'), 'utf8').catch(() => undefined);

export const sampleData = path.join(path.dirname(require.resolve('@vendure/create/package.json')), 'assets');

export const config: VendureConfig = {
    apiOptions: { hostname: '127.0.0.1', port, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
    authOptions: {
        tokenMethod: ['bearer', 'api-key'],
        superadminCredentials: { identifier: 'superadmin', password: 'a password for tests' },
        cookieOptions: { secret: 'a secret for tests' },
    },
    dbConnectionOptions: { type: 'sqljs', location: path.join(folder, 'shop.sqljs'), autoSave: true, synchronize: true, logging: false },
    importExportOptions: { importAssetsDir: path.join(sampleData, 'images') },
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
    logger: new DefaultLogger({ level: LogLevel.Info, timestamp: true }),
    plugins: [
        AssetServerPlugin.init({ route: 'assets', assetUploadDir: path.join(folder, 'assets'), assetUrlPrefix: `http://127.0.0.1:${port}/assets/` }),
        DefaultJobQueuePlugin.init({ pollInterval: 200 }),
        DefaultSearchPlugin.init({ bufferUpdates: false }),
        DashboardPlugin.init({ route: 'dashboard', appDir: path.join(process.cwd(), 'dashboard') }),
        ProductVideoPlugin.init({ connectionCode, webhookSecret: process.env.SHOP_WEBHOOK_SECRET }),
    ],
};
