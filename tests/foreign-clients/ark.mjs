// node ark.mjs ADDRESS KEY MODEL: one video by @ai-sdk/bytedance; prints what it made of the answers as one line of JSON.
import { createByteDance } from '@ai-sdk/bytedance';

const [address, apiKey, model] = process.argv.slice(2);
try {
  const made = await createByteDance({ apiKey, baseURL: address }).video(model).doGenerate({
    prompt: 'A slow push-in on the lamp.',
    n: 1,
    duration: 5,
    resolution: '1280x720',
    image: { type: 'file', mediaType: 'image/jpeg', data: new Uint8Array([0xff, 0xd8, 0xff, 0xe0]) },
    providerOptions: { bytedance: { pollIntervalMs: 10, watermark: false, generateAudio: false } },
  });
  console.log(JSON.stringify({ videos: made.videos, warnings: made.warnings }));
} catch (error) {
  console.log(JSON.stringify({ error: error.name, message: error.message, status: error.statusCode }));
}
