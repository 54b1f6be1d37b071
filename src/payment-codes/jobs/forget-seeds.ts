import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';

const everyMs = 60_000;
const batchMax = 1_000;

/** A seed that its phone has moved on from is forgotten: whoever copied it has nothing, and no dump has it either. */
@Injectable()
export class ForgetSeeds implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly database: DataSource,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'forget-seeds',
      everyMs,
      run: async () => {
        for (let count = batchMax; count === batchMax;) {
          const [row] = await this.database.query<{ count: number }[]>(
            'select payment_codes.forget_seeds() as count',
          );
          count = row?.count ?? 0;
        }
      },
    });
  }
}
