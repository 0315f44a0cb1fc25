// Earphones, headphones and speakers.
import { dark, light, luminance } from './kit.mjs';

function cased(k, c, { inner = '#e8eaed', stem = true, wide = 0 }) {
  k.shadow(200, 330, 130, 18);
  k.path(`M${98 - wide} 214Q${98 - wide} 116 200 112Q${302 + wide} 116 ${302 + wide} 214Z`, k.down(light(c, 0.06))).path(`M${112 - wide} 212Q${112 - wide} 136 200 132Q${288 + wide} 136 ${288 + wide} 212Z`, dark(c, 0.35), { o: 0.55 });
  for (const side of [-1, 1]) {
    const x = 200 + side * 42;
    if (stem) k.rect(x - 9, 176, 18, 66, 9, k.cyl(c)).ell(x + side * -2, 176, 26, 22, k.ball(c)).ell(x - side * 14, 178, 10, 12, dark(c, 0.45)).circ(x + side * 12, 168, 3, dark(c, 0.5));
    else k.ell(x, 194, 30, 30, k.ball(c)).ell(x - side * 10, 196, 11, 13, dark(c, 0.45)).circ(x + side * 8, 186, 3.5, light(c, 0.7));
  }
  k.path(`M${94 - wide} 214H${306 + wide}V266Q${306 + wide} 326 200 326Q${94 - wide} 326 ${94 - wide} 266Z`, k.rad([[0, light(c, 0.5)], [0.55, c], [1, dark(c, 0.24)]], 0.35, 0.15, 0.95)).rect(94 - wide, 210, 212 + wide * 2, 8, 3, dark(c, 0.18));
  k.circ(200, 258, 3.5, '#6fd69a').gloss(`M${108 - wide} 226Q${110 - wide} 290 160 312Q${122 - wide} 296 ${108 - wide} 226Z`, 0.3);
  if (inner) k.rect(182, 224, 36, 5, 2, dark(c, 0.25));
}

function headphone(k, c, { slim = false, boom = false, pad = dark(c, 0.5) }) {
  k.shadow(200, 342, 130, 16);
  const band = slim ? 14 : 22;
  k.line('M104 236C88 96 152 62 200 62S312 96 296 236', dark(c, 0.35), band + 4).line('M104 234C90 98 152 64 200 64S310 98 296 234', k.lin([[0, light(c, 0.25)], [1, dark(c, 0.1)]], 1, 0.4), band);
  k.line('M142 84Q200 58 258 84', light(c, 0.5), 4, { o: 0.6 });
  for (const side of [-1, 1]) {
    const x = 200 + side * 96;
    k.rect(x - 6, 176, 12, 50, 5, k.metal());
    if (slim) k.ell(x - side * 16, 254, 22, 44, pad).ell(x, 254, 32, 46, k.ball(c)).ell(x + side * 6, 254, 16, 26, light(c, 0.15), { o: 0.6 });
    else k.rect(x - side * 18 - 24, 194, 48, 132, 24, pad).rect(x - 26, 190, 52, 140, 26, k.cyl(c)).ell(x + side * 6, 260, 14, 46, light(c, 0.2), { o: 0.45 }).circ(x + side * 8, 314, 3, '#6fd69a');
  }
  if (boom) k.line('M104 284C108 336 156 350 190 340', '#3a3e45', 7).rect(182, 328, 40, 22, 11, '#22252b').dots(192, 335, 4, 2, 7, 1.5, '#7d848d');
}

function ports(k, x, y, r, c) {
  k.circ(x, y, r, '#16181c').circ(x, y, r * 0.88, k.rad([[0, '#5a6069'], [0.7, '#2d3137'], [1, '#15171b']], 0.5, 0.5, 0.5)).circ(x, y, r * 0.32, k.ball(c));
}

