// The shop and its worker in one process. With "fill", fills an empty database with Vendure's sample shop and ends.
import path from 'node:path';
import { bootstrap, JobQueueService } from '@vendure/core';
import { populate } from '@vendure/core/cli';
import { config, sampleData } from './vendure-config';

async function start() {
    const app = await bootstrap(config);
    await app.get(JobQueueService).start();
    return app;
}

async function main() {
    if (process.argv[2] !== 'fill') {
        await start();
        console.log('SHOP READY');
        return;
    }
    const app = await populate(start, path.join(sampleData, 'initial-data.json'), path.join(sampleData, 'products.csv'));
    await app.close();
    process.exit(0);
}

main().catch(e => {
    console.error(e);
    process.exit(1);
});
