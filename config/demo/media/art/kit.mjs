// A small drawing kit: shapes, shaded fills and shadows that end up as one self-contained SVG.
// All drawings live on a 400 × 400 square; light comes from the upper left.

export const COLORS = {
  black: '#2d2f34', white: '#f5f5f3', gray: '#9ba1a8', charcoal: '#4b4f56', silver: '#c8ccd2', navy: '#2d4069',
  cream: '#efe3cc', ivory: '#f3ecdb', beige: '#d8c5a7', pink: '#eeb3bd', mint: '#a5dac8', 'sage green': '#9cb49a',
  'sky blue': '#99c5e8', red: '#c6403b', yellow: '#f2c84b', 'natural wood': '#dab27e', walnut: '#7d5437',
  clear: '#d3e5ea', lavender: '#bdb0e0', terracotta: '#c57150', olive: '#70744f', burgundy: '#7e2438',
  brown: '#7d5c44', green: '#5f9b6c', gold: '#cfa757', blue: '#3f78c4', multicolor: '#ef8e5b', orange: '#ee8234',
};

const BACKDROPS = [
  ['#f4f7fa', '#d5dfe9'], ['#fbf5ec', '#ecdcc5'], ['#f2f8f3', '#d2e3d6'], ['#fbf2f1', '#edd6d3'],
  ['#f5f3fb', '#dad5ec'], ['#f1f8f9', '#cfe2e6'], ['#f8f6f2', '#ded7cb'], ['#fbf7e8', '#efe2b8'],
];

const channels = (hex) => {
  const full = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex;
  return [1, 3, 5].map((at) => parseInt(full.slice(at, at + 2), 16));
};
export function mix(one, two, share) {
  const a = channels(one);
  const b = channels(two);
  return '#' + a.map((v, i) => Math.round(v + (b[i] - v) * share).toString(16).padStart(2, '0')).join('');
}
export const light = (hex, share) => mix(hex, '#ffffff', share);
// Shadows lean to a cool dark instead of black, or every colour would turn muddy.
export const dark = (hex, share) => mix(hex, '#10141f', share);
export const luminance = (hex) => channels(hex).reduce((sum, v, i) => sum + v * [0.3, 0.59, 0.11][i], 0) / 255;

const num = (value) => (typeof value === 'number' ? String(Math.round(value * 10) / 10) : value);
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

export class Picture {
  constructor(color, seed) {
    this.color = color;
    this.seed = seed;
    this.defs = new Map();
    this.parts = [];
  }
  gradient(tag, place, stops) {
    const inner = stops
      .map(([at, color, opacity]) => `<stop offset="${num(at)}" stop-color="${color}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`)
      .join('');
    const key = `${tag} ${place}>${inner}`;
    if (!this.defs.has(key)) this.defs.set(key, 'g' + this.defs.size.toString(36));
    return `url(#${this.defs.get(key)})`;
  }
  lin(stops, x2 = 0, y2 = 1) { return this.gradient('linearGradient', `x1="0" y1="0" x2="${x2}" y2="${y2}"`, stops); }
  rad(stops, cx = 0.38, cy = 0.32, r = 0.75) { return this.gradient('radialGradient', `cx="${cx}" cy="${cy}" r="${r}"`, stops); }
  // Fills: a flat face, a face turning away downwards, a cylinder, a ball, brushed metal, wood.
  face(color) { return this.lin([[0, light(color, 0.22)], [1, dark(color, 0.14)]], 0.6, 1); }
  down(color) { return this.lin([[0, light(color, 0.28)], [0.45, color], [1, dark(color, 0.2)]]); }
  cyl(color) { return this.lin([[0, dark(color, 0.2)], [0.22, light(color, 0.3)], [0.5, color], [1, dark(color, 0.26)]], 1, 0); }
  ball(color) { return this.rad([[0, light(color, 0.5)], [0.5, color], [1, dark(color, 0.28)]]); }
  metal(color = '#c8ccd2') { return this.lin([[0, light(color, 0.55)], [0.35, color], [0.6, light(color, 0.35)], [1, dark(color, 0.25)]], 1, 0.3); }
  screen() { return this.lin([[0, '#31466b'], [0.5, '#5c7fae'], [1, '#e0a487']], 0.8, 1); }

