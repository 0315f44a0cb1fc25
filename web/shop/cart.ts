// The cart: product ids and quantities in localStorage, shared by the visitor's tabs.

import { useEffect, useState } from 'preact/hooks';

const key = 'onmaru:cart';
export const mostOfOne = 99;

export interface Line {
  id: string;
  quantity: number;
}

function read(): Line[] {
  try {
    const lines: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (!Array.isArray(lines)) return [];
    return lines.filter(
      (line): line is Line =>
        typeof line?.id === 'string' && Number.isInteger(line.quantity) && line.quantity > 0 && line.quantity <= mostOfOne,
    );
  } catch {
    return []; // Storage forbidden or somebody else's text: an empty cart.
  }
}

let lines = read();
const listeners = new Set<() => void>();

function write(next: Line[]): void {
  lines = next;
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // The cart then lives as long as the page.
  }
  listeners.forEach((listener) => listener());
}

window.addEventListener('storage', (event) => {
  if (event.key !== key) return;
  lines = read();
  listeners.forEach((listener) => listener());
});

export function put(id: string, quantity: number): void {
  const at = lines.findIndex((line) => line.id === id);
  const line = { id, quantity: Math.min(mostOfOne, Math.max(0, Math.round(quantity))) };
  const next = at < 0 ? [...lines, line] : lines.map((old, i) => (i === at ? line : old));
  write(next.filter(({ quantity: count }) => count > 0));
}

export const add = (id: string, quantity = 1): void => put(id, (lines.find((line) => line.id === id)?.quantity ?? 0) + quantity);
export const clear = (): void => write([]);

export function useCart(): Line[] {
  const [, render] = useState({});
  useEffect(() => {
    const listener = (): void => render({});
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return lines;
}
