import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/admin.product-details.action.render';
import { render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Refused, Service, numberOf, pageOf, type Cost, type Video } from './service';
import { costText, isMoving, priceText, reasonOf, stateOf } from './words';

declare const shopify: Api;

const often = 3000;
const seldom = 15_000;

export default async (): Promise<void> => {
  render(<ProductAction />, document.body);
};

function ProductAction() {
  const product = numberOf(shopify.data.selected[0]?.id ?? '');
  const service = useMemo(() => new Service(() => shopify.auth.idToken()), []);
  // Undefined until the service has said.
  const [video, setVideo] = useState<Video | null>();
  const [cost, setCost] = useState<Cost | null>(null);
  const [problem, setProblem] = useState('');
  // Why the last look failed.
  const [missed, setMissed] = useState<{ why: string } | null>(null);
  const [busy, setBusy] = useState(true);

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await work();
    } catch (refused) {
      setProblem(reasonOf(refused));
    } finally {
      setBusy(false);
    }
  };

  useEffect(() => {
    void attempt(async () => {
      setVideo(await service.latest(product));
      setCost(await service.cost(product));
    });
  }, [product]);

  useEffect(() => {
    if (!video || !isMoving(video)) return;
    const look = async (): Promise<void> => {
      try {
        setVideo(await service.video(video.id));
        setMissed(null);
      } catch (refused) {
        // It goes on being made, so it is looked at again.
        setMissed({ why: reasonOf(refused) });
      }
    };
    const timer = setTimeout(look, missed ? seldom : often);
    return () => clearTimeout(timer);
  }, [video, missed]);

  const order = () =>
    attempt(async () => {
      const now = await service.cost(product);
      setCost(now);
      // Nothing is paid for at a price that nobody has seen.
      if (cost === null || costText(now) !== costText(cost)) throw new Refused('The price has changed. Nothing was ordered; press again if you agree to it.');
      setVideo(await service.order(product, now, crypto.randomUUID()));
    });
  const told = problem || missed?.why;
  const text = cost && costText(cost);
  const waits = busy || cost === null || isMoving(video ?? null);

  return (
    <s-admin-action heading="Product video" loading={busy && cost === null}>
      <s-stack gap="base">
        {told && <s-banner tone="critical">{told}</s-banner>}
        {video !== undefined && <s-text>{stateOf(video)}</s-text>}
        {video?.problem?.merchantText && <s-text>{video.problem.merchantText}</s-text>}
        {text && <s-text>A video costs {text}.</s-text>}
        {video && (
          <s-link href={pageOf(video)} target="_blank">
            Look at it in ProductVideo
          </s-link>
        )}
      </s-stack>
      <s-button slot="primary-action" variant="primary" disabled={waits} loading={busy} onClick={order}>
        {cost && cost.price.amount > 0 ? `Generate video for ${priceText(cost.price)}` : 'Generate video'}
      </s-button>
      <s-button slot="secondary-actions" onClick={() => shopify.close()}>
        Close
      </s-button>
    </s-admin-action>
  );
}
