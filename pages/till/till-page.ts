import { fill, h, part } from '../shared/element.js';
import { say, type LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';
import { readStored, writeStored } from '../shared/stored.js';
import { Camera, CameraTrouble } from './camera.js';
import * as desk from './desk-view.js';
import { keepingFocus } from './focus.js';
import { drawHead } from './head-view.js';
import { holdPanel } from './hold-view.js';
import { Order, type Scale } from './order.js';
import { askWhetherItIsThem } from './payer-view.js';
import { showPending } from './pending-view.js';
import { openPinSheet } from './pin-sheet.js';
import { endOfVoid, lineOf, stateOf } from './sale-line.js';
import { saleList } from './sale-list.js';
import { hearScanner, readScan } from './scanner.js';
import { play, wakeSounds } from './sounds.js';
import { StudentFeed, type StudentView } from './student-feed.js';
import * as words from './verdict-words.js';
import { canHide, followCovers, hideVerdict, showVerdict } from './verdict-view.js';
import { VoidDesk } from './void-desk.js';
import type {
  BookException,
  OfflineResult,
  SaleResult,
  TerminalEvent,
} from '@campus-paycode/terminal-client/pure';
import type { Instrument, OfflineSaleAnswer } from '@campus-paycode/terminal-protocol';
import type { SaleLine, SaleLines } from './till-store.js';
import type { Till } from './till.js';

const SCALE = 'campus-paycode.till.scale';

const TEXTS = {
  amountFirst: { zh: '请先输入金额', en: 'Enter the amount first' },
  tooMuch: { zh: '超过单笔限额', en: 'Above the limit of one sale' },
  amount: { zh: '请输入金额', en: 'Enter the amount' },
  scan: { zh: '请扫付款码', en: 'Scan the payment code' },
  sending: { zh: '正在确认…', en: 'Checking…' },
  show: { zh: '请出示付款码', en: 'Show your payment code' },
  welcome: { zh: '欢迎', en: 'Welcome' },
} as const satisfies Record<string, LocalText>;

/** The cashier's screen: an amount, a scan, a verdict; and what became of the last sales. */
export class TillPage {
  private readonly order = new Order(readStored<Scale>(SCALE));
  private readonly form = desk.scanForm((text) => this.scanned(text));
  private readonly voids: VoidDesk;
  private camera: Camera | null = null;
  private note: LocalText | null = null;
  /** Of the sale that was scanned last, until the next scan. */
  private shortNumber = '';
  private readonly student = new StudentFeed();
  private undoKeys: () => void = () => undefined;

  constructor(
    private readonly till: Till,
    private readonly lines: SaleLines,
  ) {
    const render = (): void => this.render();
    this.voids = new VoidDesk(till, render);
    till.settingsChanged = () => this.refresh();
    followCovers((view) => this.student.cover(view));
    wakeSounds();
    hearScanner({
      takesCards: () => this.till.settings().instruments?.includes('plastic') ?? false,
      scanned: (text) => this.scanned(text),
      pressed: (key, isFirst) => this.pressed(key, isFirst),
      takenBack: () => {
        this.undoKeys();
        this.render();
      },
    });
    this.render();
  }

  /** After the settings changed. */
  refresh(): void {
    if (!this.till.isBusy()) this.render();
  }

  hear(event: TerminalEvent): void {
    if (event.type === 'sent') this.shortNumber = event.shortNumber;
    if (event.type === 'exception') this.giveUp(event.exception);
    if (event.type === 'voiding') this.mark(event.orderNumber, 'unknown');
    if (event.type === 'voided') this.mark(event.answer.orderNumber, endOfVoid(event.answer));
    if (event.type === 'checking') this.doubt(event.shortNumber);
    if (event.type === 'pending') this.wait(event);
    if (event.type === 'ended') this.finish(event.result);
    if (event.type === 'ended_offline') this.finishOffline(event.result);
    if (event.type === 'settled_offline') this.settle(event.decision);
    if (event.type === 'link') this.refresh();
    if (event.type === 'reversed' && event.answer.outcome !== 'was_declined')
      this.mark(event.answer.orderNumber, 'reversed');
    this.renderHead();
  }

  private scanned(text: string): void {
    if (this.till.isBusy()) return;
    hideVerdict();
    const scan = readScan(text, this.till.settings());
    const why = scan.ok ? this.obstacle() : scan.why;
    if (why !== null) this.refuse(why);
    else if (scan.ok) void this.sell(scan.code);
  }

  /** Why nothing can be sold as it stands. */
  private obstacle(): LocalText | null {
    const { tariff } = this.till.settings();
    if (tariff.type !== 'entered') return null;
    const amount = this.order.total();
    if (amount === 0) return TEXTS.amountFirst;
    return amount > tariff.maximum ? TEXTS.tooMuch : null;
  }

  private async sell(code: string | Instrument): Promise<void> {
    const isEntered = this.till.settings().tariff.type === 'entered';
    const amount = isEntered ? this.order.total() : undefined;
    this.note = TEXTS.sending;
    this.shortNumber = '';
    const sale = this.till.sell(code, amount);
    this.render();
    // Only a till that cannot write its memory gets here; it must not sell on.
    await sale.catch(() => showVerdict(words.tellBroken()));
    this.render();
  }

  private refuse(why: LocalText): void {
    this.note = why;
    play('declined');
    this.render();
  }

  private doubt(shortNumber: string): void {
    const at = this.till.openSale()?.deadline ?? Date.now();
    showVerdict(words.tellChecking(shortNumber, at, () => Date.now()));
  }

  private wait({ awaits, expiresAt }: Extract<TerminalEvent, { type: 'pending' }>): void {
    const sale = this.till.openSale();
    showPending(
      {
        awaits,
        amount: formatYuan(sale?.amount ?? this.price()),
        shortNumber: sale?.shortNumber ?? this.shortNumber,
        until: Date.parse(expiresAt),
        now: () => this.till.serviceNow(),
      },
      (decision) => this.till.confirm(decision),
      () => this.till.withdraw(),
    );
  }

  /** Also the end of a sale that an earlier run of the page left open. */
  private finish(result: SaleResult): void {
    this.note = null;
    // Whatever was not sold can be scanned again without typing it again.
    if (result.outcome === 'approved') this.order.finish();
    showVerdict(words.tell(result));
    void this.lines.put(lineOf(result, this.price())).then(() => this.render());
  }

  private finishOffline(result: OfflineResult): void {
    this.note = null;
    showVerdict(words.tellOffline(result));
    if (result.outcome === 'refused_offline' || result.again) return;
    this.order.finish();
    const { orderNumber, shortNumber, amount } = result;
    this.shortNumber = shortNumber;
    const line = { orderNumber, shortNumber, amount, state: 'offline' as const };
    const at = new Date().toISOString();
    void this.lines.put({ ...line, at }).then(() => this.render());
  }

  /** What the sale that is put together now would cost. */
  private price(): number {
    const { tariff } = this.till.settings();
    if (tariff.type === 'entered') return this.order.total();
    return tariff.type === 'fixed' ? tariff.amount : tariff.hold;
  }

  private render(): void {
    keepingFocus(() => {
      this.renderHead();
      desk.nameScanForm(this.form);
      fill(
        part('content'),
        h('section', { class: 'desk' }, ...this.desk()),
        h(
          'div',
          { class: 'aside' },
          desk.itemList(this.order, () => this.changed()),
          saleList(this.lines.all(), this.voids),
        ),
      );
    });
    this.student.desk(this.forStudent());
    if (part('told').textContent !== say(this.nextStep())) fill(part('told'), say(this.nextStep()));
  }

  private forStudent(): StudentView {
    const price = this.price();
    const place = this.till.settings().place.name;
    if (price === 0) return { tone: 'idle', place, text: TEXTS.welcome };
    return { tone: 'idle', place, text: TEXTS.show, amount: formatYuan(price) };
  }

  private desk(): (Node | false)[] {
    const { tariff } = this.till.settings();
    const [hold] = this.till.holds();
    const changed = (): void => this.changed();
    if (hold !== undefined && tariff.type === 'metered') {
      const settle = (amount: number): Promise<void> => this.capture(hold.orderNumber, amount);
      return [this.amountLine(), holdPanel(hold, tariff, settle)];
    }
    const isEntered = tariff.type === 'entered';
    return [
      this.amountLine(),
      this.tools(),
      this.form,
      isEntered && this.order.isWeighing && desk.scalePanel(this.order, changed),
      isEntered && desk.keypad(this.order, changed),
    ];
  }

  private amountLine(): HTMLElement {
    const { order } = this;
    const isPlain = order.items.length === 0 && !order.isWeighing;
    const { tariff } = this.till.settings();
    const typed = order.typed === '' ? '0.00' : order.typed;
    const shown = tariff.type === 'entered' && isPlain ? `¥${typed}` : formatYuan(this.price());
    const state = this.till.isBusy() ? 'busy' : this.note === null ? '' : 'refused';
    return desk.amountLine(shown, `${say(this.nextStep())} ${this.shortNumber}`.trim(), state);
  }

  private nextStep(): LocalText {
    const isReady = this.price() > 0;
    return this.note ?? (isReady ? TEXTS.scan : TEXTS.amount);
  }

  private tools(): HTMLElement | false {
    const { order } = this;
    const weigh = (): void => {
      order.isWeighing = !order.isWeighing;
      this.changed();
    };
    const { tariff, instruments = [] } = this.till.settings();
    const isEntered = tariff.type === 'entered';
    return desk.toolRow([
      ...(isEntered ? [desk.weighTool(order.isWeighing, weigh)] : []),
      desk.cameraTool(this.camera !== null, () => void this.turnCamera()),
      ...(instruments.includes('number_pin') ? [desk.pinTool(() => this.askPin())] : []),
    ]);
  }

  /** Whoever has no phone at hand pays by number and PIN: checked first, and kept nowhere. */
  private askPin(): void {
    const why = this.obstacle();
    if (why !== null) return this.refuse(why);
    openPinSheet(
      { ...desk.PIN_SHEET, about: formatYuan(this.price()) },
      (number, pin) => this.till.checkPin({ number, pin }),
      ({ instrument, cardholder, expiresAt }) => {
        const payer = {
          maskedName: cardholder.maskedName,
          amount: formatYuan(this.price()),
          until: Date.parse(expiresAt),
          now: () => this.till.serviceNow(),
        };
        askWhetherItIsThem(payer, () => void this.sell(instrument));
      },
    );
  }

  private async turnCamera(): Promise<void> {
    const { camera } = this;
    this.camera = null;
    camera?.close();
    if (camera === null) {
      const opening = Camera.open((text) => this.scanned(text));
      this.camera = await opening.catch((error: unknown) => {
        if (error instanceof CameraTrouble) this.refuse(error.text);
        return null;
      });
    }
    part('eye').hidden = this.camera === null;
    fill(part('eye'), this.camera?.picture);
    this.render();
  }

  /** A key of the keypad, or of the keyboard, or a tap on the scale. */
  private changed(): void {
    if (this.till.isBusy()) return;
    // The code that was held there too early may still be there.
    if (this.note !== null) this.camera?.again();
    this.note = null;
    writeStored(SCALE, this.order.kept);
    hideVerdict();
    this.render();
  }

  private pressed(key: string, isFirst: boolean): void {
    if (document.querySelector('dialog') !== null || this.till.isBusy() || !canTypeNow()) return;
    if (key === 'Escape' && !part('verdict').hidden) return hideVerdict();
    if (isFirst) this.undoKeys = this.order.remember();
    if (this.till.settings().tariff.type !== 'entered') return;
    if (desk.pressOnKeyboard(this.order, key)) this.changed();
  }

  /** What the service made of a sale that this till had accepted by itself. */
  private settle({ orderNumber, decision }: OfflineSaleAnswer): void {
    if (orderNumber === null) return;
    this.mark(orderNumber, stateOf(decision));
  }

  private mark(orderNumber: string, state: SaleLine['state']): void {
    void this.lines.change(orderNumber, { state }).then(() => this.render());
  }

  /** The service refused for good what somebody has gone on without waiting for. */
  private giveUp({ orderNumber, what, code }: BookException): void {
    if (what === 'void') this.mark(orderNumber, 'approved');
    showVerdict(words.tellException(code));
  }

  private async capture(orderNumber: string, amount: number): Promise<void> {
    const { captured, released } = await this.till.capture(orderNumber, amount);
    await this.lines.change(orderNumber, { state: 'approved', amount: captured });
    showVerdict(words.tellSettled(captured, released));
    this.render();
  }

  private renderHead(): void {
    drawHead(this.till, () => this.render());
  }
}

function canTypeNow(): boolean {
  return part('verdict').hidden === true || canHide();
}
