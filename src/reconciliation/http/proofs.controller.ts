import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { ProveBooks } from '../../platform/proofs/prove-books.js';

class ProofResponse {
  @ApiProperty({ example: 'every entry sums to zero' })
  proof: string;

  @ApiProperty({ type: 'integer', description: 'How many things break it' })
  broken: number;

  @ApiProperty({ format: 'date-time' })
  provedAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  brokenSince: string | null;
}

export class ProofsResponse {
  @ApiProperty({ description: 'Everything was proved, and nothing is broken' })
  holds: boolean;

  @ApiProperty({ type: [ProofResponse], description: 'What is broken comes first' })
  proofs: ProofResponse[];
}

@ApiTags('staff')
@Controller('v1/staff/proofs')
export class ProofsController {
  constructor(private readonly books: ProveBooks) {}

  /** What the nightly proofs of the books said last. */
  @Get()
  @Access('staff', 'reconciliation.read')
  @ApiOkResponse({ type: ProofsResponse })
  async read(): Promise<ProofsResponse> {
    const proofs = await this.books.last();
    return {
      holds: proofs.length > 0 && proofs.every(({ broken }) => broken === 0n),
      proofs: proofs.map(({ proof, broken, provedAt, brokenSince }) => ({
        proof,
        broken: toWireAmount(broken),
        provedAt: provedAt.toISOString(),
        brokenSince: brokenSince?.toISOString() ?? null,
      })),
    };
  }
}
