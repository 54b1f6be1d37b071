import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindMeals } from '../places/find-meals.js';
import { FindPlaces } from '../places/find-places.js';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import type { PurseRule } from './card.js';
import { cardsProblems } from './cards.errors.js';
import { PlanSpending } from './plan-spending.js';
import { savePurseKind, savePurseOrder } from './store/purse-rules.store.js';

/** The office says where which money is good and in which order it pays; cash is good everywhere and always. */
@Injectable()
export class SetPurseRules {
  constructor(
    private readonly database: DataSource,
    private readonly spending: PlanSpending,
    private readonly places: FindPlaces,
    private readonly meals: FindMeals,
  ) {}

  /** Makes a kind or changes it. It pays for a group once the group's order names it. @throws {Refusal} purse_rule_wrong */
  async setKind(rule: PurseRule): Promise<void> {
    const refuse = (detail: string): never => {
      throw new Refusal(cardsProblems, 'purse_rule_wrong', { detail });
    };
    if (rule.code === 'cash' && (rule.placeKinds ?? rule.places ?? rule.meals) !== null)
      refuse('Leave cash good everywhere: it is the cardholder’s own money.');
    const places = new Set((await this.places.all()).map(({ id }) => id));
    const strange = rule.places?.find((id) => !places.has(id));
    if (strange !== undefined) refuse(`There is no place ${strange}.`);
    const meals = new Set((await this.meals.all()).map(({ code }) => code));
    const unknown = rule.meals?.find((code) => !meals.has(code));
    if (unknown !== undefined) refuse(`There is no meal period ${unknown}.`);
    await inTransaction(this.database, (tx) => savePurseKind(tx, rule));
    await this.spending.current();
  }

  /** @throws {Refusal} group_unknown, purse_rule_wrong when a kind is unknown or named twice */
  async setOrder(group: string, kinds: readonly string[]): Promise<void> {
    const rules = await this.spending.current();
    if (!rules.orders.has(group)) throw new Refusal(cardsProblems, 'group_unknown');
    const known = new Set(rules.kinds.map(({ code }) => code));
    const strange = kinds.find((code) => !known.has(code));
    if (strange !== undefined || new Set(kinds).size < kinds.length)
      throw new Refusal(cardsProblems, 'purse_rule_wrong', {
        detail: strange === undefined ? 'Name each kind once.' : `Make the kind ${strange} first.`,
      });
    await inTransaction(this.database, (tx) => savePurseOrder(tx, group, kinds));
    await this.spending.current();
  }
}
