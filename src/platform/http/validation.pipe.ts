import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { platformProblems } from '../errors/platform.errors.js';
import { Refusal, type FieldError } from '../errors/problem.js';

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

/** Checks bodies, queries and parameters against their request classes; unknown fields are refused, not dropped. */
export const requestValidation = (): ValidationPipe =>
  new ValidationPipe({
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
