/** The wire contracts as types, one namespace each, made from the OpenAPI documents beside this package. */
export type * as terminal from './terminal.generated.js';
export type * as student from './student.generated.js';
export type * as staff from './staff.generated.js';
