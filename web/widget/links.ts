// Finds the links in a message, which is plain text: nothing else in it is ever markup. Pure and linear.

export interface Piece {
  text: string;
  href?: string;
}

// Only http(s), a bare www., mail addresses and Korean phone numbers: no other scheme can be clicked.
const pattern =
  /(https?:\/\/[^\s<>"'`]{1,2000})|(\bwww\.[^\s<>"'`]{1,2000})|([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4})|(?<![\w-])(0\d{1,2}-\d{3,4}-\d{4}|1[568]\d{2}-\d{4})(?![\w-])/gi;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const at = match.index;
    let found = match[0];
    if (match[1] ?? match[2]) found = withoutTail(found);
    const href = match[1]
      ? found
      : match[2]
        ? `https://${found}`
        : match[3]
          ? `mailto:${found}`
          : `tel:${found}`;
    if (at > from) pieces.push({ text: text.slice(from, at) });
    pieces.push({ text: found, href });
    from = at + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

// The full stop ends the sentence, and Korean endings follow a link without a space: "https://a.kr/x에서".
function withoutTail(link: string): string {
  const cut = link.replace(/[\u3131-\u318e\uac00-\ud7a3]+[.,!?]*$/, '').replace(/[.,!?:;…·。、]+$/, '');
  if (cut.endsWith(')') && !cut.includes('(')) return withoutTail(cut.slice(0, -1));
  return cut;
}
