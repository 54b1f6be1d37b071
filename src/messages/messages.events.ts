/** What this module tells the others. Ids are decimal strings. */
export type MessageEvents = {
  'message.said': { message: string; cardholder: string; kind: string };
  'marketing.refused': { cardholder: string };
  'marketing.allowed': { cardholder: string };
};
