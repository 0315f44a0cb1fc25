// Mice, keyboards and what lies around them; all but the webcam seen from above.
import { dark, light, luminance } from './kit.mjs';

const ink = (c) => (luminance(c) > 0.45 ? dark(c, 0.45) : light(c, 0.35));

function mouse(k, c, { w = 128, h = 214, shape = 'round', cable = false, side = false, wheel = '#5b6068', accent, logo = true, tilt = -14 }) {
  k.group(`rotate(${tilt} 200 200)`, () => {
    const x = 200 - w / 2;
    const y = 205 - h / 2;
    k.shadow(212, 216, w * 0.72, h * 0.6, 0.5);
    if (cable) k.line(`M200 ${y}C200 ${y - 40} 150 ${y - 30} 160 ${y - 95}S240 ${y - 110} 230 ${y - 190}`, dark(c, 0.2), 6);
    const outline = {
      round: `M${x} ${y + h * 0.45}C${x} ${y + h * 0.1} ${x + w * 0.2} ${y} 200 ${y}S${x + w} ${y + h * 0.1} ${x + w} ${y + h * 0.45}V${y + h * 0.62}C${x + w} ${y + h * 0.9} ${x + w * 0.8} ${y + h} 200 ${y + h}S${x} ${y + h * 0.9} ${x} ${y + h * 0.62}Z`,
      slim: `M${x} ${y + 44}Q${x} ${y} ${x + 44} ${y}H${x + w - 44}Q${x + w} ${y} ${x + w} ${y + 44}V${y + h - 56}Q${x + w} ${y + h} ${x + w - 52} ${y + h}H${x + 52}Q${x} ${y + h} ${x} ${y + h - 56}Z`,
      waist: `M${x} ${y + h * 0.3}C${x} ${y} ${x + w * 0.3} ${y} 200 ${y}S${x + w} ${y} ${x + w} ${y + h * 0.3}C${x + w - 14} ${y + h * 0.5} ${x + w} ${y + h * 0.6} ${x + w} ${y + h * 0.72}C${x + w} ${y + h} ${x + w * 0.75} ${y + h} 200 ${y + h}S${x} ${y + h} ${x} ${y + h * 0.72}C${x} ${y + h * 0.6} ${x + 14} ${y + h * 0.5} ${x} ${y + h * 0.3}Z`,
      hand: `M${x + 8} ${y + h * 0.3}C${x + 8} ${y} ${x + w * 0.35} ${y} ${x + w * 0.58} ${y}S${x + w} ${y + h * 0.12} ${x + w} ${y + h * 0.45}V${y + h * 0.66}C${x + w} ${y + h * 0.95} ${x + w * 0.7} ${y + h} ${x + w * 0.45} ${y + h}C${x} ${y + h} ${x - 34} ${y + h * 0.8} ${x - 26} ${y + h * 0.58}C${x - 20} ${y + h * 0.46} ${x + 8} ${y + h * 0.5} ${x + 8} ${y + h * 0.3}Z`,
    }[shape];
    k.path(outline, dark(c, 0.35), { transform: 'translate(3 5)' });
    k.path(outline, k.rad([[0, light(c, 0.35)], [0.55, c], [1, dark(c, 0.25)]], 0.36, 0.28, 0.85));
    const seam = dark(c, 0.3);
    if (shape === 'hand') {
      k.path(`M${x - 18} ${y + h * 0.6}C${x - 2} ${y + h * 0.5} ${x + 22} ${y + h * 0.5} ${x + 20} ${y + h * 0.32}C${x + 40} ${y + h * 0.62} ${x + 20} ${y + h * 0.8} ${x + 4} ${y + h * 0.86}C${x - 16} ${y + h * 0.78} ${x - 22} ${y + h * 0.7} ${x - 18} ${y + h * 0.6}Z`, dark(c, 0.3), { o: 0.6 });
    }
    k.line(`M200 ${y + 4}V${y + h * 0.42}`, seam, 2.5).line(`M${x + 6} ${y + h * 0.46}Q200 ${y + h * 0.38} ${x + w - 6} ${y + h * 0.46}`, seam, 2, { o: 0.7 });
    k.rect(190, y + h * 0.13, 20, h * 0.2, 10, dark(c, 0.4)).rect(193, y + h * 0.145, 14, h * 0.17, 7, k.cyl(wheel)).rows(195, y + h * 0.18, 10, 4, h * 0.03, '#20242a', 1.6);
    if (side) k.rect(x + 3, y + h * 0.4, 9, 30, 4, dark(c, 0.4)).rect(x + 2, y + h * 0.56, 9, 28, 4, dark(c, 0.4));
    if (accent) k.line(`M${x + 22} ${y + h * 0.8}Q200 ${y + h * 0.94} ${x + w - 22} ${y + h * 0.8}`, accent, 4, { o: 0.9 });
    if (logo) k.circ(200, y + h * 0.7, 5, ink(c), { o: 0.5 });
    k.gloss(`M${x + 16} ${y + h * 0.42}C${x + 16} ${y + h * 0.16} ${x + w * 0.28} ${y + 12} ${x + w * 0.42} ${y + 10}C${x + w * 0.28} ${y + 34} ${x + 30} ${y + h * 0.25} ${x + 16} ${y + h * 0.42}Z`, luminance(c) > 0.6 ? 0.75 : 0.25);
  });
}

