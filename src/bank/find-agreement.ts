/** Only an owner with an agreement in force can be debited. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { findLiveAgreement } from './store/agreement.store.js';

@Injectable()
export class FindAgreement {
  /** @returns the id of the owner's agreement in force, if there is one. */
  async ofOwner(tx: Tx, owner: bigint): Promise<bigint | undefined> {
    const agreement = await findLiveAgreement(tx, owner);
    return agreement?.status === 'active' ? agreement.id : undefined;
  }
}
