// Chargers, cables, power banks, screens and their stands, drives.
import { dark, light, luminance } from './kit.mjs';

const usbC = (k, x, y, w = 28) => k.rect(x - w / 2, y - 5, w, 10, 5, '#1b1e23').rect(x - w / 2 + 5, y - 1.5, w - 10, 3, 1.5, '#7c838c');
const usbA = (k, x, y) => k.rect(x - 15, y - 7, 30, 14, 2, '#1b1e23').rect(x - 11, y - 1, 22, 5, 1, '#e8e8e8');

function cube(k, c, { w = 150, h = 150, ports = ['c'], x = 200, mark = '' }) {
  const left = x - w / 2;
  const top = 300 - h;
  k.shadow(x + 12, 312, w * 0.85, 18);
  for (const dx of [-22, 18]) k.rect(x + dx, top - 38, 12, 50, 6, k.metal('#b9bec5')).rect(x + dx, top - 8, 12, 20, 0, '#3a3e45');
  k.path(`M${left + w - 6} ${top + 14}l34 -20v${h - 26}l-34 32z`, dark(c, 0.25)).path(`M${left + 12} ${top + 2}l30 -20h${w - 26}q12 0 12 12l-34 20z`, light(c, 0.4));
  k.rect(left, top, w, h, 22, k.face(c));
  const ink = luminance(c) > 0.5 ? '#8b929b' : '#b3b9c1';
  ports.forEach((port, i) => { const y = top + h / 2 + (i - (ports.length - 1) / 2) * 36 + 6; (port === 'c' ? usbC : usbA)(k, x, y); });
  if (mark) k.text(x, top + 32, 17, mark, ink);
  k.gloss(`M${left + 10} ${top + h - 30}V${top + 26}Q${left + 10} ${top + 10} ${left + 28} ${top + 10}H${left + w * 0.45}Q${left + 16} ${top + 40} ${left + 10} ${top + h - 30}Z`, 0.3);
}

function plugEnd(k, x, y, angle, c, kind = 'c') {
  k.group(`rotate(${angle} ${x} ${y})`, () => k.rect(x - 13, y - 34, 26, 50, 7, k.cyl(c)).rect(x - (kind === 'c' ? 9 : 12), y - 56, kind === 'c' ? 18 : 24, 24, kind === 'c' ? 6 : 2, k.metal()).rows(x - 6, y - 6, 12, 3, 6, dark(c, 0.3), 1.5));
}

function bank(k, c, { w = 150, h = 236, show, slim = false, tilt = 12, out = 'ca' }) {
  k.group(`rotate(${tilt} 200 205)`, () => {
    const x = 200 - w / 2;
    const y = 205 - h / 2;
    k.shadow(216, 218, w * 0.74, h * 0.6, 0.5).rect(x + 7, y + 9, w, h, 26, dark(c, 0.4)).rect(x, y, w, h, 26, k.face(c)).rect(x + 6, y + 6, w - 12, h - 12, 21, 'none', { stroke: light(c, 0.3), 'stroke-width': 1.5, o: 0.6 });
    if (show) k.rect(x + w / 2 - 38, y + 34, 76, 48, 10, '#17191e').text(200, y + 69, 30, show, '#7ee0b0');
    if (slim) k.circ(200, 190, 46, 'none', { stroke: luminance(c) > 0.6 ? dark(c, 0.18) : light(c, 0.3), 'stroke-width': 9 }).rect(196, 246, 8, 34, 4, luminance(c) > 0.6 ? dark(c, 0.18) : light(c, 0.3));
    else k.circ(200, y + h - 48, 7, dark(c, 0.2)).dots(200 - 18, y + h - 26, 4, 1, 12, 2.4, '#6fd69a');
    if (out.includes('c')) usbC(k, slim ? 200 : 176, y + 3, 24);
    if (out.includes('a')) k.rect(212, y - 3, 32, 11, 2, '#1b1e23');
    k.gloss(`M${x + 12} ${y + h * 0.6}V${y + 36}Q${x + 12} ${y + 12} ${x + 34} ${y + 12}H${x + w * 0.55}Q${x + 22} ${y + 50} ${x + 12} ${y + h * 0.6}Z`, 0.28);
  });
}

