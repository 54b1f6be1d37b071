import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { ValidatorOptions } from 'class-validator';
import { platformProblems } from '../errors/platform.errors.js';
import { Refusal, type FieldError } from '../errors/problem.js';
import { passesAtOnce } from './quick-look.js';

function fieldErrors(errors: readonly ValidationError[], above = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${above}/${error.property}`;
    // Decorators are judged from below, so the last one is the topmost: the type, where the type is wrong.
    const own = Object.values(error.constraints ?? {}).slice(-1);
    return [
      ...own.map((message) => ({ pointer, message })),
      ...fieldErrors(error.children ?? [], pointer),
    ];
  });
}

const hasUnknownField = (errors: readonly ValidationError[]): boolean =>
  errors.some(
    (error) =>
      error.constraints?.['whitelistValidation'] !== undefined ||
      hasUnknownField(error.children ?? []),
  );

class RequestValidation extends ValidationPipe {
  /** What keeps all rules is let through at once; only for what does not is class-validator asked what is wrong. */
  protected override validate(
    object: object,
    options?: ValidatorOptions,
  ): Promise<ValidationError[]> | ValidationError[] {
    return passesAtOnce(object) ? [] : super.validate(object, options);
  }
}

/** Checks bodies, queries and parameters against their request classes; unknown fields are refused, not dropped. */
export const requestValidation = (): ValidationPipe =>
  new RequestValidation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors) =>
      new Refusal(
        platformProblems,
        hasUnknownField(errors) ? 'unknown_field' : 'malformed_request',
        { errors: fieldErrors(errors) },
      ),
  });
