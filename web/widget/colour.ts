// A shop names one colour; what is written on it, and how it is written with, must stay readable (WCAG 2.1:
// contrast 4.5 : 1 for text). Pure.

export type Rgb = [number, number, number];

/** #abc, #aabbcc; undefined for anything else. */
export function parseColour(text: string | null | undefined): Rgb | undefined {
  const hex = /^#?([\da-f]{3}|[\da-f]{6})$/i.exec(text?.trim() ?? '')?.[1];
  if (!hex) return undefined;
  const wide = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  return [0, 2, 4].map((i) => parseInt(wide.slice(i, i + 2), 16)) as Rgb;
}

export const toCss = (c: Rgb): string => `rgb(${c.map(Math.round).join(' ')})`;

function luminance(colour: Rgb): number {
  const weights = [0.2126, 0.7152, 0.0722];
  return colour.reduce((sum, value, i) => {
    const s = value / 255;
    return sum + weights[i]! * (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4);
  }, 0);
}

export function contrast(a: Rgb, b: Rgb): number {
  const ratio = (luminance(a) + 0.05) / (luminance(b) + 0.05);
  return Math.max(ratio, 1 / ratio);
}

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

/** White where it can be read, else black: one of the two always can. */
export function inkOn(colour: Rgb): Rgb {
  return contrast(white, colour) >= 4.5 ? white : black;
}

/** The colour, moved towards black or white until it can be read on `ground`. */
export function readableOn(colour: Rgb, ground: Rgb): Rgb {
  const goal: Rgb = luminance(ground) > 0.4 ? black : white;
  for (let step = 0; step <= 10; step++) {
    const mixed = colour.map((value, i) => value + ((goal[i]! - value) * step) / 10) as Rgb;
    if (contrast(mixed, ground) >= 4.5) return mixed;
  }
  return goal;
}
