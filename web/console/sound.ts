// Two soft notes, made here: no file to fetch.

let context: AudioContext | undefined;

export function ring(): void {
  try {
    context ??= new AudioContext();
    const { currentTime: now, destination } = context;
    for (const [i, frequency] of [659.3, 880].entries()) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      const from = now + i * 0.12;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(0.08, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.3);
      tone.connect(volume).connect(destination);
      tone.start(from);
      tone.stop(from + 0.32);
    }
  } catch {
    // A browser without sound.
  }
}
