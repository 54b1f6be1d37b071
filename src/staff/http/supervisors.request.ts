import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, Matches } from 'class-validator';
import { pinPattern } from '../../platform/pin/pin.js';

const placesMax = 100;

export class SupervisorRequest {
  @ApiProperty({ example: '101', description: 'Typed at a till: three to eight digits' })
  @Matches(/^\d{3,8}$/)
  tillNumber: string;

  @ApiProperty({ format: 'password', description: 'Six digits' })
  @Matches(pinPattern)
  pin: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Where they supervise; left out: everywhere',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(placesMax)
  @Matches(/^[1-9]\d{0,17}$/, { each: true })
  placeIds?: string[];
}
