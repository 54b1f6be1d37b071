import { given, type Check } from '../check.js';
import { Probe, type Draft, type Heard } from './probe.js';
import type { Payers } from './payers.js';

export type ServiceCheck = Check<ServiceWorld>;

/** What the kit has of a service: terminals of each tariff, and students who pay. */
export class ServiceWorld {
  private readonly enrolled: { probe: Probe; code: string }[] = [];
  private amount = 100;

  constructor(
    readonly where: { readonly url: string; readonly serviceName: string },
    readonly payers: Payers,
  ) {}

  /** @returns what the service answered */
  async enrol(code: string): Promise<Heard> {
    const probe = new Probe(this.where);
    const heard = await probe.enrol(code);
    if (heard.status === 201) this.enrolled.push({ probe, code });
    return heard;
  }

  /** Of the tariff, the first or a further one. */
  terminal(tariff: 'entered' | 'fixed' | 'metered', at = 0): Probe {
    return this.withCode(tariff, at).probe;
  }

  withCode(tariff: 'entered' | 'fixed' | 'metered', at = 0): { probe: Probe; code: string } {
    const own = this.enrolled.filter(({ probe }) => probe.settings?.tariff.type === tariff);
    const which = at === 0 ? 'a' : 'another';
    return given(own[at], `${which} enrolment code of a terminal with the tariff ${tariff}`);
  }

  get desk(): Probe {
    return this.terminal('entered');
  }

  heard(): Heard[] {
    return this.enrolled.flatMap(({ probe }) => probe.heard);
  }

  /** What was heard so far is nobody's any more. */
  forget(): void {
    for (const { probe } of this.enrolled) probe.heard.length = 0;
  }

  probes(): readonly Probe[] {
    return this.enrolled.map(({ probe }) => probe);
  }

  async code(name = 'approved'): Promise<string> {
    const [code] = await this.payers.codes(name, 1, this.desk.now());
    return given(code, `a code of a student called ${name}`);
  }

  /** Two codes of one and the same student. */
  twoCodes(): Promise<string[]> {
    return this.payers.codes('approved', 2, this.desk.now());
  }

  /** A little more each time: the same again within a minute would ask the cashier (R55). */
  price(): number {
    this.amount += 1;
    return this.amount;
  }

  /** A sale that is approved. */
  async sell(changes: Record<string, unknown> = {}): Promise<Draft & { heard: Heard }> {
    const draft = this.desk.draft(await this.code(), this.price(), changes);
    return { ...draft, heard: await this.desk.post(draft) };
  }
}
