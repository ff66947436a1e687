import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/admin.product-details.action.render';
import { render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Refused, Service, numberOf, pageOf, type Video } from './service';
import { isMoving, priceText, reasonOf, stateOf } from './words';

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
  const [price, setPrice] = useState<string | null>(null);
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
      setPrice(priceText(await service.price(product)));
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
      const now = priceText(await service.price(product));
      setPrice(now);
      // Nothing is paid for at a price that nobody has seen.
      if (now !== price) throw new Refused('The price has changed. Nothing was ordered; press again if you agree to it.');
      setVideo(await service.order(product, crypto.randomUUID()));
    });
  const told = problem || missed?.why;
  const waits = busy || price === null || isMoving(video ?? null);

  return (
    <s-admin-action heading="Product video" loading={busy && price === null}>
      <s-stack gap="base">
        {told && <s-banner tone="critical">{told}</s-banner>}
        {video !== undefined && <s-text>{stateOf(video)}</s-text>}
        {video?.problem?.merchantText && <s-text>{video.problem.merchantText}</s-text>}
        {price && <s-text>A video costs {price}.</s-text>}
        {video && (
          <s-link href={pageOf(video)} target="_blank">
            Look at it in ProductVideo
          </s-link>
        )}
      </s-stack>
      <s-button slot="primary-action" variant="primary" disabled={waits} loading={busy} onClick={order}>
        {price ? `Generate video for ${price}` : 'Generate video'}
      </s-button>
      <s-button slot="secondary-actions" onClick={() => shopify.close()}>
        Close
      </s-button>
    </s-admin-action>
  );
}
