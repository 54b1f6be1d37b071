import { ApiProperty } from '@nestjs/swagger';

export class LocalNameResponse {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}