function vertical(k, c) {
  k.shadow(205, 322, 130, 20);
  k.path('M92 318C80 250 118 128 190 96C226 80 252 104 256 150C262 210 306 246 314 318Z', k.rad([[0, light(c, 0.4)], [0.5, c], [1, dark(c, 0.4)]], 0.4, 0.2, 0.9));
  k.path('M196 100C236 92 246 124 250 152C256 212 296 250 304 312L246 314C232 240 232 170 196 100Z', dark(c, 0.25), { o: 0.7 });
  k.line('M150 138C196 150 222 190 232 246', dark(c, 0.55), 3).line('M122 214C172 212 208 232 236 276', dark(c, 0.55), 2.5);
  k.group('rotate(48 190 158)', () => k.rect(174, 150, 40, 18, 9, '#171a1f').rect(178, 153, 32, 12, 6, k.cyl('#7b828c')));
  k.rect(258, 214, 14, 34, 6, light(c, 0.18), { transform: 'rotate(-24 265 230)' }).circ(142, 282, 5, '#63d0a6');
  k.gloss('M112 290C104 232 132 146 184 112C152 160 128 220 112 290Z', 0.22);
}

function trackball(k, c) {
  mouse(k, c, { w: 150, h: 214, shape: 'hand', tilt: 0, logo: false });
  k.circ(124, 196, 37, dark(c, 0.5)).circ(124, 194, 33, k.ball('#3d6fb4')).ell(113, 182, 10, 6, '#fff', { o: 0.7, transform: 'rotate(-30 113 182)' });
}

