// node dashscope.mjs ADDRESS KEY MODEL: one video by @ai-sdk/alibaba; prints what it made of the answers as one line of JSON.
import { createAlibaba } from '@ai-sdk/alibaba';

const [address, apiKey, model] = process.argv.slice(2);
const alibaba = createAlibaba({ apiKey, videoBaseURL: address });
try {
  const made = await alibaba.video(model).doGenerate({
    prompt: 'A slow push-in on the mug.',
    n: 1,
    duration: 5,
    resolution: '1280x720',
    aspectRatio: undefined,
    fps: undefined,
    seed: 7,
    frameImages: [{ frameType: 'first_frame', image: { type: 'file', mediaType: 'image/jpeg', data: new Uint8Array([0xff, 0xd8, 0xff, 0xe0]) } }],
    providerOptions: { alibaba: { pollIntervalMs: 10, watermark: false, audio: false } },
  });
  console.log(JSON.stringify({ videos: made.videos, warnings: made.warnings }));
} catch (error) {
  console.log(JSON.stringify({ error: error.name, message: error.message, status: error.statusCode }));
}
