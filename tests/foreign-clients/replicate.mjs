// node replicate.mjs ADDRESS KEY MODEL: one video by npm's replicate, then the list and the account; prints what it made of the answers as one line of JSON.
import Replicate from 'replicate';

const [baseUrl, auth, model] = process.argv.slice(2);
const client = new Replicate({ auth, baseUrl, useFileOutput: false });
const ids = [];
try {
  const output = await client.run(
    model,
    {
      input: { prompt: 'A slow push-in on the lamp.', duration: 5, resolution: '720p', image: 'data:image/jpeg;base64,/9j/4AECAw==' },
      wait: { mode: 'poll', interval: 10 },
    },
    (prediction) => ids.push(prediction.id),
  );
  const listed = [];
  for await (const page of client.paginate(client.predictions.list)) listed.push(...page.map((one) => [one.id, one.status, one.input.prompt]));
  const stopped = await client.predictions.cancel((await client.predictions.create({ model: model.split(':')[0], input: { prompt: 'p', image: 'https://shop.example/1.jpg' } })).id);
  console.log(JSON.stringify({ output, ids, listed, account: (await client.accounts.current()).username, stopped: stopped.status }));
} catch (error) {
  console.log(JSON.stringify({ error: error.name, message: error.message, status: error.response?.status }));
}
