/** What other modules may hear from the office. Ids are decimal strings. */

/** The second person consented: the module that proposed `kind` carries it out, once, under the approval's id. */
export const approvalConsented = 'approval.consented';
/** The second person refused: nothing is carried out. */
export const approvalRejected = 'approval.rejected';

export type ApprovalDecided = {
  readonly approval: string;
  /** What was proposed, such as `funding.import`. */
  readonly kind: string;
  /** The proposing module's own id of it. */
  readonly subject: string;
  /** Who decided. */
  readonly checker: string;
};
