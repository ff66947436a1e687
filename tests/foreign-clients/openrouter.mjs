// node openrouter.mjs ADDRESS KEY MODEL: one video by OpenRouter's own SDK; prints what it made of the answers as one line of JSON.
import { OpenRouter } from '@openrouter/sdk';

const [serverURL, apiKey, model] = process.argv.slice(2);
// Otherwise it sends a paid order again for as long as an hour.
const once = { retries: { strategy: 'none' } };
const router = new OpenRouter({ apiKey, serverURL, retryConfig: once.retries });
try {
  const listed = await router.videoGeneration.listVideosModels({}, once);
  const key = await router.apiKeys.getCurrentKeyMetadata({}, once);
  const made = await router.videoGeneration.generate({
    videoGenerationRequest: {
      model, prompt: 'A slow push-in on the lamp.', duration: 5, resolution: '720p', aspectRatio: '16:9', generateAudio: false, seed: 7,
      frameImages: [{ type: 'image_url', imageUrl: { url: 'data:image/jpeg;base64,/9j/4A==' }, frameType: 'first_frame' }],
    },
  }, once);
  const task = await router.videoGeneration.getGeneration({ jobId: made.id }, once);
  const bytes = task.status === 'completed'
    ? (await new Response(await router.videoGeneration.getVideoContent({ jobId: made.id, index: 0 }, once)).arrayBuffer()).byteLength : null;
  console.log(JSON.stringify({ listed: listed.data, key: key.data, made, task, bytes }));
} catch (error) {
  console.log(JSON.stringify({ error: error.constructor.name, message: error.message, status: error.statusCode }));
}
