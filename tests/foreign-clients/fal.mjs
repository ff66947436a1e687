// node fal.mjs ADDRESS KEY MODEL [cancel]: one video by fal's own client; prints what it made of the answers as one line of JSON.
import { createFalClient } from '@fal-ai/client';

const [address, credentials, model, cancel] = process.argv.slice(2);
// It has no setting for another address, but lets every request be changed on its way.
const fal = createFalClient({
  credentials,
  requestMiddleware: async (request) => ({ ...request, url: request.url.replace('https://queue.fal.run', address) }),
});
try {
  const made = await fal.queue.submit(model, {
    input: { prompt: 'A slow push-in on the lamp.', image_url: 'data:image/jpeg;base64,/9j/4A==', duration: '5', resolution: '720p' },
  });
  const requestId = made.request_id;
  if (cancel) await fal.queue.cancel(model, { requestId });
  const status = await fal.queue.status(model, { requestId });
  const result = status.status === 'COMPLETED' ? await fal.queue.result(model, { requestId }) : undefined;
  console.log(JSON.stringify({ made, status, result }));
} catch (error) {
  console.log(JSON.stringify({ error: error.name, status: error.status, fields: error.fieldErrors, body: error.body }));
}
