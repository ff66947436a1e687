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

export interface Price {
    amount: number;
    currency: string;
}

/** What a video costs: in words, undefined where nobody can cost anything; and what is agreed to with them, an amount for each currency. */
export interface Cost {
    text?: string;
    agreed: Price[];
}

const textOf = ({ amount, currency }: Price) => `${amount.toFixed(2)} ${currency}`;

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

    /**
     * @param requestKey The same one gives the same video, however often it is sent.
     * @param agreed As costOf tells it: nobody who costs more makes it, not even where another has failed.
     */
    async order(productId: ID, requestKey: string, agreed: Price[]): Promise<ServiceVideo> {
        const { shop } = await this.connection();
        const body = { shop, product: idInInterfaces(this.config, productId), agreed };
        return this.call('POST', '/api/v1/generations', body, { 'Idempotency-Key': `vendure-${requestKey}` });
    }

    /** @returns What a video costs now, for example 0.70 USD. */
    async costOf(productId: ID): Promise<Cost> {
        const { shop } = await this.connection();
        const { price, upTo = [] } = await this.call<{ price: Price; upTo?: Price[] }>(
            'POST', `/api/v1/products/${encodeURIComponent(shop)}/${encodeURIComponent(idInInterfaces(this.config, productId))}/preview`, {},
        );
        const agreed = price.amount > 0 && !upTo.some(({ currency }) => currency === price.currency) ? [price, ...upTo] : upTo;
        if (agreed.length === 0) {
            return { agreed };
        }
        return { text: textOf(price) + (upTo.length > 0 ? `, or up to ${upTo.map(textOf).join(' or ')} if another provider has to make it` : ''), agreed };
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
