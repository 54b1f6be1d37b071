import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Invitation } from '../invite-guests.js';

const idShape = /^[1-9]\d{0,17}$/;
const timeShape = /^([01]\d|2[0-3]):[0-5]\d$/;
const placesMax = 100;
const instant = { strict: true, strictSeparator: true };

export class HoursBody {
  @ApiProperty({ example: '08:00', description: 'HH:MM in campus time' })
  @Matches(timeShape)
  from: string;

  @ApiProperty({ example: '20:00' })
  @Matches(timeShape)
  until: string;
}

export class InvitationRequest {
  @ApiProperty({ type: [String], nullable: true, description: 'Null: all that serve guests' })
  @ValidateIf((_, value) => value !== null)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(placesMax)
  @ArrayUnique()
  @Matches(idShape, { each: true })
  places: string[] | null;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601(instant)
  startsAt: string;

  @ApiProperty({ format: 'date-time', description: 'A year later at most' })
  @IsISO8601(instant)
  endsAt: string;

  @ApiProperty({ type: HoursBody, nullable: true, description: 'Of each day; null: all day' })
  @ValidateIf((_, value) => value !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => HoursBody)
  hours: HoursBody | null;
}

export class NewGuestRequest {
  @ApiProperty({ example: 'V2026-0001' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/)
  number: string;

  @ApiProperty({ maxLength: 64 })
  @IsString()
  @Length(1, 64)
  name: string;

  @ApiProperty({ example: '1002600001' })
  @Matches(/^\d{6,20}$/)
  cardNumber: string;

  @ApiProperty({ description: 'The staff number of whoever answers for the guest' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/)
  host: string;

  @ApiPropertyOptional({
    type: InvitationRequest,
    description: "Left out for family: a host's two cards that pay like anybody else's",
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => InvitationRequest)
  invitation?: InvitationRequest;
}

export const readInvitation = (body: InvitationRequest): Invitation => ({
  places: body.places?.map(BigInt) ?? null,
  startsAt: new Date(body.startsAt),
  endsAt: new Date(body.endsAt),
  hours: body.hours,
});
