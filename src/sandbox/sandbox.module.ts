import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { PaymentCodesModule } from '../payment-codes/payment-codes.module.js';
import { AnswerQuestions } from './answer-questions.js';
import { FaultAnswers } from './fault-answers.js';

/** There only when the configuration says that this is a sandbox, which only a demo can be. */
@Module({
  imports: [PaymentCodesModule],
  providers: [
    AnswerQuestions,
    FaultAnswers,
    { provide: APP_INTERCEPTOR, useExisting: FaultAnswers },
  ],
})
export class SandboxModule {}
