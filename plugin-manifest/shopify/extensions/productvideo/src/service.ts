// Calls to the ProductVideo service. Each carries the token that Shopify gives to whoever is signed in here; no key of ours is in this code.
import { agreedTo } from './offers';
import { service, shop } from './settings';

export interface Video {
  id: string;
  state: string;
  progress?: number | null;
  problem?: { merchantText?: string } | null;
}

export interface Price {
  amount: number;
  currency: string;
}

export interface Cost {
  price: Price;
  /** The most that a provider costs who would take over, one for each currency; empty where none costs more. */
  upTo: Price[];
}

type IdToken = () => Promise<string | null>;

export class Refused extends Error {}

/** Shopify's id of a product as the service knows it: the number at the end. */
export const numberOf = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);

export const pageOf = (video: Video): string => `${service}/videos/${encodeURIComponent(video.id)}`;

export class Service {
  constructor(private readonly idToken: IdToken) {}

  /** The product's newest video; null if it has none. */
  async latest(product: string): Promise<Video | null> {
    const query = new URLSearchParams({ shop, product, take: '1' });
    const page = await this.call<{ items: Video[] }>('GET', `/api/v1/generations?${query}`);
    return page.items[0] ?? null;
  }

  /** What a video of the product costs now. */
  async cost(product: string): Promise<Cost> {
    const path = `/api/v1/products/${encodeURIComponent(shop)}/${encodeURIComponent(product)}/preview`;
    const { price, upTo } = await this.call<Cost>('POST', path, {});
    return { price, upTo };
  }

  video(id: string): Promise<Video> {
    return this.call('GET', `/api/v1/generations/${encodeURIComponent(id)}`);
  }

  /**
   * @param cost What was shown: nobody who costs more makes it, not even where another has failed.
   * @param key One for one press of the button: sent twice, it still orders one video.
   */
  order(product: string, cost: Cost, key: string): Promise<Video> {
    return this.call('POST', '/api/v1/generations', { shop, product, agreed: agreedTo(cost) }, { 'Idempotency-Key': key });
  }

  private async call<T>(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
    const token = await this.idToken();
    if (!token) throw new Refused('Shopify does not say who you are. Load this page again.');
    let answer: Response;
    try {
      answer = await fetch(service + path, {
        method,
        headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}), ...headers },
        body: body ? JSON.stringify(body) : undefined,
      });
    } catch {
      throw new Refused('ProductVideo can’t be reached just now. Nothing was lost; try again in a moment.');
    }
    const told = (await answer.json().catch(() => null)) as (T & { detail?: string }) | null;
    if (answer.ok && told) return told;
    if (answer.status === 401 || answer.status === 403)
      throw new Refused('ProductVideo does not let this shop’s staff in. Whoever runs it switches the button in Shopify’s admin on under this shop’s settings.');
    throw new Refused(told?.detail ?? 'ProductVideo did not answer as expected. Check its address in the extension’s settings.');
  }
}