function keyboard(k, c, { columns = 15, rows = 5, key, accent, w = 330, gap = 3, flat = false, tilt = -8, split = false, numpad = false }) {
  const cell = w / (columns + (numpad ? 4.6 : 0.6));
  const h = rows * cell + cell * 0.7;
  const x = 200 - w / 2;
  const y = 200 - h / 2;
  const cap = key ?? light(c, 0.1);
  k.group(`rotate(${tilt} 200 200)`, () => {
    k.shadow(206, y + h * 0.62, w * 0.58, h * 0.85, 0.45);
    k.rect(x + 2, y + 8, w, h, flat ? 12 : 14, dark(c, 0.42)).rect(x, y, w, h, flat ? 12 : 14, k.face(c));
    const fill = k.lin([[0, light(cap, 0.3)], [1, cap]]);
    const special = accent ? k.lin([[0, light(accent, 0.3)], [1, accent]]) : fill;
    const caps = { plain: '', accent: '' };
    const put = (cx, cy, cw, ch, kind) => {
      const [left, top, wide, high] = [cx + 2, cy + 2, cw - 4, ch - 6].map(Math.round);
      caps[kind] += `M${left} ${top}h${wide}v${high}h-${wide}z`;
    };
    for (let row = 0; row < rows; ++row) {
      let at = x + cell * 0.3;
      const end = x + cell * (columns + 0.3);
      const top = y + cell * 0.35 + row * cell;
      const widths = row === rows - 1 ? [1.3, 1.1, 1.3, 5.6, 1.2, 1.2, 1.1] : [[1], [1.5], [1.8], [2.3]][Math.min(row, 3)];
      for (let i = 0; at < end - cell * 0.4; ++i) {
        let span = (widths[i] ?? 1) * cell;
        if (end - at - span < cell * 0.7) span = end - at;
        const first = (row === 0 && i === 0) || (row === 2 && at + span >= end - 1) || (row === rows - 1 && i === 3);
        put(at, top, span - gap, cell - gap, first && accent ? 'accent' : 'plain');
        at += span;
      }
      if (numpad) for (let i = 0; i < 3; ++i) put(x + w - cell * (3.4 - i), top, cell - gap, cell - gap, 'plain');
    }
    // A key is its side, drawn lower and darker, under its cap.
    const shape = (d, paint, edge, extra = {}) => k.path(d, paint, { stroke: edge, 'stroke-width': 4, 'stroke-linejoin': 'round', ...extra });
    k.add(`<path d="${caps.plain}${caps.accent}" fill="${dark(cap, 0.38)}" stroke="${dark(cap, 0.38)}" stroke-width="4" stroke-linejoin="round" transform="translate(0 ${flat ? 1.5 : 4})"/>`);
    shape(caps.plain, fill, light(cap, 0.12));
    if (caps.accent) shape(caps.accent, special, light(accent, 0.12));
    if (split) k.rect(196, y - 1, 8, h + 2, 3, dark(c, 0.5));
    k.gloss(`M${x + 8} ${y + 3}h${w - 16}v3h-${w - 16}z`, 0.4);
  });
}

