// Line icons on a 24 px grid, drawn here. Always beside words or under a label.

const icon = (path: string) => () => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const Mark = icon('M3.5 10.5 12 4l8.5 6.5M6 12.5h12M6 16h12M6 19.5h12');
export const Back = icon('m14.5 6-6 6 6 6');
export const Close = icon('M6 6l12 12M18 6 6 18');
export const Check = icon('m5 12.5 4.5 4.5L19 7.5');
export const Double = icon('m2.5 12.5 4 4 8-9M12 15l1.5 1.5 8-9');
export const Clock = icon('M12 7v5l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z');
export const Search = icon('M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM16 16l4 4');
export const Info = icon('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 11v5M12 8v.01');
export const Send = icon('M12 19V5M5.5 11.5 12 5l6.5 6.5');
export const Bag = icon('M5.5 8h13l1 12h-15l1-12ZM9 8V7a3 3 0 0 1 6 0v1');
export const Bolt = icon('M13 3.5 5.5 13.5H12l-1 7 7.5-10H12l1-7Z');
export const Transfer = icon('M4 8.5h15m-4-4 4 4-4 4M20 15.5H5m4-4-4 4 4 4');
export const Keyboard = icon('M3.5 6.5h17v11h-17zM7 10v.01M10.3 10v.01M13.6 10v.01M17 10v.01M8 14h8');
export const Sun = icon('M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4');
export const Moon = icon('M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z');
export const Half = icon('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 3.5v17M12 8h4.5M12 12h5.5M12 16h4.5');
export const Bell = icon('M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4');
export const BellOff = icon('M6 16.5V11c0-1 .2-1.9.7-2.7M9 5.8A6 6 0 0 1 18 11v3M16.5 18h-12l1.5-1.5M10 20.5h4M4 4l16 16');
export const Globe = icon('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c-5 5-5 12 0 17M12 3.5c5 5 5 12 0 17');
export const Out = icon('M14 4.5H6v15h8M10.5 12H20m-4-4 4 4-4 4');
export const Warn = icon('M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.2v.01');
export const Hand = icon('M8 12V6.5a1.5 1.5 0 0 1 3 0V11m0-5.5a1.5 1.5 0 0 1 3 0V11m0-4a1.5 1.5 0 0 1 3 0v7c0 4-2.5 6.5-6 6.5-3 0-4.5-1.5-6.5-5L3.5 13c.7-1.5 2.2-1.5 3 0L8 15');
export const Frown = icon('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 16c1-1.5 2-2 3.5-2s2.5.5 3.5 2M9 9.5v.01M15 9.5v.01');
export const Robot = icon('M5 9h14v10H5zM12 9V5.5M12 5v.01M9 13.5v.01M15 13.5v.01M9.5 16.5h5M2.5 12.5v3M21.5 12.5v3');
export const Flow = icon('M4 5h6v5H4zM14 14h6v5h-6zM7 10v6.5h7');
export const Lock = icon('M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3');
export const Eye = icon('M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6ZM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z');
export const Inbox = icon('M4 13.5 6.5 5h11l2.5 8.5V19H4v-5.5Zm0 0h5c0 2 1 3 3 3s3-1 3-3h5');
export const Plus = icon('M12 5v14M5 12h14');
