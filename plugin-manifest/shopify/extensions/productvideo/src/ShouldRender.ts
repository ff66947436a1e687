import type { Api, Output } from '@shopify/ui-extensions/admin.product-details.action.should-render';

declare const shopify: Api;

/** There is a video to be made of one product that has been saved. */
export default async (): Promise<Awaited<Output>> => ({ display: shopify.data.selected.length === 1 });
