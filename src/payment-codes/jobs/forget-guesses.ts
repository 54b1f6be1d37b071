import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';

const everyMs = 5 * 60_000;

/** Wrong codes count in their epoch and not longer; what is kept of them stays small. */
@Injectable()
export class ForgetGuesses implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly database: DataSource,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'forget-guesses',
      everyMs,
      run: () => this.database.query('select payment_codes.forget_guesses()'),
    });
  }
}
