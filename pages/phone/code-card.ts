import { fill, h } from '../shared/element.js';
import { CodeView } from './code-view.js';
import { SignedView } from './signed-view.js';
import { t } from './texts.js';
import type { CodeMaker } from './credential.js';
import type { SignedQrMaker } from './offline-kit.js';

/** The code on the screen, and behind a button the other one, for a till that has no network. */
export class CodeCard {
  private readonly view: CodeView;
  private readonly signed: SignedView;
  private readonly codePlace = h('div', { class: 'code-place' });
  private readonly signedPlace = h('div', { class: 'code-place' });
  private isSigned = false;
  private active = false;

  constructor(
    private readonly place: HTMLElement,
    makers: { readonly codes: CodeMaker; readonly signed: SignedQrMaker },
    goOnline: () => void,
  ) {
    const { codes, signed } = makers;
    this.view = new CodeView(this.codePlace, codes, goOnline);
    this.signed = new SignedView(this.signedPlace, signed, () => codes.now());
  }

  start(): void {
    this.active = true;
    this.draw();
    if (this.isSigned) this.signed.start();
    else this.view.start();
  }

  stop(): void {
    this.active = false;
    this.view.stop();
    this.signed.stop();
  }

  /** Takes every code off the screen for good, e.g. when the card is frozen. */
  clear(): void {
    this.active = false;
    this.isSigned = false;
    this.signed.stop();
    this.view.clear();
    fill(this.place);
  }

  /** After a payment was heard of: whatever was on the screen has been seen. */
  showNext(): void {
    this.view.showNext();
    this.signed.showNext();
  }

  redraw(): void {
    if (this.active) this.draw();
    this.view.redraw();
    this.signed.redraw();
  }

  private change(): void {
    this.isSigned = !this.isSigned;
    this.view.stop();
    this.signed.stop();
    if (this.active) this.start();
  }

  private draw(): void {
    fill(
      this.place,
      this.isSigned ? this.signedPlace : this.codePlace,
      h(
        'button',
        { class: 'plain', type: 'button', id: 'till-offline', onclick: () => this.change() },
        t(this.isSigned ? 'tillOnline' : 'tillOffline'),
      ),
    );
  }
}
