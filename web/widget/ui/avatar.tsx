import { mark } from './icons';
import type { Screen } from './screen';

/** 김민지 → 민지, Grace Hopper → GH. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  if (/[\uac00-\ud7a3]/.test(name)) return words[0]!.slice(-2);
  return words.slice(0, 2).map((word) => [...word][0]).join('').toUpperCase();
}

export function avatar({ origin }: Screen, role: string, name?: string, picture?: string) {
  return (
    <span class={`avatar ${role}`} aria-hidden="true">
      {picture ? <img src={new URL(picture, origin).href} alt="" /> : role === 'agent' && name ? initials(name) : mark()}
    </span>
  );
}
