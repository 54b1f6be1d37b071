import type { LocalText } from '../shared/language.js';

type Detector = {
  detect(image: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
};
type DetectorKind = {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

const FORMATS = ['qr_code', 'code_128'];
const LOOK_MILLIS = 120;
/** The same code again is the same phone, still held there. */
const SAME_MILLIS = 4_000;

export const NO_DECODER: LocalText = {
  zh: '此浏览器不能用摄像头识别付款码，请用扫码枪，或粘贴数字',
  en: 'This browser cannot read codes by camera. Use a scanner, or paste the digits.',
};
const NO_CAMERA: LocalText = {
  zh: '打不开摄像头：请允许使用，或改用扫码枪',
  en: 'The camera does not open: allow it, or use a scanner.',
};

function detectorKind(): DetectorKind | undefined {
  return (globalThis as { BarcodeDetector?: DetectorKind }).BarcodeDetector;
}

/** Whether this browser brings what reads codes in pictures; many do not. */
export async function canReadCodes(): Promise<boolean> {
  if (!('mediaDevices' in navigator)) return false;
  const formats = await detectorKind()
    ?.getSupportedFormats()
    .catch((): string[] => []);
  return formats?.includes('qr_code') ?? false;
}

/** Looks through the camera until it is stopped, and tells each code once. */
export class Camera {
  private stream: MediaStream | null = null;
  private told = { text: '', at: -Infinity };

  private constructor(
    readonly picture: HTMLVideoElement,
    private readonly scanned: (text: string) => void,
  ) {}

  /** @throws {CameraTrouble} when there is none, or nobody allows it */
  static async open(scanned: (text: string) => void): Promise<Camera> {
    const Kind = detectorKind();
    if (Kind === undefined || !(await canReadCodes())) throw new CameraTrouble(NO_DECODER);
    const picture = document.createElement('video');
    picture.className = 'camera';
    picture.muted = true;
    picture.playsInline = true;
    const camera = new Camera(picture, scanned);
    const supported = await Kind.getSupportedFormats();
    const detector = new Kind({ formats: FORMATS.filter((format) => supported.includes(format)) });
    camera.stream = await navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' }, audio: false })
      .catch(() => {
        throw new CameraTrouble(NO_CAMERA);
      });
    picture.srcObject = camera.stream;
    // It plays when the first picture comes.
    picture.play().catch(() => undefined);
    void camera.look(detector);
    return camera;
  }

  /** Tells the code that is held there again: what stood in its way is gone. */
  again(): void {
    this.told = { text: '', at: -Infinity };
  }

  close(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.picture.srcObject = null;
  }

  private async look(detector: Detector): Promise<void> {
    while (this.stream !== null) {
      // A picture that cannot be read now may be readable in a moment.
      const [found] = await detector.detect(this.picture).catch(() => []);
      if (found !== undefined && this.stream !== null) this.tell(found.rawValue);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
    }
  }

  private tell(text: string): void {
    const now = performance.now();
    const isNew = text !== this.told.text || now - this.told.at > SAME_MILLIS;
    this.told = { text, at: now };
    if (isNew) this.scanned(text);
  }
}

export class CameraTrouble extends Error {
  constructor(readonly text: LocalText) {
    super(text.en);
  }
}
