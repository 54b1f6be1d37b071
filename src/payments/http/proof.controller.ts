import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { FindCard } from '../../cards/find-card.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { CertifyPayment } from '../certify-payment.js';
import { presentInclusion } from './proof.presenter.js';
import { PaymentProofResponse } from './proof.response.js';

@ApiTags('student')
@Controller('v1/me/payments')
export class ProofController {
  constructor(
    private readonly cards: FindCard,
    private readonly certification: CertifyPayment,
  ) {}

  /** That a payment of one's own stands in the sealed books; docs/check-receipt checks it anywhere. */
  @Get(':id/proof')
  @Access('cardholder')
  @ApiOkResponse({ type: PaymentProofResponse })
  async prove(
    @CurrentCaller() caller: Caller,
    @Param() { id }: IdParameter,
  ): Promise<PaymentProofResponse> {
    const card = await this.cards.ofCardholder(caller.id);
    const proofs = await this.certification.certify(card.id, BigInt(id));
    return { paymentId: id, proofs: proofs.map(presentInclusion) };
  }
}
