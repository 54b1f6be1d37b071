import { Module } from '@nestjs/common';
import { AppConfig } from '../platform/config/app-config.js';
import { BankLine } from './adapter/bank-line.js';
import { HttpBank } from './adapter/http-bank.js';
import { CarryOutInstructions } from './carry-out-instructions.js';
import { bankPortToken } from './domain/bank-port.js';
import { FetchStatement } from './fetch-statement.js';
import { FindAgreement } from './find-agreement.js';
import { InstructBank } from './instruct-bank.js';
import { DriveInstructions } from './jobs/drive-instructions.js';
import { SignAgreement } from './sign-agreement.js';

function reachBank({
  BANK_URL: url,
  BANK_CLIENT: client,
  BANK_SECRET: secret,
}: AppConfig): HttpBank {
  return new HttpBank(url === undefined ? undefined : new BankLine({ url, client, secret }));
}

const offered = [SignAgreement, FindAgreement, InstructBank, CarryOutInstructions, FetchStatement];

@Module({
  providers: [
    { provide: bankPortToken, useFactory: reachBank, inject: [AppConfig] },
    ...offered,
    DriveInstructions,
  ],
  exports: offered,
})
export class BankModule {}
