import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Cardholder } from '../find-cardholder.js';
import type { SignIn } from '../sign-in-cardholder.js';

export class CardholderResponse {
  @ApiProperty({ example: '17', description: 'Decimal string.' })
  id: string;

  @ApiProperty({ example: '20260001' })
  number: string;

  @ApiProperty({ example: '张小明' })
  name: string;

  @ApiProperty({ type: String, nullable: true, example: 'Zhang Xiaoming' })
  nameEn: string | null;

  @ApiProperty({ enum: ['student', 'staff', 'guest'] })
  group: 'student' | 'staff' | 'guest';

  @ApiProperty({ enum: ['active', 'closed'] })
  status: 'active' | 'closed';

  static of({ id, number, name, nameEn, group, status }: Cardholder): CardholderResponse {
    return { id: id.toString(), number, name, nameEn, group, status };
  }
}

export class CardholderPageResponse {
  @ApiProperty({ type: [CardholderResponse] })
  cardholders: CardholderResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `after` for the next page; null on the last one.',
  })
  next: string | null;
}

export class SignInResponse {
  @ApiProperty({ example: '17' })
  cardholder: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt: string;

  @ApiPropertyOptional({
    description: 'Only with `tokenIn: body`; send it as `Authorization: Bearer`.',
  })
  token?: string;

  static of({ cardholder, expiresAt, token }: SignIn, withToken: boolean): SignInResponse {
    const shown = { cardholder: cardholder.toString(), expiresAt: expiresAt.toISOString() };
    return withToken ? { ...shown, token } : shown;
  }
}

export class EnrolmentLinkResponse {
  @ApiProperty({ description: 'One-time; nobody can ask for it again.' })
  token: string;

  @ApiProperty({ example: 'https://pay.demo-campus.example/#enrolment=…' })
  url: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}
