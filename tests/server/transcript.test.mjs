// The tests' own judge: it must see a gap, a double and a change, or the other tests cannot fail.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Transcript } from './lib/transcript.mjs';

const message = (seq, text = `text ${seq}`, role = 'bot') => ({ seq, at: `2026-01-01T00:00:0${seq}.000Z`, from: { role }, text });
const log = (...steps) => {
  const transcript = new Transcript('it');
  for (const step of steps) step(transcript);
  return transcript;
};
const live = (...args) => (transcript) => transcript.live(message(...args), 'message');
const ack = (...args) => (transcript) => transcript.live(message(...args), 'ack');
const history = (seqs, after, upto, more = false) => (transcript) => transcript.history(seqs.map((seq) => message(seq)), after, upto, more);

test('an honest server leaves no problem', () => {
  assert.deepEqual(log(history([1], 0, 1), ack(2, undefined, 'visitor'), live(3), ack(2, undefined, 'visitor'), live(4)).problems, []);
  assert.deepEqual(log(history([1], 0, 1), live(2), live(3), history([2, 3, 4], 1, 4), live(5)).problems, []);
  assert.deepEqual(log(history([300, 301], 0, 301, true), live(302)).problems, []);
});

for (const [name, steps, wanted] of [
  ['a gap', [live(1), live(3)], /gap/],
  ['a double', [live(1), live(1)], /doubled/],
  ['a frame out of order', [live(1), live(3), live(2)], /gap/],
  ['a changed text', [live(1), ack(1, 'another')], /changed/],
  ['a hole in a history', [history([1, 3], 0, 3)], /history has 3 where 2/],
  ['a history that ends early', [history([1, 2], 0, 3)], /ends at 2/],
  ['a history that skips what was asked for', [live(1), history([3], 1, 3)], /history has 3/],
  ['a server that forgot', [live(1), live(2), history([], 2, 1)], /forgot|ends at/],
  ['an ack that comes behind later messages', [live(1), live(2), history([4], 3, 4), ack(3)], /late/],
  ['no seq', [(transcript) => transcript.live({ text: 'x' }, 'message')], /without a seq/],
])
  test(`${name} is a problem`, () => assert.match(log(...steps).problems.join('\n'), wanted));
