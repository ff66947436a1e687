import type { Price } from './service';

export interface Offer {
  product: string;
  price: Price;
  /** One for one order, however often it is sent. */
  key: string;
}

/** What they cost together, for each currency; what is free is left out. */
export function sum(offers: readonly Offer[]): Price[] {
  const sums = new Map<string, number>();
  for (const { price } of offers) sums.set(price.currency, (sums.get(price.currency) ?? 0) + price.amount);
  return [...sums].filter(([, amount]) => amount > 0).map(([currency, amount]) => ({ currency, amount }));
}
