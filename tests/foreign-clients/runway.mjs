// node runway.mjs ADDRESS KEY MODEL: one video by Runway's own SDK; prints what it made of the answers as one line of JSON.
import RunwayML from '@runwayml/sdk';

const [address, apiKey, model] = process.argv.slice(2);
const runway = new RunwayML({ apiKey, baseURL: address, maxRetries: 0 });
try {
  const account = await runway.organization.retrieve();
  const made = await runway.imageToVideo.create({
    model, promptText: 'A slow push-in on the lamp.', promptImage: 'data:image/jpeg;base64,/9j/4A==', ratio: '960:960', duration: 5, seed: 7,
  });
  const task = await runway.tasks.retrieve(made.id);
  if (task.status === 'PENDING') await runway.tasks.delete(made.id);
  const after = await runway.tasks.retrieve(made.id);
  console.log(JSON.stringify({ account, made, task, after }));
} catch (error) {
  console.log(JSON.stringify({ error: error.constructor.name, message: error.message, status: error.status }));
}
