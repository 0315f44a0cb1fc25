// What a tree of elements looks like as HTML, without a document. Functions as elements are called; handlers and
// keys are left out.

import type { ComponentChildren, VNode } from 'preact';

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

export function html(tree: ComponentChildren): string {
  if (tree === null || tree === undefined || typeof tree === 'boolean') return '';
  if (Array.isArray(tree)) return tree.map(html).join('');
  if (typeof tree !== 'object') return escaped(String(tree));
  const { type, props } = tree as VNode<Record<string, unknown>>;
  const { children, ...rest } = props as { children?: ComponentChildren } & Record<string, unknown>;
  if (typeof type === 'function') return html((type as (props: unknown) => ComponentChildren)(props));
  const attributes = Object.entries(rest)
    .filter(([, value]) => typeof value !== 'function' && value !== undefined && value !== false)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/"/g, '&quot;')}"`);
  return `<${type}${attributes.join('')}>${html(children)}</${type}>`;
}
