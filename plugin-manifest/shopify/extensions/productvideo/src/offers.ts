import type { Cost, Price } from './service';

export interface Offer {
  product: string;
  cost: Cost;
  /** One for one order, however often it is sent. */
  key: string;
}

/** What is agreed to with such a cost: one amount for each currency, none where it can cost nothing. */
export const agreedTo = ({ price, upTo }: Cost): Price[] =>
  price.amount > 0 && !upTo.some(({ currency }) => currency === price.currency) ? [price, ...upTo] : upTo;

/** What they cost together, for each currency; what is free is left out. */
export const sum = (offers: readonly Offer[]): Price[] => together(offers.map(({ cost }) => cost.price));

/** The most that they cost together where other providers have to make them; empty where that is no more. */
export const most = (offers: readonly Offer[]): Price[] =>
  offers.some(({ cost }) => cost.upTo.length > 0) ? together(offers.flatMap(({ cost }) => agreedTo(cost))) : [];

function together(prices: readonly Price[]): Price[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of prices) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].filter(([, amount]) => amount > 0).map(([currency, amount]) => ({ currency, amount }));
}
