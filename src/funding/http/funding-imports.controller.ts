import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { Refusal } from '../../platform/errors/problem.js';
import { fundingProblems } from '../funding.errors.js';
import { ImportFunding } from '../import-funding.js';
import { listImports } from '../store/funding-list.store.js';
import { presentImport, presentProposal } from './funding.presenter.js';
import { ImportParameter, ImportRequest, ImportsQuery } from './funding.request.js';
import { ImportResponse, ImportsResponse, ProposedImportResponse } from './funding.response.js';

const pageDefault = 100;

@ApiTags('staff')
@Controller('v1/staff/funding-imports')
export class FundingImportsController {
  constructor(
    private readonly database: DataSource,
    private readonly imports: ImportFunding,
  ) {}

  /** Reports on every line; a file without a wrong one then waits for a second person. */
  @Post()
  @HttpCode(200)
  @Access('staff', 'funding.import')
  @ApiOkResponse({ type: ProposedImportResponse })
  async propose(
    @Body() { kind, purse, batchNumber, usableUntil, csv, dryRun }: ImportRequest,
    @CurrentCaller() { id: maker }: Caller,
  ): Promise<ProposedImportResponse> {
    return presentProposal(
      await this.imports.propose({
        kind,
        purse: purse ?? (kind === 'subsidy' ? 'subsidy' : 'cash'),
        batchNumber,
        usableUntil: usableUntil === undefined ? null : new Date(usableUntil),
        csv,
        maker,
        isDryRun: dryRun ?? false,
      }),
    );
  }

  /** Newest first. */
  @Get()
  @Access('staff', 'funding.read')
  @ApiOkResponse({ type: ImportsResponse })
  async list(@Query() { before, limit = pageDefault }: ImportsQuery): Promise<ImportsResponse> {
    const imports = await listImports(this.database, { before, limit });
    return { imports: imports.map(presentImport) };
  }

  @Get(':id')
  @Access('staff', 'funding.read')
  @ApiOkResponse({ type: ImportResponse })
  async read(@Param() { id }: ImportParameter): Promise<ImportResponse> {
    const [found] = await listImports(this.database, { id, before: undefined, limit: 1 });
    if (found === undefined) throw new Refusal(fundingProblems, 'import_unknown');
    return presentImport(found);
  }
}
