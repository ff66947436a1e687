import { Inject, Injectable } from '@nestjs/common';
import { ConfigService, ID } from '@vendure/core';
import { Connection, connectionOf, NoConnectionCode, OPTIONS, ProductVideoOptions } from './connection';
import { idInInterfaces } from './ids';

/** A video as the service tells it, as far as it is read. */
export interface ServiceVideo {
    id: string;
    state: string;
    progress?: number | null;
    problem?: { merchantText?: string } | null;
}

/** What went wrong, in words for the merchant. */
export class ServiceProblem extends Error {}

/** Calls to ProductVideo. They go from the shop's server: its key never reaches a browser. */
@Injectable()
export class VideoService {
    constructor(
        @Inject(OPTIONS) private options: ProductVideoOptions,
        private config: ConfigService,
    ) {}

    /** @throws ServiceProblem while the shop is not connected. */
    async connection(): Promise<Connection> {
        try {
            const connection = await connectionOf(this.options);
            if (connection) {
                return connection;
            }
        } catch (e) {
            if (e instanceof NoConnectionCode) {
                throw new ServiceProblem(e.message);
            }
            throw e;
        }
        throw new ServiceProblem('This shop is not connected to ProductVideo yet. Give the plugin its connection code.');
    }

    /** @param requestKey The same one gives the same video, however often it is sent. */
    async order(productId: ID, requestKey: string): Promise<ServiceVideo> {
        const { shop } = await this.connection();
        return this.call('POST', '/api/v1/generations', { shop, product: idInInterfaces(this.config, productId) }, { 'Idempotency-Key': `vendure-${requestKey}` });
    }

    /** @returns What a video costs now, for example 0.70 USD; undefined if it is free. */
    async priceOf(productId: ID): Promise<string | undefined> {
        const { shop } = await this.connection();
        const preview = await this.call<{ price?: { amount?: number; currency?: string } }>(
            'POST', `/api/v1/products/${encodeURIComponent(shop)}/${encodeURIComponent(idInInterfaces(this.config, productId))}/preview`, {},
        );
        const amount = Number(preview.price?.amount ?? 0);
        return amount > 0 ? `${amount.toFixed(2)} ${preview.price?.currency ?? ''}` : undefined;
    }

    /** @returns The product's newest video; undefined if it has none. */
    async latest(productId: ID): Promise<ServiceVideo | undefined> {
        const { shop } = await this.connection();
        const query = new URLSearchParams({ shop, product: idInInterfaces(this.config, productId), take: '1' });
        return (await this.call<{ items?: ServiceVideo[] }>('GET', `/api/v1/generations?${query}`)).items?.[0];
    }

    private async call<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
        const { url, key } = await this.connection();
        let answer: Response;
        try {
            answer = await fetch(url + path, {
                method,
                redirect: 'manual',
                signal: AbortSignal.timeout(15_000),
                headers: { ...headers, Authorization: `Bearer ${key}`, Accept: 'application/json', 'Content-Type': 'application/json' },
                body: body && JSON.stringify(body),
            });
        } catch {
            throw new ServiceProblem('ProductVideo can’t be reached just now. Nothing was lost; try again in a moment.');
        }
        const told = (await answer.json().catch(() => undefined)) as any;
        if (answer.ok && told) {
            return told;
        }
        if (answer.status === 401 || answer.status === 403) {
            throw new ServiceProblem('ProductVideo does not accept this shop’s key. Make a new connection code there and give it to the plugin.');
        }
        // The service's own words for the merchant.
        throw new ServiceProblem(told?.detail || told?.title || 'ProductVideo did not answer as expected. Check the address in the connection code.');
    }
}
