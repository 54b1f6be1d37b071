import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { fromWireAmount, toWireAmount } from '../../money/amount.js';
import { Access } from '../../platform/access/access.js';
import { SetOfflineTerms } from '../set-offline-terms.js';
import { OfflineTermsBody } from './offline-terms.request.js';

/** How much the campus risks at terminals without a network. */
@ApiTags('staff')
@Controller('v1/staff/offline-terms')
export class OfflineTermsController {
  constructor(private readonly terms: SetOfflineTerms) {}

  @Get()
  @Access('staff', 'rules.read')
  @ApiOkResponse({ type: OfflineTermsBody })
  async read(): Promise<OfflineTermsBody> {
    const { allowance, perTerminal, classes } = await this.terms.read();
    return {
      allowance: {
        most: toWireAmount(allowance.most),
        spares: toWireAmount(allowance.spares),
        least: toWireAmount(allowance.least),
      },
      perTerminal: { ...perTerminal, amount: toWireAmount(perTerminal.amount) },
      classes: classes.map(({ group, perSale, perCard }) => ({
        group,
        perSale: toWireAmount(perSale),
        perCard: toWireAmount(perCard),
      })),
    };
  }

  /** Sets them all at once; terminals fetch them with their settings, phones have them with their next certificates. */
  @Put()
  @Access('staff', 'rules.write')
  @ApiOkResponse({ type: OfflineTermsBody })
  async set(
    @Body() { allowance, perTerminal, classes }: OfflineTermsBody,
  ): Promise<OfflineTermsBody> {
    await this.terms.set({
      allowance: {
        most: fromWireAmount(allowance.most),
        spares: fromWireAmount(allowance.spares),
        least: fromWireAmount(allowance.least),
      },
      perTerminal: {
        amount: fromWireAmount(perTerminal.amount),
        records: perTerminal.records,
        hours: perTerminal.hours,
      },
      classes: classes.map(({ group, perSale, perCard }) => ({
        group,
        perSale: fromWireAmount(perSale),
        perCard: fromWireAmount(perCard),
      })),
    });
    return this.read();
  }
}
