// Draws the shop's pictures: one SVG per product of catalog/products.jsonl into media/products.
//   node config/demo/media/draw.mjs
// What a product looks like is looked up by its item group (or its id), its colour comes from the feed.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { air } from './art/air.mjs';
import { desk } from './art/desk.mjs';
import { home } from './art/home.mjs';
import { COLORS, Picture } from './art/kit.mjs';
import { kitchen } from './art/kitchen.mjs';
import { lights } from './art/light.mjs';
import { power } from './art/power.mjs';
import { sound } from './art/sound.mjs';
import { table } from './art/table.mjs';

const drawings = { ...desk, ...sound, ...power, ...lights, ...air, ...kitchen, ...table, ...home };
const limit = 6_000;  // bytes: a page of forty pictures stays below a photograph

const media = dirname(fileURLToPath(import.meta.url));
const folder = join(media, 'products');
const lines = readFileSync(join(media, '..', 'catalog', 'products.jsonl'), 'utf8').trim().split('\n');

mkdirSync(folder, { recursive: true });
const wanted = new Set();
const problems = [];
let group = '';
let seed = 0;
for (const line of lines) {
  const product = JSON.parse(line);
  const key = product.item_group_id ?? product.id;
  if (key !== group) {
    group = key;
    seed += 3;  // neighbours get different backdrops
  }
  const draw = drawings[key];
  if (!draw) {
    problems.push(`${key}: no drawing`);
    continue;
  }
  const color = COLORS[(product.locales.en.color ?? 'white').toLowerCase()];
  if (!color) {
    problems.push(`${product.id}: unknown colour ${product.locales.en.color}`);
    continue;
  }
  const picture = new Picture(color, seed);
  draw(picture, color);
  const svg = picture.svg(product.title);
  if (svg.length > limit) problems.push(`${product.id}: ${svg.length} bytes, more than ${limit}`);
  if (/NaN|undefined/.test(svg)) problems.push(`${product.id}: a coordinate is not a number`);
  for (const [, attributes] of svg.matchAll(/<\w+((?: [\w:-]+="[^"]*")*)/g)) {
    const names = [...attributes.matchAll(/ ([\w:-]+)=/g)].map(([, name]) => name);
    if (new Set(names).size !== names.length) problems.push(`${product.id}: an attribute is given twice:${attributes}`);
  }
  writeFileSync(join(folder, `${product.id}.svg`), svg);
  wanted.add(`${product.id}.svg`);
}
for (const file of readdirSync(folder)) if (!wanted.has(file)) rmSync(join(folder, file));
console.log(`${wanted.size} pictures drawn`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
