import type { Gate, GateRule } from '../gate.js';

const isPriced = ({ charge, amount, minutePrice }: GateRule): boolean =>
  (amount === null) === (charge === 'free') && (minutePrice !== null) === (charge === 'time');

const overlap = (one: GateRule, other: GateRule): boolean =>
  one.group === other.group && one.from < other.until && other.from < one.until;

/** Whether every hour of every group has one rule at most, and every rule its price. */
export function fitTogether(gate: Omit<Gate, 'place'>): boolean {
  const { rules } = gate;
  return (
    gate.opens < gate.closes &&
    (gate.passback === 'timed') === (gate.passbackMinutes !== null) &&
    rules.every((rule) => isPriced(rule) && rule.from < rule.until) &&
    rules.every((rule, index) => !rules.slice(index + 1).some((other) => overlap(rule, other)))
  );
}
