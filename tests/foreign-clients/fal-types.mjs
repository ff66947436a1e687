// node fal-types.mjs MODEL…: the fields of each model's input in the types of @fal-ai/client, with their sole values; one line of JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const types = readFileSync(createRequire(import.meta.url).resolve('@fal-ai/client').replace(/index\.js$/, 'types/endpoints.d.ts'), 'utf8');
const typeOf = (name) => {
  const [, text] = types.match(new RegExp(`^(?:export )?type ${name} = (\\{[\\s\\S]*?^\\};|\\w+;)`, 'm'));
  return text.startsWith('{') ? text : typeOf(text.slice(0, -1));
};
const fieldsOf = (model) => {
  const [, input] = types.match(new RegExp(`^    "${model.replace(/[.]/g, '\\.')}": \\{\\s*input: (\\w+);`, 'm'));
  const fields = [...typeOf(input).matchAll(/^    (\w+)\??: (.*);$/gm)];
  return Object.fromEntries(fields.map(([, name, type]) => [name, /^"[^"]*"( \| "[^"]*")*$/.test(type) ? type.split(' | ').map((one) => JSON.parse(one)) : null]));
};
console.log(JSON.stringify(Object.fromEntries(process.argv.slice(2).map((model) => [model, fieldsOf(model)]))));
