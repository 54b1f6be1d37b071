import { Controller, Get, Headers, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { IdParameter } from '../../platform/http/id.parameter.js';
import { ShareLog } from '../share-log.js';
import { signingMistakes } from '../domain/signing-mistakes.js';
import type { KeptCall } from '../keep-requests.js';

class MessageResponse {
  @ApiProperty()
  zh: string;
  @ApiProperty()
  en: string;
}

class DiagnosisResponse {
  @ApiProperty({ type: [String], description: 'The signature base as the service built it' })
  service: readonly string[];
  @ApiProperty({ type: [String], description: "As the request's own headers imply it" })
  client: readonly string[];
  @ApiProperty({ enum: Object.keys(signingMistakes) })
  mistake: string;
  @ApiProperty({ description: 'Whether the signature fits exactly this mistake' })
  isProven: boolean;
  @ApiProperty({ type: MessageResponse })
  message: MessageResponse;
}

class CallResponse {
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty()
  requestId: string;
  @ApiProperty()
  method: string;
  @ApiProperty()
  path: string;
  @ApiProperty({ type: 'integer' })
  status: number;
  @ApiProperty({ type: String, nullable: true, description: 'Problem code, or verdict and reason' })
  outcome: string | null;
  @ApiProperty()
  durationMs: number;
  @ApiProperty({ type: String, nullable: true })
  keyId: string | null;
  @ApiProperty()
  isVerified: boolean;
  @ApiProperty({ description: 'With codes and secrets masked' })
  body: string;
  @ApiProperty({ type: String, nullable: true })
  detail: string | null;
  @ApiProperty({ type: DiagnosisResponse, nullable: true })
  diagnosis: DiagnosisResponse | null;
}

class RequestLogResponse {
  @ApiProperty()
  terminalId: string;
  @ApiProperty()
  code: string;
  @ApiProperty({ format: 'date-time', description: 'Since when this process keeps calls' })
  since: string;
  @ApiProperty({ type: [CallResponse], description: 'The newest first, at most 200' })
  calls: CallResponse[];
}

class LogLinkResponse {
  @ApiProperty()
  url: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;
}

const present = ({ diagnosis, ...call }: KeptCall): CallResponse => ({
  ...call,
  diagnosis:
    diagnosis === null ? null : { ...diagnosis, message: signingMistakes[diagnosis.mistake] },
});

@Controller('v1')
export class RequestLogController {
  constructor(private readonly log: ShareLog) {}

  /** For whoever builds the terminal: by a link of the office, or by an enrolment code of the last day. */
  @Get('request-log')
  @ApiTags('terminal')
  @Access('public')
  @ApiHeader({ name: 'authorization', description: 'Bearer, and the link or the enrolment code' })
  @ApiOkResponse({ type: RequestLogResponse })
  async read(@Headers('authorization') authorization?: string): Promise<RequestLogResponse> {
    const token = /^Bearer ([\w-]{8,64})$/.exec(authorization ?? '')?.[1];
    return this.present(await this.log.terminalOf(token ?? ''));
  }

  @Get('staff/terminals/:id/requests')
  @ApiTags('staff')
  @Access('staff', 'terminals.read')
  @ApiOkResponse({ type: RequestLogResponse })
  ofTerminal(@Param() { id }: IdParameter): Promise<RequestLogResponse> {
    return this.present(BigInt(id));
  }

  @Post('staff/terminals/:id/log-links')
  @ApiTags('staff')
  @Access('staff', 'terminals.enrol')
  @ApiCreatedResponse({ type: LogLinkResponse })
  async makeLink(
    @Param() { id }: IdParameter,
    @CurrentCaller() caller: Caller,
  ): Promise<LogLinkResponse> {
    const { url, expiresAt } = await this.log.makeLink(BigInt(id), caller.id);
    return { url, expiresAt: expiresAt.toISOString() };
  }

  private async present(terminal: bigint): Promise<RequestLogResponse> {
    const { calls, code, since } = await this.log.read(terminal);
    return { terminalId: terminal.toString(), code, since, calls: calls.map(present) };
  }
}
