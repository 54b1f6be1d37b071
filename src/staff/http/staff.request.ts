import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { passwordLengthMax } from '../domain/password.js';
import { roleNames, type Role } from '../domain/roles.js';
import { approvalStates, type ApprovalState } from '../store/approvals.store.js';

const idPattern = /^[1-9]\d{0,17}$/;

export class LogInRequest {
  @ApiProperty({ example: 'wang.li' })
  @IsString()
  @MaxLength(64)
  name: string;

  @ApiProperty({ format: 'password' })
  @IsString()
  @MaxLength(passwordLengthMax)
  password: string;

  @ApiProperty({ description: 'Six digits from the authenticator.', example: '123456' })
  @Matches(/^\d{6}$/)
  totp: string;
}

export class CreateMemberRequest {
  @ApiProperty({ description: 'Login name: lower case, never given again.', example: 'wang.li' })
  @IsString()
  @MaxLength(64)
  name: string;

  @ApiProperty({ example: '王丽' })
  @IsString()
  @MaxLength(100)
  displayName: string;

  @ApiProperty({ enum: roleNames, isArray: true })
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(roleNames, { each: true })
  roles: Role[];

  @ApiProperty({ format: 'password', description: 'Twelve characters at least.' })
  @IsString()
  @MaxLength(passwordLengthMax)
  password: string;
}

export class RejectRequest {
  @ApiProperty({ description: 'Why, for whoever proposed it.', maxLength: 500 })
  @IsString()
  @MaxLength(500)
  reason: string;
}

export class ApprovalsQuery {
  @ApiPropertyOptional({ enum: approvalStates })
  @IsOptional()
  @IsIn(approvalStates)
  state?: ApprovalState;

  @ApiPropertyOptional({ description: 'Approvals older than this id.' })
  @IsOptional()
  @Matches(idPattern)
  before?: string;
}

export class AuditQuery {
  @ApiPropertyOptional({ description: 'What this member of staff did.' })
  @IsOptional()
  @Matches(idPattern)
  staffId?: string;

  @ApiPropertyOptional({ description: 'Deeds older than this id.' })
  @IsOptional()
  @Matches(idPattern)
  before?: string;
}