function monitor(k, c, { w = 300, h = 172, foot = 'neck', curved = false, frame = '#16181c', picture = 0 }) {
  const x = 200 - w / 2;
  const y = 200 - h / 2 - 24;
  k.shadow(200, 342, w * 0.46, 16);
  if (foot === 'neck') k.path(`M184 ${y + h - 8}H216L220 322H180Z`, k.cyl(c)).path('M122 330Q124 316 140 316H260Q276 316 278 330L282 338H118Z', k.down(c));
  else k.path(`M190 ${y + h - 8}H210V318H190Z`, k.cyl(c)).path('M104 342L190 310H210L296 342H278L200 322L122 342Z', k.down(c));
  const edge = curved ? `M${x} ${y + 8}Q200 ${y - 14} ${x + w} ${y + 8}V${y + h - 8}Q200 ${y + h + 14} ${x} ${y + h - 8}Z` : `M${x} ${y}h${w}v${h}h${-w}z`;
  k.path(edge, frame, { stroke: frame, 'stroke-width': 12, 'stroke-linejoin': 'round' });
  const skies = [['#27406b', '#6f94c4', '#eab08d'], ['#153a46', '#3f8a86', '#d8d795'], ['#3b2c5c', '#9560a0', '#f0a08a'], ['#1d2f4f', '#4a7fb5', '#cfe4ee']][picture % 4];
  k.path(edge, k.lin(skies.map((s, i) => [i / 2, s]), 0.4, 1));
  k.path(`M${x} ${y + h * 0.72}Q${x + w * 0.2} ${y + h * 0.45} ${x + w * 0.38} ${y + h * 0.64}T${x + w * 0.7} ${y + h * 0.5}T${x + w} ${y + h * 0.6}V${y + h - 4}H${x}Z`, skies[0], { o: 0.75 }).path(`M${x} ${y + h * 0.86}Q${x + w * 0.3} ${y + h * 0.66} ${x + w * 0.55} ${y + h * 0.82}T${x + w} ${y + h * 0.76}V${y + h - 3}H${x}Z`, dark(skies[0], 0.4), { o: 0.85 }).circ(x + w * 0.72, y + h * 0.3, h * 0.09, '#fff3d8', { o: 0.9 });
  k.gloss(`M${x} ${y + 4}H${x + w * 0.42}L${x + w * 0.18} ${y + h - 6}H${x}Z`, 0.1);
  if (frame !== '#16181c') k.rect(x - 6, y + h + 4, w + 12, 8, 3, dark(frame, 0.12));
}

