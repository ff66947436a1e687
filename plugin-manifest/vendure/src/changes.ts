import { createHmac, randomUUID } from 'node:crypto';
import { Inject, Injectable, OnModuleInit } from '@nestjs/common';
import { ConfigService, EventBus, ID, JobQueue, JobQueueService, Logger, ProductEvent, ProductVariantEvent } from '@vendure/core';
import { connectionOf, OPTIONS, ProductVideoOptions } from './connection';
import { idInInterfaces } from './ids';

interface Change {
    /** The same for each try, so that it counts once. */
    delivery: string;
    type: 'product.created' | 'product.updated' | 'product.deleted';
    ids: string[];
}

/**
 * Tells ProductVideo which products changed, signed as standardwebhooks.com has it. It is a hint: the service reads the product itself, and
 * looks through the shop from time to time anyway. What this plugin writes is in tables of its own and raises none of these events.
 */
@Injectable()
export class Changes implements OnModuleInit {
    private queue: JobQueue<Change>;

    constructor(
        private events: EventBus,
        private jobs: JobQueueService,
        private config: ConfigService,
        @Inject(OPTIONS) private options: ProductVideoOptions,
    ) {}

    async onModuleInit(): Promise<void> {
        this.queue = await this.jobs.createQueue({ name: 'productvideo-changes', process: job => this.send(job.data) });
        this.events.ofType(ProductEvent).subscribe(event => this.hear(`product.${event.type}`, [event.entity.id]));
        this.events.ofType(ProductVariantEvent).subscribe(event => this.hear('product.updated', event.entity.map(variant => variant.productId)));
    }

    /** What can't be told ends nothing: it is a hint. */
    private hear(type: Change['type'], products: Array<ID | undefined>): void {
        this.tell(type, products).catch(e => Logger.warn(`ProductVideo is not told of ${type}: ${e instanceof Error ? e.message : e}`, 'ProductVideo'));
    }

    private async tell(type: Change['type'], products: Array<ID | undefined>): Promise<void> {
        if (!this.options.webhookSecret || !(await connectionOf(this.options).catch(() => undefined))) {
            return;
        }
        const ids = [...new Set(products.filter((id): id is ID => id != null).map(id => idInInterfaces(this.config, id)))];
        if (ids.length > 0) {
            await this.queue.add({ delivery: randomUUID(), type, ids }, { retries: 5 });
        }
    }

    private async send(change: Change): Promise<string> {
        const connection = await connectionOf(this.options);
        if (!connection || !this.options.webhookSecret) {
            return 'not connected';
        }
        const body = JSON.stringify({ type: change.type, timestamp: new Date().toISOString(), data: { ids: change.ids } });
        const time = Math.floor(Date.now() / 1000).toString();
        const key = Buffer.from(this.options.webhookSecret.replace(/^whsec_/, ''), 'base64');
        const answer = await fetch(`${connection.url}/webhooks/shop/${encodeURIComponent(connection.shop)}`, {
            method: 'POST',
            redirect: 'manual',
            signal: AbortSignal.timeout(15_000),
            headers: {
                'Content-Type': 'application/json',
                'webhook-id': change.delivery,
                'webhook-timestamp': time,
                'webhook-signature': 'v1,' + createHmac('sha256', key).update(`${change.delivery}.${time}.${body}`).digest('base64'),
            },
            body,
        });
        if (!answer.ok) {
            throw new Error(`ProductVideo answered ${answer.status} to what changed.`);
        }
        return `${answer.status}`;
    }
}
