// node gemini.mjs ADDRESS KEY MODEL: one video by Google's own SDK; prints what it made of the answers as one line of JSON.
import { GoogleGenAI } from '@google/genai';

const [address, apiKey, model] = process.argv.slice(2);
const google = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: address, retryOptions: { attempts: 1 } } });
try {
  const made = await google.interactions.create({
    model, background: true, store: true,
    input: [{ type: 'text', text: 'A slow push-in on the lamp.' }, { type: 'image', data: '/9j/4A==', mime_type: 'image/jpeg' }],
    response_format: { type: 'video', aspect_ratio: '16:9', duration: '5s', resolution: '720p', delivery: 'uri' },
    generation_config: { video_config: { task: 'image_to_video' } },
    labels: { productvideo: 'abc' },
  });
  const read = await google.interactions.get(made.id);
  const after = read.status === 'queued' ? await google.interactions.cancel(made.id) : undefined;
  const steps = (read.steps ?? []).flatMap((step) => (step.type === 'model_output' ? step.content : []));
  console.log(JSON.stringify({ made, read, after, video: steps.find((content) => content.type === 'video') }));
} catch (error) {
  console.log(JSON.stringify({ error: error.constructor.name, message: error.message, status: error.status ?? error.statusCode ?? error.code }));
}
