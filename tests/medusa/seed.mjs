// Fills the shop over its admin API: what it needs to sell, keys, and products with photographs. Prints what there is as one line of JSON.
// seed.mjs URL EMAIL PASSWORD PICTURE…
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const [url, email, password, ...pictures] = process.argv.slice(2);
let authorization;

async function call(method, path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(url + path, {
    method,
    headers: { ...(authorization && { authorization }), ...(!form && { 'content-type': 'application/json' }) },
    body: form ? body : body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

authorization = `Bearer ${(await call('POST', '/auth/user/emailpass', { email, password })).token}`;
const secret = (await call('POST', '/admin/api-keys', { title: 'ProductVideo', type: 'secret' })).api_key.token;
const publishable = (await call('POST', '/admin/api-keys', { title: 'web', type: 'publishable' })).api_key;
const [channel = (await call('POST', '/admin/sales-channels', { name: 'Web' })).sales_channel] = (await call('GET', '/admin/sales-channels')).sales_channels;
await call('POST', `/admin/api-keys/${publishable.id}/sales-channels`, { add: [channel.id] });
await call('POST', '/admin/regions', { name: 'Europe', currency_code: 'eur', countries: ['de', 'fr'] });
const [profile = (await call('POST', '/admin/shipping-profiles', { name: 'Default', type: 'default' })).shipping_profile] =
  (await call('GET', '/admin/shipping-profiles')).shipping_profiles;

const form = new FormData();
for (const file of pictures) form.append('files', new Blob([readFileSync(file)], { type: 'image/jpeg' }), basename(file));
const images = (await call('POST', '/admin/uploads', form)).files.map((file) => file.url);

const products = [];
for (const title of ['Stoneware mug', 'Tea bowl', 'Milk jug']) {
  const { product } = await call('POST', '/admin/products', {
    title,
    status: 'published',
    description: `${title} of stoneware, thrown by hand and glazed twice. Dishwasher safe.`,
    material: 'Stoneware',
    images: images.map((image) => ({ url: image })),
    thumbnail: images[0],
    shipping_profile_id: profile.id,
    sales_channels: [{ id: channel.id }],
    options: [{ title: 'Color', values: ['Sage', 'Ink'] }],
    variants: ['Sage', 'Ink'].map((color) => ({
      title: color, manage_inventory: false, options: { Color: color }, prices: [{ currency_code: 'eur', amount: 19.5 }],
    })),
  });
  products.push(product.id);
}
console.log(JSON.stringify({ secret, publishable: publishable.token, channel: channel.id, profile: profile.id, images, products }));
