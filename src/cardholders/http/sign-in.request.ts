import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';

const carriers = ['cookie', 'body'] as const;

class SignInAnswerChoice {
  @ApiPropertyOptional({
    enum: carriers,
    default: 'cookie',
    description:
      'Browsers take an HttpOnly cookie; programs without cookies ask for the token in the body.',
  })
  @IsOptional()
  @IsIn(carriers)
  tokenIn?: (typeof carriers)[number];
}

export class SignInRequest extends SignInAnswerChoice {
  @ApiProperty({ example: '20260001', maxLength: 32, description: 'Student or staff number.' })
  @IsString()
  @Length(1, 32)
  number: string;

  @ApiProperty({ maxLength: 128 })
  @IsString()
  @Length(1, 128)
  password: string;
}

export class LinkSignInRequest extends SignInAnswerChoice {
  @ApiProperty({ description: 'What stands behind `#sign-in=` in the link.' })
  @IsString()
  @MaxLength(128)
  token: string;
}

export class BindWechatRequest {
  @ApiProperty({ description: 'What `wx.login` gave; it works once.' })
  @IsString()
  @Length(1, 128)
  code: string;
}

export class WechatSignInRequest extends SignInAnswerChoice {
  @ApiProperty({ description: 'What `wx.login` gave; it works once.' })
  @IsString()
  @Length(1, 128)
  code: string;
}

export class SetPasswordRequest {
  @ApiPropertyOptional({ maxLength: 128, description: 'Needed when a password is set already.' })
  @IsOptional()
  @IsString()
  @MaxLength(128)
  current?: string;

  @ApiProperty({ minLength: 8, maxLength: 128 })
  @IsString()
  @Length(8, 128)
  password: string;
}