  add(markup) { this.parts.push(markup); return this; }
  attr(extra) {
    return Object.entries(extra).map(([name, value]) => ` ${name === 'o' ? 'opacity' : name}="${num(value)}"`).join('');
  }
  rect(x, y, w, h, r, fill, extra = {}) { return this.add(`<rect x="${num(x)}" y="${num(y)}" width="${num(w)}" height="${num(h)}"${r ? ` rx="${num(r)}"` : ''} fill="${fill}"${this.attr(extra)}/>`); }
  ell(cx, cy, rx, ry, fill, extra = {}) { return this.add(`<ellipse cx="${num(cx)}" cy="${num(cy)}" rx="${num(rx)}" ry="${num(ry)}" fill="${fill}"${this.attr(extra)}/>`); }
  circ(cx, cy, r, fill, extra = {}) { return this.add(`<circle cx="${num(cx)}" cy="${num(cy)}" r="${num(r)}" fill="${fill}"${this.attr(extra)}/>`); }
  path(d, fill, extra = {}) { return this.add(`<path d="${d}" fill="${fill}"${this.attr(extra)}/>`); }
  line(d, stroke, width, extra = {}) { return this.add(`<path d="${d}" fill="none"${this.attr({ stroke, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...extra })}/>`); }
  text(x, y, size, words, fill, extra = {}) { return this.add(`<text x="${num(x)}" y="${num(y)}" font-size="${size}" font-family="Arial,sans-serif" font-weight="700" text-anchor="middle" fill="${fill}"${this.attr(extra)}>${escape(words)}</text>`); }
  group(transform, draw) { this.add(`<g transform="${transform}">`); draw(this); return this.add('</g>'); }
  shadow(cx, cy, rx, ry = rx * 0.13, opacity = 0.42) {
    return this.ell(cx, cy, rx, ry, this.rad([[0, '#1a2130', opacity], [0.55, '#1a2130', opacity * 0.55], [1, '#1a2130', 0]], 0.5, 0.5, 0.5));
  }
  gloss(d, opacity = 0.35) { return this.path(d, '#fff', { o: opacity }); }
  mist(x, y) {
    for (const [dx, dy, r, o] of [[0, 0, 16, 0.75], [-12, -34, 24, 0.6], [16, -62, 30, 0.45], [-8, -100, 38, 0.3]]) {
      this.circ(x + dx, y + dy, r, this.rad([[0, '#fff', o], [1, '#fff', 0]], 0.5, 0.5, 0.5));
    }
    return this;
  }
  glow(x, y, r, opacity = 0.8, color = '#ffdf9a') { return this.circ(x, y, r, this.rad([[0, color, opacity], [1, color, 0]], 0.5, 0.5, 0.5)); }
  // Dots in a grid: speaker cloth, vents, knitted things.
  dots(x, y, columns, rows, step, r, fill, extra = {}) {
    // Every dot is a dash of no length with a round cap.
    let d = '';
    for (let row = 0; row < rows; ++row) d += `M${num(x)} ${num(y + row * step)}h${num((columns - 1) * step + 0.1)}`;
    return this.add(`<path d="${d}" fill="none" stroke="${fill}" stroke-width="${num(r * 2)}" stroke-linecap="round" stroke-dasharray="0 ${num(step)}"${this.attr(extra)}/>`);
  }
  rows(x, y, w, count, step, stroke, width, extra = {}) {
    let d = '';
    for (let i = 0; i < count; ++i) d += `M${num(x)} ${num(y + i * step)}h${num(w)}`;
    return this.line(d, stroke, width, extra);
  }
  bars(x, y, h, count, step, stroke, width, extra = {}) {
    let d = '';
    for (let i = 0; i < count; ++i) d += `M${num(x + i * step)} ${num(y)}v${num(h)}`;
    return this.line(d, stroke, width, extra);
  }

  svg(title) {
    const [near, far] = BACKDROPS[this.seed % BACKDROPS.length];
    // Pale goods need a deeper backdrop to stand out from.
    const pale = luminance(this.color) > 0.8 ? 0.1 : 0;
    const back = this.rad([[0, dark(near, pale * 0.7)], [1, dark(far, pale)]], 0.45, 0.4, 0.8);
    const defs = [...this.defs].map(([key, id]) => {
      const [head, ...rest] = key.split('>');
      const tag = head.split(' ')[0];
      return `<${tag} id="${id}"${head.slice(tag.length)}>${rest.join('>')}</${tag}>`;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img"><title>${escape(title)}</title><defs>${defs.join('')}</defs>` +
      `<rect width="400" height="400" fill="${back}"/>${this.parts.join('')}</svg>\n`;
  }
}
