// Listens on a free port, verifies every call with the reference library and prints its verdict as a line of JSON. Takes the answers to
// give, one after the other, as arguments (the last stays); the secret is the first line of its input.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import standardwebhooks from "standardwebhooks";

const { Webhook } = standardwebhooks;
const answers = process.argv.slice(2).map(Number);
let secret;

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString("utf8");
    const verdict = { id: request.headers["webhook-id"], verified: true, flipped: false };
    try {
      verdict.event = new Webhook(secret).verify(body, request.headers);
    } catch (failure) {
      verdict.verified = false;
      verdict.why = failure.message;
    }
    try {
      new Webhook(secret).verify(body + " ", request.headers);
      verdict.flipped = true;
    } catch {
      // As it must be: a body that differs is refused.
    }
    response.writeHead(answers.length > 1 ? answers.shift() : (answers[0] ?? 200), { "content-type": "text/plain" });
    response.end("judged");
    console.log(JSON.stringify(verdict));
  });
});

createInterface({ input: process.stdin }).on("line", (line) => {
  secret = line.trim();
  console.log(JSON.stringify({ ready: true }));
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
