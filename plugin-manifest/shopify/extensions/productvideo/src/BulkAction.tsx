import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/admin.product-index.selection-action.render';
import { render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Service, numberOf } from './service';
import { most, sum, type Offer } from './offers';
import { costText, priceText, reasonOf } from './words';

declare const shopify: Api;

export default async (): Promise<void> => {
  render(<BulkAction />, document.body);
};

function BulkAction() {
  const products = useMemo(() => shopify.data.selected.map(({ id }) => numberOf(id)), []);
  const service = useMemo(() => new Service(() => shopify.auth.idToken()), []);
  const [offers, setOffers] = useState<Offer[]>([]);
  const [ordered, setOrdered] = useState(0);
  const [wanted, setWanted] = useState(0);
  const [problems, setProblems] = useState<string[]>([]);
  const [stage, setStage] = useState<'asking' | 'asked' | 'ordering' | 'changed' | 'done'>('asking');

  const tell = (refused: unknown): void => setProblems((told) => [...new Set([...told, reasonOf(refused)])]);

  // One after the other: a hundred questions at once would only wait for each other.
  useEffect(() => {
    void (async () => {
      for (const product of products) {
        try {
          const cost = await service.cost(product);
          setOffers((told) => [...told, { product, cost, key: crypto.randomUUID() }]);
        } catch (refused) {
          tell(refused);
        }
      }
      setStage('asked');
    })();
  }, []);

  const order = async (): Promise<void> => {
    setStage('ordering');
    setWanted(ordered + offers.length);
    const changed: Offer[] = [];
    for (const offer of offers) {
      try {
        const cost = await service.cost(offer.product);
        // Nothing is paid for at a price that nobody has seen.
        if (costText(cost) !== costText(offer.cost)) {
          changed.push({ ...offer, cost });
          continue;
        }
        await service.order(offer.product, cost, offer.key);
        setOrdered((count) => count + 1);
      } catch (refused) {
        tell(refused);
      }
    }
    if (changed.length > 0) setOffers(changed);
    setStage(changed.length > 0 ? 'changed' : 'done');
  };

  const cost = sum(offers).map(priceText).join(' and ');
  const more = most(offers).map(priceText).join(' and ');
  const together = (cost ? `Together they cost ${cost}` : 'They cost nothing') + (more ? `, or up to ${more} if other providers have to make them.` : '.');

  return (
    <s-admin-action heading="Product videos" loading={stage === 'asking'}>
      <s-stack gap="base">
        {problems.map((problem) => (
          <s-banner key={problem} tone="critical">
            {problem}
          </s-banner>
        ))}
        {stage === 'asking' && <s-text>{`Asking for prices: ${offers.length} of ${products.length}`}</s-text>}
        {stage === 'asked' && <s-text>{`${offers.length} of ${products.length} products can have a video. ${together}`}</s-text>}
        {stage === 'ordering' && <s-text>{`Ordered: ${ordered} of ${wanted}`}</s-text>}
        {stage === 'changed' && <s-text>{`${ordered} videos were ordered. For the other ${offers.length} the price has changed. ${together}`}</s-text>}
        {stage === 'done' && <s-text>{`${ordered} videos were ordered. They wait for your review in ProductVideo when they are made.`}</s-text>}
      </s-stack>
      <s-button slot="primary-action" variant="primary" disabled={(stage !== 'asked' && stage !== 'changed') || offers.length === 0} loading={stage === 'ordering'} onClick={order}>
        {cost ? `Generate for ${cost}` : 'Generate videos'}
      </s-button>
      <s-button slot="secondary-actions" onClick={() => shopify.close()}>
        Close
      </s-button>
    </s-admin-action>
  );
}
