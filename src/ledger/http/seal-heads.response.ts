import { ApiProperty } from '@nestjs/swagger';

const hash = { example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' };

export class SealKeyResponse {
  @ApiProperty({ example: 's-1' })
  keyId: string;

  @ApiProperty({ enum: ['ed25519'] })
  algorithm: 'ed25519';

  @ApiProperty({ description: 'Raw public key, base64url' })
  publicKey: string;
}

export class SealHeadResponse {
  @ApiProperty({ example: '12', description: 'Number of the block' })
  block: string;

  @ApiProperty({ example: '48213', description: 'Entries in all blocks up to this one' })
  total: string;

  @ApiProperty(hash)
  hash: string;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ description: 'The whole signed line: keep this' })
  line: string;
}

export class SealHeadsResponse {
  @ApiProperty({ type: [SealHeadResponse], description: 'Newest first' })
  heads: SealHeadResponse[];

  @ApiProperty({ type: [SealKeyResponse], description: 'Whose signature the lines carry' })
  keys: SealKeyResponse[];
}
