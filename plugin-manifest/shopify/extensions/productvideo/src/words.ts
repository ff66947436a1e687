import type { Cost, Price, Video } from './service';

const states: Record<string, string> = {
  Planned: 'Waiting to be made',
  Submitting: 'Waiting to be made',
  Rendering: 'Being made',
  Fetching: 'Being checked',
  AwaitingReview: 'Ready for your review',
  Publishing: 'On its way to the listing',
  Published: 'On the listing',
  Withdrawing: 'Being taken off the listing',
  Withdrawn: 'Taken off the listing',
  Rejected: 'Rejected',
  Cancelled: 'Cancelled',
  Failed: 'It could not be made',
  InDoubt: 'Needs your decision',
};

const moving = ['Planned', 'Submitting', 'Rendering', 'Fetching', 'Publishing', 'Withdrawing'];

export const isMoving = (video: Video | null): boolean => video !== null && moving.includes(video.state);

export function stateOf(video: Video | null): string {
  if (!video) return 'No video yet';
  const text = states[video.state] ?? video.state;
  return video.state === 'Rendering' && video.progress ? `${text} · ${Math.floor(100 * video.progress)} %` : text;
}

/** What went wrong, in words for whoever pressed. */
export const reasonOf = (refused: unknown): string => (refused instanceof Error ? refused.message : String(refused));

export const priceText = (price: Price): string => `${price.amount.toFixed(2)} ${price.currency}`;

/** Empty for what is free whoever makes it. */
export function costText({ price, upTo }: Cost): string {
  if (price.amount === 0 && upTo.length === 0) return '';
  return priceText(price) + (upTo.length > 0 ? `, or up to ${upTo.map(priceText).join(' or ')} if another provider has to make it` : '');
}
