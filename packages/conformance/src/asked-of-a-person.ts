/** The rules that no machine can look at, and what a person has to look at instead. */
export const askedOfAPerson: Readonly<Record<string, string>> = {};
