import { ApiProperty } from '@nestjs/swagger';

export class LocalNameResponse {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

export class MaskedNameResponse {
  @ApiProperty({ example: '张*' })
  maskedName: string;
}
