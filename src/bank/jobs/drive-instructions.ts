import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { CarryOutInstructions } from '../carry-out-instructions.js';

/**
 * The net under the wakes: whatever was claimed, or left by a worker that died, is found within a
 * second.
 */
const everyMs = 1_000;

@Injectable()
export class DriveInstructions implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly carryingOut: CarryOutInstructions,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'carry-out-instructions',
      everyMs,
      run: () => this.carryingOut.carryOut(),
    });
  }
}
