import { RANDOM_LENGTH } from '@campus-paycode/paycode';
import { call, isRefused } from '../shared/call.js';
import { fill, h, part, starts } from '../shared/element.js';
import { chooseLanguage, language } from '../shared/language.js';
import { Announcements } from './announce.js';
import { AskedSheet } from './asked-sale.js';
import { bindView, linkIn, linkView, type Link } from './bind-view.js';
import { CodeCard } from './code-card.js';
import { asking, CodeMaker, mayAsk, questionOf, synchronised } from './credential.js';
import { confirmed } from './confirm.js';
import { keptCredential, keptKit } from './kept.js';
import { balanceLines, messageList, paymentList } from './lists.js';
import { moreEntries } from './more-entries.js';
import { MoreView } from './more-view.js';
import { owedNotice } from './owed-notice.js';
import { burnsCode, LiveHints, type Hint } from './live-hints.js';
import { SignedQrMaker } from './offline-kit.js';
import { prepareOffline } from './prepare-offline.js';
import { frozenNotice, settingsView } from './settings-view.js';
import { signInForm } from './sign-in-view.js';
import { StudentData } from './student-data.js';
import { t } from './texts.js';
import type { InboxMessage, Synchronisation } from './contract.js';

const tabs = ['code', 'payments', 'inbox', 'more', 'settings'] as const;
type Tab = (typeof tabs)[number];

/** After these answers the stored seed is worth nothing. */
const endings = ['phone_not_enrolled', 'synchronisation_unproven', 'phone_cloned'] as const;
const SYNCHRONISE_MILLIS = 10 * 60_000;

/** The student's whole page: the code first, everything else when the service has been heard. */
export class PhonePage {
  private tab: Tab = 'code';
  private connected = false;
  /** Why this phone makes no codes any more. */
  private unbound: (typeof endings)[number] | null = null;
  private first = true;
  private link: Link | null = null;
  private readonly maker = new CodeMaker(keptCredential, () => Date.now());
  private readonly codePlace = h('section', { class: 'code-card' });
  private readonly announcements = new Announcements();
  private readonly data = new StudentData(() => {
    // A form that is being filled in is left alone.
    if (!this.isTyping()) this.render();
  });
  private readonly signed = new SignedQrMaker(
    keptKit,
    () => this.maker.now(),
    () => keptCredential.read(),
  );
  private readonly code = new CodeCard(
    this.codePlace,
    { codes: this.maker, signed: this.signed },
    () => void this.synchronise(),
  );
  private readonly asked = new AskedSheet(
    () => keptCredential.read(),
    () => this.maker.now(),
  );
  private readonly more = new MoreView(moreEntries, {
    nextCode: () => {
      const next = this.maker.next();
      return next.kind === 'code' ? next.code : null;
    },
    now: () => this.maker.now() * 1000,
    lookAsked: () => void this.asked.look(),
    refresh: () => void this.data.refresh(),
  });
  private readonly live = new LiveHints({
    hint: (hint) => void this.hear(hint),
    poll: () => void this.ask(),
    connected: (connected) => {
      this.connected = connected;
      this.renderHead();
    },
    signedOut: () => {
      this.data.signedIn = 'no';
      this.render();
    },
  });

  constructor(private readonly content: HTMLElement) {}

  start(hash: string): void {
    this.link = linkIn(hash);
    if (this.link === null) this.begin();
    else this.renderLink(this.link);
  }

  private renderLink({ purpose, token }: Link): void {
    const view = purpose === 'enrolment' ? bindView : linkView;
    const opened = (): void => {
      this.link = null;
      this.begin();
    };
    fill(this.content, view(token, opened));
    this.renderHead();
  }

  private changeLanguage(): void {
    chooseLanguage(language() === 'zh' ? 'en' : 'zh');
    if (this.link === null) {
      this.render();
      this.code.redraw();
      if (this.tab === 'more') this.more.redraw();
    } else {
      this.renderLink(this.link);
    }
  }

  /** The code is on the screen before anything is asked of the network. */
  private begin(): void {
    history.replaceState(null, '', location.pathname);
    this.unbound = null;
    this.render();
    void this.synchronise();
    setInterval(() => void this.synchronise(), SYNCHRONISE_MILLIS);
    this.enter();
  }

  private enter(): void {
    this.first = true;
    void this.data.refresh().then(() => {
      this.takeNews();
      if (this.data.signedIn !== 'no') this.live.start();
    });
  }

  private async synchronise(): Promise<void> {
    const credential = keptCredential.read();
    if (credential === null || !navigator.onLine) return;
    if (!mayAsk(credential, this.maker.now())) return;
    const before = asking(credential, () => crypto.getRandomValues(new Uint8Array(RANDOM_LENGTH)));
    keptCredential.write(before);
    const question = questionOf(before);
    const askedAt = Date.now();
    try {
      const path = '/v1/me/phone/synchronisations';
      const told = await call<Synchronisation>('POST', path, question);
      const now = keptCredential.read();
      if (now?.credentialId !== question.credentialId) return;
      const wasExpired = this.maker.now() * 1000 >= Date.parse(now.usableUntil);
      keptCredential.write(synchronised(now, question, told, { askedAt, heardAt: Date.now() }));
      if (wasExpired) this.code.showNext();
      await prepareOffline(question.credentialId, told.offline, () => this.maker.now());
    } catch (error) {
      const reason = endings.find((code) => isRefused(error, code));
      if (reason === undefined) return;
      this.unbind(reason);
      if (reason === 'phone_cloned') await this.data.fetchCard();
    }
  }

