/** What this module tells the others. Ids are decimal strings. */
export type CardholderEvents = {
  'cardholder.registered': { cardholder: string };
  'cardholder.signed-in': { cardholder: string };
};
