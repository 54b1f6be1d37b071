import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { platformProblems } from '../errors/platform.errors.js';
import { Refusal, type FieldError } from '../errors/problem.js';

function fieldErrors(errors: readonly ValidationError[], above = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${above}/${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ pointer, message }));
    return [...own, ...fieldErrors(error.children ?? [], pointer)];
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
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      new Refusal(
        platformProblems,
        hasUnknownField(errors) ? 'unknown_field' : 'malformed_request',
        { errors: fieldErrors(errors) },
      ),
  });