  private async hear({ event }: Hint): Promise<void> {
    this.more.redraw(event);
    if (burnsCode.has(event)) this.code.showNext();
    if (event.startsWith('payment.')) {
      void this.asked.look();
      await this.data.fetchPayments();
      this.takeNews();
      await Promise.all([this.data.fetchCard(), this.data.fetchInbox()]);
    } else if (event.startsWith('message.')) {
      await this.data.fetchInbox();
    } else {
      const owed = event.startsWith('owed.') && this.data.fetchOwed();
      await Promise.all([this.data.fetchCard(), owed]);
      // A phone that was closed has lost its sign-in as well: it was this one.
      if (event === 'credential.closed' && this.data.signedIn === 'no')
        this.unbind('phone_not_enrolled');
    }
  }

  private unbind(reason: (typeof endings)[number]): void {
    this.unbound = reason;
    keptCredential.forget();
    this.render();
  }

  private async ask(): Promise<void> {
    void this.asked.look();
    await this.data.fetchPayments();
    if (this.takeNews()) {
      this.code.showNext();
      await Promise.all([this.data.fetchCard(), this.data.fetchInbox()]);
    }
  }

  private takeNews(): boolean {
    const { payments } = this.data;
    if (payments === null) return false;
    if (this.first) {
      this.first = false;
      this.announcements.ignore(payments);
      return false;
    }
    return this.announcements.announceNew(payments, this.maker.now() * 1000);
  }

  private render(): void {
    this.renderHead();
    this.renderTabs();
    const views: Record<Tab, () => Node[]> = {
      code: () => this.codeTab(),
      payments: () => [
        ...owedNotice(this.data.owed),
        this.orSignIn(() => paymentList(this.data.payments)),
      ],
      inbox: () => [this.orSignIn(() => this.inboxTab())],
      more: () => [this.orSignIn(() => this.more.content())],
      settings: () => this.settingsTab(),
    };
    if (this.tab !== 'code') this.code.stop();
    if (this.tab !== 'more') this.more.close();
    fill(this.content, ...views[this.tab]());
    if (this.tab === 'code' && this.codePlace.isConnected) this.code.start();
  }

  private isTyping(): boolean {
    return [...this.content.querySelectorAll('input')].some(({ value }) => value !== '');
  }

  private codeTab(): Node[] {
    const { card, signedIn } = this.data;
    const credential = keptCredential.read();
    // Somebody else may have signed in to a phone that is bound: their balance, but not their code.
    const isOwn = card === null || card.number === credential?.cardNumber;
    const parts: Node[] = [];
    const blocked = card !== null && card.status !== 'active';
    if (blocked) {
      this.code.clear();
      parts.push(frozenNotice(card.status, this.data));
    } else if (credential !== null && isOwn) {
      parts.push(this.codePlace);
    } else if (signedIn !== 'no' || this.unbound !== null) {
      this.code.clear();
      parts.push(notBound(this.unbound));
    }
    if (card !== null) parts.push(h('section', { class: 'panel balance' }, ...balanceLines(card)));
    if (signedIn === 'no') parts.push(this.signIn());
    return parts;
  }

  private inboxTab(): Node {
    return messageList(this.data.messages, (message: InboxMessage) => {
      if (message.readAt === null) void this.data.markRead(message.id);
    });
  }

  private settingsTab(): Node[] {
    return settingsView({
      data: this.data,
      credential: keptCredential.read(),
      signOut: async () => {
        const isBound = keptCredential.read() !== null;
        if (isBound && !(await confirmed(t('signOutConfirm'), t('signOut')))) return;
        await call('DELETE', '/v1/cardholder-sign-ins/current').catch(() => undefined);
        this.live.stop();
        keptCredential.forget();
        this.code.clear();
        this.tab = 'code';
        this.data.forget();
      },
    });
  }

  private orSignIn(view: () => Node): Node {
    return this.data.signedIn === 'no' ? this.signIn() : view();
  }

  private signIn(): Node {
    return signInForm(() => {
      this.data.signedIn = 'yes';
      this.render();
      void this.synchronise();
      this.enter();
    });
  }

  private renderHead(): void {
    const { card } = this.data;
    const mark = this.connected ? 'connected' : 'offline';
    const isHome = this.data.signedIn === 'yes' || keptCredential.read() !== null;
    fill(
      part('head'),
      h('span', { class: 'title' }, t('title')),
      card !== null && h('span', { class: 'holder' }, card.holderName),
      isHome && h('span', { class: `mark-${mark}`, id: 'connection' }, t(mark)),
      h(
        'button',
        { type: 'button', id: 'language', onclick: () => this.changeLanguage() },
        t('language'),
      ),
    );
  }

  private renderTabs(): void {
    const unread = this.data.unread();
    fill(
      part('tabs'),
      ...tabs.map((tab) =>
        h(
          'button',
          {
            type: 'button',
            id: `tab-${tab}`,
            ...(tab === this.tab ? { 'aria-current': 'page' } : {}),
            onclick: starts(async () => {
              this.tab = tab;
              this.render();
              if (tab !== 'code') await this.data.refresh();
            }),
          },
          t(tab),
          tab === 'inbox' && unread > 0 && h('span', { class: 'badge' }, String(unread)),
        ),
      ),
    );
  }
}

function notBound(unbound: (typeof endings)[number] | null): Node {
  return h(
    'section',
    { class: 'panel notice' },
    h('h2', {}, t('notBoundTitle')),
    unbound !== null && h('p', {}, t(unbound === 'phone_cloned' ? 'cloned' : 'unbound')),
    h('p', {}, t('notBoundText')),
  );
}