export const power = {
  'charger-30': (k, c) => cube(k, c, { w: 128, h: 132, ports: ['c'], mark: '30W' }),
  'charger-65': (k, c) => cube(k, c, { w: 156, h: 182, ports: ['c', 'c', 'a'], mark: '65W' }),
  'charger-140': (k, c) => {
    k.shadow(200, 308, 150, 18).line('M330 250C386 250 360 160 396 150', '#25282d', 9).path('M96 134L124 108H338L310 134Z', light(c, 0.22)).path('M310 134L338 108V268L310 300Z', dark(c, 0.35)).rect(84, 132, 228, 170, 22, k.face(c));
    k.rect(108, 150, 180, 62, 10, '#0c0e12').text(160, 190, 26, '96W', '#7ee0b0').text(240, 190, 26, '41°', '#ffc36b');
    [122, 176, 230].forEach((x) => usbC(k, x, 252, 34));
    usbA(k, 278, 252);
    k.dots(112, 282, 14, 1, 14, 1.8, '#565c65');
  },
  'charger-car': (k, c) => {
    k.group('rotate(28 200 200)', () => {
      k.shadow(212, 300, 70, 14).path('M160 172H240L226 322Q200 344 174 322Z', k.cyl(c)).rect(186, 326, 28, 22, 8, k.metal()).rect(156, 238, 12, 48, 5, k.metal()).rect(232, 238, 12, 48, 5, k.metal()).ell(200, 166, 62, 30, k.metal()).ell(200, 160, 60, 28, k.ball(light(c, 0.08)));
      k.ell(200, 160, 50, 22, 'none', { stroke: '#63b7f0', 'stroke-width': 3, o: 0.9 });
      usbC(k, 178, 160, 26);
      k.rect(200, 153, 30, 14, 2, '#0d0f12').rect(204, 158, 22, 5, 1, '#e2832f');
    });
  },
  'wcharger-3in1': (k, c) => {
    k.shadow(200, 336, 130, 18).path('M92 316Q92 298 116 298H284Q308 298 308 316V322Q308 336 290 336H110Q92 336 92 322Z', k.down(c)).path('M188 312L168 176H196L214 312Z', k.cyl(c));
    k.group('rotate(-7 176 146)', () => k.rect(120, 40, 112, 216, 18, '#15171b').rect(126, 46, 100, 204, 14, k.screen()).text(176, 118, 32, '09:41', '#fff').text(176, 144, 12, 'MON 21', '#e6ecf4').rect(136, 214, 80, 10, 5, '#fff', { o: 0.3 }).rect(136, 214, 52, 10, 5, '#7ee0b0'));
    k.path('M262 300V250Q262 236 276 236', 'none', { stroke: dark(c, 0.15), 'stroke-width': 12, 'stroke-linecap': 'round' }).rect(258, 204, 54, 62, 17, '#1a1c20').rect(264, 210, 42, 50, 12, k.rad([[0, '#3b4d73'], [1, '#101522']])).text(285, 242, 18, '82', '#9fe8bf').ell(232, 304, 24, 7, dark(c, 0.2)).circ(110, 322, 3, '#6fd69a');
  },
  'wcharger-pad': (k, c) => {
    k.shadow(206, 262, 150, 62, 0.5).line('M316 236C370 250 350 320 396 330', dark(c, 0.3), 9).ell(200, 232, 130, 88, dark(c, 0.4)).ell(200, 220, 130, 88, k.ball(c)).ell(200, 218, 112, 75, k.lin([[0, light(c, 0.2)], [1, dark(c, 0.06)]]));
    k.dots(140, 170, 13, 10, 10, 1.2, dark(c, 0.25), { o: 0.5 }).line('M186 218h28M200 208v20', '#fff', 7, { o: 0.8 }).circ(200, 300, 3.5, '#6fd69a');
  },
  'cable-cc2': (k, c) => {
    k.shadow(206, 232, 140, 100, 0.35);
    for (const r of [104, 88, 72]) k.circ(200, 206, r, 'none', { stroke: dark(c, 0.3), 'stroke-width': 15 }).circ(200, 204, r, 'none', { stroke: c, 'stroke-width': 12 }).circ(200, 203, r, 'none', { stroke: light(c, 0.35), 'stroke-width': 8, 'stroke-dasharray': '2 6', o: 0.7 });
    k.line('M296 164C330 120 318 92 330 70M104 250C70 290 84 318 66 344', c, 12);
    plugEnd(k, 336, 62, 14, '#4a4f57'); plugEnd(k, 60, 352, 198, '#4a4f57');
    k.rect(180, 280, 40, 54, 8, k.face('#c9a25f')).rows(186, 292, 28, 4, 9, '#9c7a3d', 2);
  },
  'cable-3in1': (k, c) => {
    k.shadow(206, 240, 110, 70, 0.4).path('M40 210H130V222H40Z', dark(c, 0.25)).path('M270 210H330V222H270Z', dark(c, 0.25)).circ(200, 216, 86, dark(c, 0.35)).circ(200, 210, 86, k.ball(c)).circ(200, 210, 58, k.face(light(c, 0.25))).circ(200, 210, 18, dark(c, 0.15)).line('M164 178A48 48 0 0 1 236 178', '#fff', 6, { o: 0.6 });
    plugEnd(k, 50, 214, -90, '#5b616a', 'a');
    for (const [y, a] of [[156, 62], [214, 90], [272, 118]]) { k.line(`M322 216Q334 ${y} 348 ${y}`, '#6f767f', 7); plugEnd(k, 352, y, a - (y === 214 ? 0 : 0), '#5b616a'); }
  },
  'cable-hdmi': (k, c) => {
    k.shadow(206, 236, 150, 90, 0.35);
    for (const r of [96, 80]) k.ell(200, 212, r * 1.3, r, 'none', { stroke: dark(c, 0.2), 'stroke-width': 16 }).ell(200, 209, r * 1.3, r, 'none', { stroke: light(c, 0.16), 'stroke-width': 5 });
    for (const [x, y, a] of [[92, 100, -36], [304, 318, 146]]) k.group(`rotate(${a} ${x} ${y})`, () => k.rect(x - 8, y + 34, 16, 34, 6, dark(c, 0.2)).rect(x - 30, y - 18, 60, 58, 10, k.cyl(light(c, 0.1))).path(`M${x - 23} ${y - 48}h46v24l-8 8h-30l-8 -8z`, k.metal('#cfa757')).text(x, y + 16, 13, '8K', '#d8dbe0'));
  },
  'powerbank-10': (k, c) => bank(k, c, { show: '86', w: 144, h: 232 }),
  'powerbank-20': (k, c) => bank(k, c, { show: '100', w: 176, h: 250, tilt: -14, out: 'c' }),
  'powerbank-mag': (k, c) => bank(k, c, { slim: true, w: 152, h: 230, tilt: 8, out: 'c' }),
  'strip-usb4': (k, c) => {
    k.group('rotate(-16 200 210)', () => {
      k.shadow(208, 252, 180, 44, 0.4).line('M36 208C-20 200 0 330 60 330', '#d5d8db', 11).rect(30, 172, 344, 88, 26, dark(c, 0.3)).rect(30, 164, 344, 86, 26, k.down(c));
      [88, 156, 224, 292].forEach((x, i) => { k.circ(x, 214, 26, dark(c, 0.16)).circ(x, 212, 23, k.ball(light(c, 0.1))).circ(x - 9, 212, 4.5, '#3c4148').circ(x + 9, 212, 4.5, '#3c4148').rect(x - 14, 170, 28, 14, 5, i === 2 ? '#e9eaec' : k.lin([[0, '#f08a70'], [1, '#d2543f']])); });
      usbC(k, 345, 200, 22); k.rect(333, 218, 24, 11, 2, '#1b1e23');
    });
  },
  'monitor-27q': (k, c) => monitor(k, c, { w: 296, h: 170, picture: 0 }),
  'monitor-32u': (k, c) => monitor(k, c, { w: 336, h: 192, frame: '#2a2d32', picture: 1, foot: 'neck' }),
  'monitor-24f': (k, c) => monitor(k, c, { w: 264, h: 152, frame: '#f1f1ef', foot: 'fork', picture: 3 }),
  'monitor-34w': (k, c) => monitor(k, c, { w: 352, h: 152, curved: true, foot: 'fork', picture: 2 }),
  'monitor-p15': (k, c) => {
    k.shadow(204, 318, 160, 18).path('M70 314L120 226H300L344 314Z', dark(c, 0.3)).path('M62 92Q60 80 72 80H318Q330 80 332 92L346 258Q346 268 336 268H74Q64 268 64 258Z', '#202328').path('M74 92H320L332 256H74Z', k.screen()).path('M74 200Q150 140 210 190T331 170L332 256H74Z', '#24395e', { o: 0.8 }).path('M58 314H352L346 324H64Z', c).line('M344 250C384 256 372 320 396 330', '#3c4148', 6).gloss('M76 94H190L130 254H75Z', 0.1);
  },
  'arm-single': (k, c) => {
    k.rect(30, 308, 340, 14, 4, k.down('#c79f6d')).shadow(120, 310, 70, 8).rect(72, 256, 52, 60, 8, k.face(c)).rect(88, 318, 22, 34, 4, dark(c, 0.2)).rect(66, 346, 66, 10, 4, c).rect(88, 150, 20, 110, 6, k.cyl(c));
    k.line('M98 176L196 236', dark(c, 0.3), 26).line('M98 172L196 232', light(c, 0.12), 22).line('M196 232L262 120', dark(c, 0.3), 26).line('M194 228L260 116', light(c, 0.12), 22).circ(98, 174, 16, k.metal()).circ(196, 232, 16, k.metal());
    k.rect(252, 48, 14, 168, 5, '#1d2025').rect(266, 40, 96, 184, 8, k.face('#2b2f35')).rect(262, 96, 20, 70, 5, k.metal()).dots(296, 60, 5, 13, 12, 1.6, '#454b53');
  },
  'riser-wood': (k, c) => {
    k.shadow(200, 312, 180, 14).rect(120, 74, 160, 96, 6, '#17191d').rect(125, 79, 150, 86, 2, k.screen()).path('M188 170H212L216 208H184Z', '#9fa5ac').rect(150, 204, 100, 8, 3, '#b9bec5').path('M30 224L66 204H334L370 224Z', light(c, 0.3)).rect(30, 222, 340, 20, 3, k.down(c)).path('M44 242H72L64 304H52ZM328 242H356L348 304H336Z', k.cyl(dark(c, 0.08)));
    k.rect(104, 274, 192, 26, 6, k.down('#e7e9ec')).rows(114, 282, 172, 2, 9, '#aab0b8', 5, { 'stroke-dasharray': '9 8' }).line('M70 212C150 208 240 216 330 211M40 232C140 228 250 236 358 231', dark(c, 0.25), 1.6, { o: 0.5 });
  },
  'laptop-stand-al': (k, c) => {
    k.shadow(200, 330, 150, 16).line('M96 322L300 214M84 322H330L306 234', c, 15).line('M96 320L300 212', light(c, 0.5), 4).line('M86 320H328', light(c, 0.45), 4).circ(98, 318, 9, k.metal()).circ(304, 226, 9, k.metal());
    k.path('M76 292L292 176L306 190L92 306Z', k.metal('#b5bac1')).path('M292 176L330 60Q334 50 324 50L316 52L278 176Z', '#22262c').path('M284 172L320 58L312 56L274 170Z', k.screen()).rect(80, 298, 16, 14, 4, '#4a4f57');
  },
  'tablet-stand': (k, c) => {
    k.shadow(200, 338, 110, 16).ell(200, 328, 96, 20, dark(c, 0.25)).ell(200, 320, 96, 20, k.ball(c)).path('M188 316L180 196H220L212 316Z', k.cyl(c)).group('rotate(5 200 160)', () => k.rect(110, 46, 180, 240, 16, '#1b1d22').rect(118, 54, 164, 224, 8, k.lin([[0, '#f4efe6'], [1, '#d7e4ea']])).rect(132, 70, 136, 84, 8, k.screen()).rows(134, 176, 132, 4, 18, '#b6bec6', 6).rows(134, 248, 70, 1, 18, '#e2a06b', 8));
    k.path('M138 282H262V298Q262 304 256 304H144Q138 304 138 298Z', k.down(c));
  },
  'essd-1t': (k, c) => {
    k.group('rotate(-12 200 200)', () => k.shadow(212, 216, 100, 120, 0.5).rect(128, 92, 160, 224, 30, dark(c, 0.4)).rect(120, 84, 160, 224, 30, k.face(c)).rect(134, 98, 132, 196, 20, dark(c, 0.12)).bars(146, 110, 172, 12, 10, light(c, 0.12), 3, { o: 0.55 }).text(200, 190, 30, 'X1', '#fff', { o: 0.92 }).text(200, 216, 13, '1TB', '#fff', { o: 0.7 }).rect(186, 304, 28, 8, 4, '#15171b').circ(258, 110, 3, '#7ee0b0'));
    k.line('M160 318C150 352 120 360 96 388', '#2b2e33', 8);
  },
  'essd-2t': (k, c) => {
    k.group('rotate(16 200 200)', () => k.shadow(212, 216, 100, 120, 0.5).rect(128, 92, 160, 224, 30, dark(c, 0.4)).rect(120, 84, 160, 224, 30, k.face(c)).rect(134, 98, 132, 196, 20, dark(c, 0.12)).rows(146, 112, 108, 15, 12, light(c, 0.12), 3, { o: 0.5 }).text(200, 190, 30, 'X1', '#fff', { o: 0.92 }).text(200, 216, 13, '2TB', '#cfa757').rect(186, 304, 28, 8, 4, '#15171b').path('M192 244v-8a8 8 0 0 1 16 0v8h4v20h-24v-20z', '#cfa757'));
  },
  'ssd-nvme1t': (k, c) => {
    k.group('rotate(-24 200 200)', () => {
      k.shadow(208, 226, 170, 50, 0.45).rect(34, 164, 332, 84, 5, '#1d5b4a').rect(340, 180, 30, 52, 0, k.lin([[0, '#e6c573'], [1, '#b18a3a']])).bars(344, 180, 52, 4, 7, '#8a6a25', 1.6).rect(338, 214, 30, 6, 0, '#e8e2d0').rect(44, 158, 286, 82, 8, k.down(light(c, 0.08))).bars(64, 166, 66, 11, 10, '#121418', 4).text(244, 204, 27, 'N7  1TB', '#dfe3e8').text(244, 224, 10, 'NVMe  PCIe 4.0', '#8d949d').path('M34 196a10 10 0 0 1 0 20z', '#e9eef2');
    });
  },
  'usb-128': (k, c) => {
    k.group('rotate(34 200 200)', () => k.shadow(214, 218, 170, 40, 0.4).rect(46, 178, 66, 50, 3, k.metal()).rect(60, 190, 12, 10, 1, '#4a4f57').rect(60, 208, 12, 10, 1, '#4a4f57').rect(286, 188, 56, 30, 12, k.metal('#b9bec5')).rect(104, 164, 190, 78, 16, k.down(c)).path('M150 160H250Q262 160 262 172V234Q262 246 250 246H150Q138 246 138 234V172Q138 160 150 160Z', k.metal(light(c, 0.1))).circ(200, 203, 12, dark(c, 0.3)).circ(200, 203, 6, '#e7eaed').text(174, 210, 0, '', c)).group('rotate(34 200 200)', () => k.text(236, 208, 15, '128', luminance(c) > 0.5 ? '#5b626b' : '#e7eaed'));
  },
  'usb-32x': (k, c) => {
    k.group('rotate(-30 200 200)', () => k.shadow(212, 222, 160, 40, 0.4).rect(58, 174, 84, 56, 3, k.metal()).rect(74, 186, 13, 12, 1, '#4a4f57').rect(74, 206, 13, 12, 1, '#4a4f57').rect(134, 160, 208, 84, 34, k.down(c)).circ(312, 202, 14, dark(c, 0.5)).text(218, 212, 26, '32GB', '#fff').gloss('M140 190Q142 168 168 166H300Q180 174 140 190Z', 0.4)).line('M300 130C330 90 370 110 360 150S300 190 312 148', '#3c4148', 6);
  },
  'hdd-4t': (k, c) => {
    k.shadow(204, 300, 140, 20).path('M84 240L120 276H330L308 236Z', dark(c, 0.4)).path('M70 128Q70 112 88 112H284Q300 112 304 126L328 250Q330 268 312 268H116Q100 268 96 254Z', k.face(light(c, 0.06))).path('M96 254L70 132V148L94 270Q98 282 114 282H312Q330 282 329 258Q328 268 312 268H116Q100 268 96 254Z', dark(c, 0.45));
    for (let i = 0; i < 7; ++i) k.line(`M${104 + i * 28} 124L${130 + i * 28} 256`, dark(c, 0.25), 3, { o: 0.7 });
    k.text(226, 206, 30, '4TB', '#e8ebef').circ(128, 262, 3.5, '#63b7f0').line('M330 262C366 280 350 330 396 338', '#22252a', 8);
  },
  'sd-256': (k, c) => {
    k.group('rotate(-9 150 210)', () => k.shadow(160, 226, 90, 110, 0.4).path('M70 96H190L228 134V320Q228 332 216 332H82Q70 332 70 320Z', k.face('#3a3e45')).path('M84 190H214V312H84Z', k.lin([[0, '#f6f6f4'], [1, '#dfe1e4']])).bars(92, 106, 34, 6, 17, '#caa552', 9, { 'stroke-linecap': 'butt' }).text(149, 246, 26, '256', '#3a3e45').text(149, 272, 13, 'microSD', '#7b828b').rect(64, 196, 8, 30, 2, '#9aa0a8'));
    k.group('rotate(14 300 240)', () => k.shadow(306, 262, 58, 66, 0.4).path('M258 176H322Q330 176 330 184V206L340 216V304Q340 312 332 312H266Q258 312 258 304Z', k.face(c)).bars(268, 182, 18, 6, 10, '#e5c36d', 6, { 'stroke-linecap': 'butt' }).text(299, 264, 24, '256', '#fff').text(299, 286, 13, 'U3  V30', '#fff', { o: 0.8 }));
  },
};
