// node videos.mjs ADDRESS KEY MODEL SIZE: one video by npm's openai; prints what it made of the answers as one line of JSON.
import OpenAI, { toFile } from 'openai';

const [address, apiKey, model, size] = process.argv.slice(2);
const openai = new OpenAI({ apiKey, baseURL: `${address}/v1`, maxRetries: 0 });
try {
  // The first bytes of a PNG: its size is all that is looked at.
  const [width, height] = size.split('x').map(Number);
  const png = Buffer.alloc(33);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(png);
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  const made = await openai.videos.create({
    model, prompt: 'A slow push-in on the mug.', seconds: '4', size: '1280x720', input_reference: await toFile(png, 'mug.png', { type: 'image/png' }),
  });
  const read = await openai.videos.retrieve(made.id);
  const clip = read.status === 'completed' ? await (await openai.videos.downloadContent(made.id)).arrayBuffer() : undefined;
  const listed = [];
  for await (const video of openai.videos.list({ limit: 1 })) listed.push(video.id);
  console.log(JSON.stringify({ made, read, bytes: clip?.byteLength, listed }));
} catch (error) {
  console.log(JSON.stringify({ error: error.constructor.name, message: error.message, status: error.status, code: error.code }));
}
