import { ENROLMENT_KEY_ID, fromBase64Url } from '@campus-paycode/terminal-protocol';
import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../../platform/access/access.js';
import { Refusal } from '../../platform/errors/problem.js';
import { CheckSignature } from '../check-signature.js';
import { parsePublicKey } from '../domain/signatures.js';
import { EnrolTerminal } from '../enrol-terminal.js';
import { ReadSettings } from '../read-settings.js';
import { terminalsProblems } from '../terminals.errors.js';
import { requirePlainRequest } from './plain-request.js';
import { TerminalEnrolmentRequest } from './terminals.request.js';

/** Public, since the terminal is nobody yet: it proves that it holds the key that it brings. */
@ApiTags('terminal')
@Controller('v1/terminal-enrolments')
export class TerminalEnrolmentsController {
  constructor(
    private readonly signatures: CheckSignature,
    private readonly enrolment: EnrolTerminal,
    private readonly settings: ReadSettings,
  ) {}

  @Post()
  @Access('public')
  @ApiCreatedResponse({ description: 'terminalId, keyId, settings and serviceKeys' })
  async enrol(
    @Body() body: TerminalEnrolmentRequest,
    @Req() request: FastifyRequest,
  ): Promise<Record<string, unknown>> {
    requirePlainRequest(request);
    const bytes = fromBase64Url(body.publicKey);
    if (bytes === null || parsePublicKey(body.algorithm, bytes) === undefined)
      throw new Refusal(terminalsProblems, 'public_key_invalid');
    await this.signatures.check(request, (keyId) => {
      if (keyId !== ENROLMENT_KEY_ID) throw new Refusal(terminalsProblems, 'signature_invalid');
      return { algorithm: body.algorithm, publicKey: bytes };
    });
    const { terminal, keyId } = await this.enrolment.enrol({
      enrolmentCode: body.enrolmentCode,
      algorithm: body.algorithm,
      publicKey: Buffer.from(bytes),
      model: body.model,
      softwareVersion: body.softwareVersion,
    });
    return {
      terminalId: terminal.toString(),
      keyId,
      settings: await this.settings.ofKey(keyId),
      serviceKeys: this.settings.serviceKeys(),
    };
  }
}
