import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { CurrentCaller, type Caller } from '../../platform/access/caller.js';
import { DateParameter } from '../../platform/http/date.parameter.js';
import { ImportBankStatement } from '../import-bank-statement.js';
import { ReadReconciliation, type Reconciliation } from '../read-reconciliation.js';
import { ReconcileDay } from '../reconcile-day.js';
import { ImportStatementRequest, ReconcileRequest } from './reconciliation.request.js';
import { ReconciliationResponse, StatementResponse } from './reconciliation.response.js';

const present = (day: Reconciliation): ReconciliationResponse => ({
  date: day.date,
  ranAt: day.ranAt.toISOString(),
  ranBy: day.ranBy.toString(),
  statementId: day.statement?.toString() ?? null,
  agrees: day.agrees,
  discrepancies: day.discrepancies.map((discrepancy) => ({
    ...discrepancy,
    id: discrepancy.id.toString(),
    foundAt: discrepancy.foundAt.toISOString(),
    clearedAt: discrepancy.clearedAt?.toISOString() ?? null,
  })),
});

@ApiTags('staff')
@Controller('v1/staff')
export class ReconciliationController {
  constructor(
    private readonly importBankStatement: ImportBankStatement,
    private readonly reconcileDay: ReconcileDay,
    private readonly readReconciliation: ReadReconciliation,
  ) {}

  /** Imports the bank's statement of a day; the same file again is the same statement. */
  @Post('bank-statements')
  @HttpCode(200)
  @Access('staff', 'reconciliation.import')
  @ApiOkResponse({ type: StatementResponse })
  async importStatement(
    @Body() { date, csv }: ImportStatementRequest,
    @CurrentCaller() { id: staff }: Caller,
  ): Promise<StatementResponse> {
    const { closingBalance, ...statement } = await this.importBankStatement.import({
      date,
      csv,
      staff,
    });
    return {
      ...statement,
      id: statement.id.toString(),
      moneyIn: toWireAmount(statement.moneyIn),
      moneyOut: toWireAmount(statement.moneyOut),
      closingBalance: closingBalance === null ? null : toWireAmount(closingBalance),
    };
  }

  /** Compares a day with the terminals' shifts and, when it was imported, the bank's statement. */
  @Post('reconciliations')
  @HttpCode(200)
  @Access('staff', 'reconciliation.run')
  @ApiOkResponse({ type: ReconciliationResponse })
  async reconcile(
    @Body() { date }: ReconcileRequest,
    @CurrentCaller() { id: staff }: Caller,
  ): Promise<ReconciliationResponse> {
    await this.reconcileDay.reconcile(date, staff);
    return present(await this.readReconciliation.read(date));
  }

  /** What the newest run of a day found. */
  @Get('reconciliations/:date')
  @Access('staff', 'reconciliation.read')
  @ApiOkResponse({ type: ReconciliationResponse })
  async read(@Param() { date }: DateParameter): Promise<ReconciliationResponse> {
    return present(await this.readReconciliation.read(date));
  }
}