export const sound = {
  'earbuds-on3': (k, c) => cased(k, c, {}),
  'earbuds-lite': (k, c) => cased(k, c, { stem: false, wide: -14, inner: '' }),
  'earbuds-run': (k, c) => {
    k.shadow(200, 330, 140, 18);
    for (const [side, y] of [[-1, 176], [1, 214]]) {
      const x = 200 + side * 74;
      k.line(`M${x - side * 8} ${y + 62}C${x + side * 4} ${y + 40} ${x + side * 70} ${y + 26} ${x + side * 56} ${y - 42}C${x + side * 40} ${y - 86} ${x - side * 24} ${y - 74} ${x - side * 28} ${y - 20}`, '#2a2d32', 13).line(`M${x - side * 8} ${y + 60}C${x + side * 4} ${y + 38} ${x + side * 66} ${y + 24} ${x + side * 53} ${y - 42}C${x + side * 38} ${y - 82} ${x - side * 22} ${y - 72} ${x - side * 26} ${y - 22}`, light('#2a2d32', 0.25), 4, { o: 0.8 });
      k.rect(x - 34, y + 26, 68, 84, 30, k.ball(c)).rect(x - 18, y + 42, 36, 30, 15, dark(c, 0.3), { o: 0.7 }).dots(x - 9, y + 52, 3, 2, 9, 2, light(c, 0.5)).gloss(`M${x - 26} ${y + 80}Q${x - 28} ${y + 44} ${x - 4} ${y + 34}Q${x - 20} ${y + 54} ${x - 26} ${y + 80}Z`, 0.35);
    }
  },
  'earphone-c1': (k, c) => {
    k.shadow(200, 320, 120, 14).line('M150 132C150 230 196 210 198 262S198 300 200 352M250 132C250 230 204 210 202 262', '#c3c7cc', 6).line('M150 132C150 230 196 210 198 262S198 300 200 352M250 132C250 230 204 210 202 262', c, 4);
    for (const side of [-1, 1]) k.group(`rotate(${side * 14} ${200 + side * 52} 110)`, () => k.rect(191 + side * 52, 100, 18, 64, 9, k.cyl(c)).ell(200 + side * 58, 100, 28, 24, k.ball(c)).ell(200 + side * 42, 102, 12, 15, '#8d939b'));
    k.rect(240, 188, 14, 44, 7, k.cyl('#dfe2e5')).rect(188, 306, 24, 42, 7, k.cyl(c)).rect(192, 346, 16, 18, 4, k.metal());
  },
  'headphone-h7': (k, c) => headphone(k, c, {}),
  'headphone-h3': (k, c) => headphone(k, c, { slim: true }),
  'headset-call': (k, c) => headphone(k, c, { slim: true, boom: true, pad: '#16181c' }),
  'speaker-pebble': (k, c) => {
    k.shadow(200, 318, 140, 20).ell(200, 218, 140, 104, k.ball(c));
    for (let i = 0; i < 6; ++i) k.ell(200, 206 - i * 3, 122 - i * 20, 80 - i * 13, 'none', { stroke: dark(c, 0.3), 'stroke-width': 3, 'stroke-dasharray': '1 7', 'stroke-linecap': 'round', o: 0.7 });
    k.line('M326 240Q368 226 352 276Q340 296 322 280', dark(c, 0.45), 8).text(200, 276, 20, '–   +', light(c, 0.75), { o: 0.8 }).gloss('M92 190Q112 130 180 124Q118 150 92 190Z', 0.35);
  },
  'speaker-maru': (k, c) => {
    const wood = luminance(c) > 0.25 ? c : '#33302f';
    k.shadow(200, 306, 180, 16).path('M86 296L80 312H96L100 296ZM300 296L304 312H320L314 296Z', '#3a2a20').rect(42, 132, 316, 168, 16, k.down(wood)).line('M60 142H340M56 288C140 280 240 296 344 286', dark(wood, 0.3), 2, { o: 0.5 }).rect(58, 148, 284, 136, 8, '#d8d0c2').rect(58, 148, 284, 136, 8, k.lin([[0, '#fff', 0.25], [1, '#4c4236', 0.35]]));
    k.dots(68, 158, 34, 15, 8, 1.5, '#8f8576', { o: 0.8 }).rect(150, 262, 100, 30, 6, k.face(wood));
    for (const x of [176, 224]) k.circ(x, 277, 11, k.metal('#cda85e')).line(`M${x} 275v-6`, '#6f5524', 2.5);
  },
  'speaker-pc20': (k, c) => {
    for (const [x, main] of [[66, false], [220, true]]) {
      k.shadow(x + 57, 318, 74, 12).rect(x, 104, 114, 214, 18, k.face(c)).rect(x + 8, 112, 98, 198, 12, '#202328');
      ports(k, x + 57, 158, 25, '#9aa1aa');
      ports(k, x + 57, 232, 40, '#c6ccd3');
      if (main) k.circ(x + 57, 292, 11, k.metal()).circ(x + 30, 292, 4, '#111').circ(x + 84, 292, 2.5, '#57b7e8');
      else k.rect(x + 38, 288, 38, 6, 3, '#3c4149');
      k.gloss(`M${x + 6} 118Q${x + 8} 110 ${x + 18} 108H${x + 40}L${x + 12} 220Z`, 0.08);
    }
  },
  'soundbar-60': (k, c) => {
    k.rect(96, 92, 208, 122, 8, '#15171b').rect(102, 98, 196, 108, 3, k.screen()).path('M170 214H230L244 232H156Z', '#2c3036').rect(30, 234, 340, 6, 2, '#b58b61').shadow(200, 294, 190, 14).rect(24, 240, 352, 48, 20, k.down(c)).dots(44, 254, 45, 4, 7, 1.3, '#5d646d').circ(200, 264, 9, '#101215').text(200, 268, 10, '24', '#8de0ff');
    k.rect(30, 288, 340, 4, 2, '#8b6b4b').gloss('M44 244H356V248H44Z', 0.3).rect(336, 306, 22, 62, 9, '#33373e').circ(347, 320, 4, '#e2574c').dots(342, 334, 2, 3, 10, 2.2, '#8b929b');
  },
  'radio-retro': (k, c) => {
    k.shadow(200, 316, 160, 16).line('M282 128L346 56', '#b9bec5', 5).circ(347, 54, 5, k.metal()).path('M130 128Q130 98 160 98H240Q270 98 270 128', 'none', { stroke: '#9c6b42', 'stroke-width': 12, 'stroke-linecap': 'round' });
    k.rect(52, 124, 296, 186, 40, k.down(c)).rect(66, 140, 152, 154, 24, dark(c, 0.14)).dots(82, 158, 13, 12, 10.5, 2.4, dark(c, 0.45)).rect(232, 146, 98, 44, 8, '#2c2a26').text(281, 176, 22, '07:30', '#ffc36b').circ(281, 242, 40, k.metal('#cfa757')).circ(281, 242, 31, k.ball('#efe6d2')).line('M281 240V218', '#8a5a35', 5).circ(246, 288, 7, k.metal()).circ(318, 288, 7, k.metal());
    k.rect(92, 308, 26, 10, 4, '#6d4a2e').rect(282, 308, 26, 10, 4, '#6d4a2e').gloss('M70 150Q76 134 96 132H200Q110 140 78 182Z', 0.4);
  },
};