export const desk = {
  'mouse-q30': (k, c) => mouse(k, c, {}),
  'mouse-q50': (k, c) => mouse(k, c, { w: 136, h: 210, shape: 'waist', side: true, accent: '#63c3a5', tilt: 10 }),
  'mouse-v9': vertical,
  'mouse-slim7': (k, c) => mouse(k, c, { w: 122, h: 216, shape: 'slim', wheel: '#d9dde2', tilt: -22 }),
  'mouse-mini2': (k, c) => mouse(k, c, { w: 108, h: 162, wheel: '#e8eaee', tilt: 16 }),
  'mouse-master': (k, c) => { mouse(k, c, { w: 148, h: 222, shape: 'hand', wheel: '#c9a45d', tilt: -6 }); },
  'mouse-air54': (k, c) => mouse(k, c, { w: 124, h: 218, shape: 'waist', side: true, wheel: '#3f4650', accent: '#e2574c', tilt: -20, logo: false }),
  'mouse-ball': trackball,
  'mouse-w1': (k, c) => mouse(k, c, { w: 122, h: 196, cable: true, tilt: 8 }),
  'mouse-g3': (k, c) => mouse(k, c, { w: 130, h: 206, shape: 'waist', cable: true, side: true, wheel: '#57b7e8', accent: '#57b7e8', tilt: -10 }),
  'keyboard-k10': (k, c) => keyboard(k, c, { columns: 14, rows: 6, w: 356, flat: true, numpad: true, key: luminance(c) > 0.5 ? '#ffffff' : '#41454c' }),
  'keyboard-fold': (k, c) => keyboard(k, c, { columns: 13, rows: 5, w: 320, flat: true, split: true, key: '#6a6f78', tilt: 10 }),
  'keyboard-m87': (k, c) => keyboard(k, c, { columns: 16, rows: 6, w: 348, key: luminance(c) > 0.5 ? '#fbf6ea' : '#e7ebf3', accent: luminance(c) > 0.5 ? '#d98c5f' : '#4a69a8' }),
  'keyboard-m68': (k, c) => keyboard(k, c, { columns: 16, rows: 5, w: 330, key: '#f7f8f8', accent: luminance(c) > 0.7 ? '#4fae93' : '#6d747c', tilt: 7 }),
  'numpad-n17': (k, c) => keyboard(k, c, { columns: 4, rows: 5, w: 190, flat: true, key: '#ffffff', gap: 5 }),
  'deskmat-felt': (k, c) => {
    k.shadow(206, 262, 190, 40);
    k.path('M24 232L120 128H378L330 262Q328 268 320 268H30Q16 268 24 232Z', k.face(c)).path('M378 128C392 138 372 170 352 160L330 262L362 160Z', '#b98d5a');
    k.path('M378 128Q352 118 342 140Q338 156 352 160L368 156Z', k.lin([[0, '#d9b07c'], [1, '#a87c4a']], 1, 0)).line('M34 258H322L364 140', light(c, 0.3), 2, { 'stroke-dasharray': '5 4' });
    k.group('rotate(12 250 190)', () => k.rect(232, 160, 46, 72, 22, k.ball('#f0f0ee')).line('M255 162V188', '#b9bcc0', 2));
    k.rect(92, 186, 118, 46, 6, '#50555c', { transform: 'skewX(-22) translate(80 0)' }).rows(176, 196, 100, 3, 12, '#8b9199', 6, { 'stroke-dasharray': '6 5', transform: 'skewX(-22) translate(84 0)' });
  },
  'webcam-c2': (k, c) => {
    k.shadow(200, 318, 110, 14).path('M128 300H272L258 316H142Z', dark(c, 0.3)).path('M184 236H216V302H184Z', k.cyl(c));
    k.rect(92, 142, 216, 96, 46, k.down(c)).rect(100, 150, 200, 80, 38, '#17191d').circ(200, 190, 36, k.metal('#7f868f')).circ(200, 190, 29, '#0d0f13').circ(200, 190, 19, k.rad([[0, '#6d86c9'], [0.6, '#23305a'], [1, '#090c14']])).ell(192, 182, 6, 4, '#fff', { o: 0.8 });
    k.circ(262, 190, 4, '#57d68d').dots(126, 182, 3, 3, 8, 1.6, '#555b64').path('M108 158Q130 148 200 150Q150 156 108 176Z', '#fff', { o: 0.16 });
  },
  'hub-7in1': (k, c) => {
    k.shadow(210, 262, 160, 22).line('M92 214C40 200 30 150 70 118', '#54585f', 11).path('M56 92L92 108L80 136L46 120Z', k.metal('#aab0b8')).path('M54 86L72 94L62 112L46 104Z', '#dfe3e7');
    k.group('rotate(-7 220 210)', () => {
      k.rect(84, 176, 276, 78, 16, dark(c, 0.4)).rect(84, 168, 276, 74, 16, k.metal(c)).rect(84, 216, 276, 34, 12, dark(c, 0.15));
      for (const [x, w] of [[104, 36], [152, 30], [194, 30], [236, 22], [270, 22], [304, 38]]) k.rect(x, 224, w, w > 25 ? 14 : 10, 3, '#22262c').rect(x + 4, 230, w - 8, 4, 1, w === 30 ? '#3f7fd0' : '#8a9099');
      k.rect(92, 174, 258, 5, 2, '#fff', { o: 0.45 }).circ(340, 196, 3, '#7fe0a0');
    });
  },
};
