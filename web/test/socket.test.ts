import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { LiveSocket, socketUrl } from '../shared/socket';

class FakeWebSocket {
  static made: FakeWebSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    FakeWebSocket.made.push(this);
  }
  send(data: string): void {
    this.sent.push(data);
  }
  close(): void {
    this.closed = true;
  }
  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }
}

let frames: unknown[];
let opened: number;
let stay: boolean;
const make = () =>
  new LiveSocket<unknown, unknown>(
    'ws://x/ws',
    { onOpen: () => void opened++, onFrame: (frame) => void frames.push(frame), onClose: () => stay },
    { WebSocket: FakeWebSocket as unknown as typeof WebSocket, random: () => 1 },
  );

beforeEach(() => {
  vi.useFakeTimers();
  FakeWebSocket.made = [];
  frames = [];
  opened = 0;
  stay = true;
});
afterEach(() => void vi.useRealTimers());

it('comes back after a loss, later each time, at once when hurried', () => {
  const socket = make();
  socket.start();
  const lose = () => FakeWebSocket.made[FakeWebSocket.made.length - 1]!.onclose!({ code: 1006, reason: '' });
  lose();
  expect(socket.state).toBe('waiting');
  vi.advanceTimersByTime(599);
  expect(FakeWebSocket.made).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(FakeWebSocket.made).toHaveLength(2);
  lose();
  vi.advanceTimersByTime(1199);
  expect(FakeWebSocket.made).toHaveLength(2);
  socket.hurry();
  expect(FakeWebSocket.made).toHaveLength(3);
  FakeWebSocket.made[2]!.accept();
  socket.settled();
  lose();
  vi.advanceTimersByTime(600);
  expect(FakeWebSocket.made).toHaveLength(4);
  expect(opened).toBe(1);
});

it('gives up on a connection that does not open, and on none twice', () => {
  const socket = make();
  socket.start();
  vi.advanceTimersByTime(10_000);
  expect(FakeWebSocket.made[0]!.closed).toBe(true);
  expect(socket.state).toBe('waiting');
  vi.advanceTimersByTime(600);
  expect(FakeWebSocket.made).toHaveLength(2);
});

it('hears frames, skips what is not JSON, sends only when open', () => {
  const socket = make();
  expect(socket.send({ a: 1 })).toBe(false);
  socket.start();
  const [one] = FakeWebSocket.made as [FakeWebSocket];
  one.accept();
  one.onmessage!({ data: '{"type":"x"}' });
  one.onmessage!({ data: '{' });
  expect(frames).toEqual([{ type: 'x' }]);
  expect(socket.send({ a: 1 })).toBe(true);
  expect(one.sent).toEqual(['{"a":1}']);
});

it('stays away when told, or when its owner stops it', () => {
  const socket = make();
  socket.start();
  stay = false;
  FakeWebSocket.made[0]!.onclose!({ code: 4401, reason: 'signed out' });
  vi.advanceTimersByTime(60_000);
  expect(FakeWebSocket.made).toHaveLength(1);
  expect(socket.state).toBe('closed');
});

it('names the socket of a server', () => {
  expect(socketUrl('https://a.kr', '/ws/visitor')).toBe('wss://a.kr/ws/visitor');
  expect(socketUrl('http://127.0.0.1:8080', '/ws/visitor')).toBe('ws://127.0.0.1:8080/ws/visitor');
});
