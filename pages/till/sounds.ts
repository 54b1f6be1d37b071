/** Short tones, so that nobody has to look: two rising for yes, two falling for no, three even for doubt, yes and once more for a sale without a network. */
const TONES = {
  approved: [880, 1320],
  declined: [330, 220],
  unknown: [520, 520, 520],
  offline: [880, 1320, 880],
} as const;

export type Tone = keyof typeof TONES;

const TONE_SECONDS = 0.14;
let audio: AudioContext | undefined;

export function play(tone: Tone): void {
  try {
    audio ??= new AudioContext();
    TONES[tone].forEach((pitch, index) => {
      if (audio !== undefined) sound(audio, pitch, index * (TONE_SECONDS + 0.04));
    });
  } catch {
    // A till without a loudspeaker still sells.
  }
}

function sound(context: AudioContext, pitch: number, delay: number): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const begin = context.currentTime + delay;
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(0.25, begin);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + TONE_SECONDS);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + TONE_SECONDS);
}
