/**
 * Short tones, so that nobody has to look: two rising for yes, two low and harsh for no, three even
 * for doubt, yes and once more for a sale without a network, three
 * falling for money that went back, and a doorbell for what waits for a word.
 */
const TONES = {
  approved: { pitches: [880, 1320], shape: 'sine', seconds: 0.14 },
  declined: { pitches: [220, 150], shape: 'square', seconds: 0.22 },
  unknown: { pitches: [520, 520, 520], shape: 'triangle', seconds: 0.16 },
  offline: { pitches: [880, 1320, 880], shape: 'sine', seconds: 0.14 },
  voided: { pitches: [1320, 880, 660], shape: 'sine', seconds: 0.12 },
  asks: { pitches: [988, 784], shape: 'sine', seconds: 0.3 },
} as const satisfies Record<
  string,
  { pitches: readonly number[]; shape: OscillatorType; seconds: number }
>;

export type Tone = keyof typeof TONES;

const GAP_SECONDS = 0.04;
/** A square is heard louder than a sine of the same height. */
const VOLUMES = { sine: 0.3, triangle: 0.35, square: 0.15 } as const;
let audio: AudioContext | undefined;

/** A browser plays nothing before somebody has touched the page. */
export function wakeSounds(): void {
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(
      type,
      () =>
        void context()
          ?.resume()
          .catch(() => undefined),
      { once: true },
    );
  }
}

export function play(tone: Tone): void {
  try {
    const { pitches, shape, seconds } = TONES[tone];
    pitches.forEach((pitch, index) => {
      sound({ pitch, shape, seconds, delay: index * (seconds + GAP_SECONDS) });
    });
  } catch {
    // A till without a loudspeaker still sells.
  }
}

function context(): AudioContext | undefined {
  try {
    audio ??= new AudioContext();
  } catch {
    // As in play.
  }
  return audio;
}

function sound(tone: {
  readonly pitch: number;
  readonly shape: keyof typeof VOLUMES;
  readonly seconds: number;
  readonly delay: number;
}): void {
  const speaker = context();
  if (speaker === undefined) return;
  const oscillator = speaker.createOscillator();
  const volume = speaker.createGain();
  const begin = speaker.currentTime + tone.delay;
  oscillator.type = tone.shape;
  oscillator.frequency.value = tone.pitch;
  volume.gain.setValueAtTime(VOLUMES[tone.shape], begin);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + tone.seconds);
  oscillator.connect(volume).connect(speaker.destination);
  oscillator.start(begin);
  oscillator.stop(begin + tone.seconds);
}
