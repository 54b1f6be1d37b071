import { getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rule = ReturnType<Storage['getTargetValidationMetadatas']>[number];
type Constructor = abstract new (...args: never[]) => object;
type Fields = Readonly<Record<string, unknown>>;

type Check = { readonly judge: ValidatorConstraintInterface; readonly rule: Rule };

type Field = {
  readonly name: string;
  /** `@ValidateIf` and `@IsOptional`: when one says no, the field is not looked at. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly checks: readonly Check[];
  readonly isNested: boolean;
};

type Plan = { readonly fields: readonly Field[]; readonly names: ReadonlySet<string> };

/** The kinds of rules that a plan knows how to follow; a class with any other is left to class-validator. */
const known = new Set([
  'customValidation',
  'conditionalValidation',
  'nestedValidation',
  'whitelistValidation',
]);

const plans = new Map<Constructor, Plan | null>();

function fieldOf(name: string, rules: readonly Rule[], storage: Storage): Field | null {
  if (rules.some((rule) => rule.each || !known.has(rule.type) || rule.validateIf !== undefined))
    return null;
  const checks = rules
    .filter(({ type }) => type === 'customValidation')
    .flatMap((rule) =>
      storage
        .getTargetValidatorConstraints(rule.constraintCls)
        .map((constraint) => ({ judge: constraint.instance, rule, isAsync: constraint.async })),
    );
  if (checks.some(({ isAsync }) => isAsync)) return null;
  return {
    name,
    conditions: rules
      .filter(({ type }) => type === 'conditionalValidation')
      .map(({ constraints }) => constraints[0] as Field['conditions'][number]),
    checks,
    isNested: rules.some(({ type }) => type === 'nestedValidation'),
  };
}

/** What the decorators of a class ask for, in the form of a list; null when a list cannot say it. */
function planOf(shape: Constructor): Plan | null {
  const storage = getMetadataStorage();
  const rules = storage.getTargetValidationMetadatas(shape, '', false, false);
  const byName = new Map<string, Rule[]>();
  for (const rule of rules)
    byName.set(rule.propertyName, [...(byName.get(rule.propertyName) ?? []), rule]);
  const fields: Field[] = [];
  for (const [name, own] of byName) {
    const field = fieldOf(name, own, storage);
    if (field === null) return null;
    fields.push(field);
  }
  return fields.length === 0 ? null : { fields, names: new Set(byName.keys()) };
}

function fieldPasses(object: Fields, field: Field): boolean {
  const { name: property, conditions, checks, isNested } = field;
  const value = object[property];
  for (const applies of conditions) if (!applies(object, value)) return true;
  for (const { judge, rule } of checks) {
    const { constraints } = rule;
    const targetName = object.constructor.name;
    if (judge.validate(value, { targetName, property, object, value, constraints }) !== true)
      return false;
  }
  if (!isNested || value === undefined) return true;
  return value instanceof Object && !Array.isArray(value) && passesAtOnce(value);
}

/**
 * Whether an instance of a request class keeps all its rules and has no field that nobody declared. `true` is what
 * class-validator would say; `false` only says that it must be asked, for what is wrong and in which words. It makes a
 * report for each field before it knows of any fault.
 */
export function passesAtOnce(object: object): boolean {
  if (Object.hasOwn(object, 'constructor')) return false;
  const shape = object.constructor as Constructor;
  let plan = plans.get(shape);
  if (plan === undefined) {
    plan = planOf(shape);
    plans.set(shape, plan);
  }
  if (plan === null) return false;
  for (const name of Object.keys(object)) if (!plan.names.has(name)) return false;
  for (const field of plan.fields) if (!fieldPasses(object as Fields, field)) return false;
  return true;
}
