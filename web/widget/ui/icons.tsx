// Line icons on a 24 px grid, drawn here.

const icon = (path: string) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const chat = () => icon('M12 4c-5 0-9 3.4-9 7.6 0 2.3 1.2 4.3 3 5.7 0 1-.4 2-1.2 3 1.9 0 3.5-.6 4.7-1.4C16 20 21 16.4 21 11.6S17 4 12 4ZM8 11.6h.01m4 0h.01m4 0h.01');
export const down = () => icon('m6 9.5 6 6 6-6');
export const left = () => icon('m14.5 6-6 6 6 6');
export const right = () => icon('m9.5 6 6 6-6 6');
export const close = () => icon('M6 6l12 12M18 6 6 18');
export const more = () => icon('M12 6v.01M12 12v.01M12 18v.01');
export const send = () => icon('M12 19V5M5.5 11.5 12 5l6.5 6.5');
// The boards of a maru, the hall where guests are received, under its roof.
export const mark = () => icon('M3.5 10.5 12 4l8.5 6.5M6 12.5h12M6 16h12M6 19.5h12');
