/** The token under which the plugin's options are provided. */
export const OPTIONS = Symbol('productvideo-options');

export interface ProductVideoOptions {
    /**
     * What `keys create --connect` of ProductVideo printed. It holds the service's address and a key, so it belongs into the environment.
     * A function is asked each time, for a store of secrets.
     */
    connectionCode?: string | (() => string | undefined | Promise<string | undefined>);
    /** Signs what this shop tells of changed products: `whsec_` and base64, the same as in ProductVideo's settings. Without it nothing is told. */
    webhookSecret?: string;
}

/** Where the service is, and the key that it gave this shop. */
export interface Connection {
    url: string;
    key: string;
    shop: string;
}

/** @returns undefined while no code was given. */
export async function connectionOf(options: ProductVideoOptions): Promise<Connection | undefined> {
    const given = options.connectionCode;
    const code = (typeof given === 'function' ? await given() : given)?.trim();
    return code ? readCode(code) : undefined;
}

/** Base64url of JSON with url, key and shop. */
export function readCode(code: string): Connection {
    let read: unknown;
    try {
        read = JSON.parse(Buffer.from(code, 'base64url').toString('utf8'));
    } catch {
        read = undefined;
    }
    const { url, key, shop } = (read ?? {}) as Record<string, unknown>;
    if (typeof url !== 'string' || !/^https?:\/\//.test(url) || typeof key !== 'string' || !key || typeof shop !== 'string' || !shop) {
        throw new NoConnectionCode();
    }
    return { url: url.replace(/\/+$/, ''), key, shop };
}

export class NoConnectionCode extends Error {
    constructor() {
        super('That is no connection code of ProductVideo. Copy it whole.');
    }
}
