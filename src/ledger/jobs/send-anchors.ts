import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config.js';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { AnchorFile } from '../store/anchor-file.js';

const everyMs = 10_000;
const linesMax = 100;
const answerMs = 5_000;

/**
 * Whoever keeps the anchors for us (the bank, the school's archive) gets each line, in order and at least once; while
 * they do not answer, the lines wait in the file and nobody else does.
 */
@Injectable()
export class SendAnchors implements OnModuleInit {
  private readonly file: AnchorFile;

  constructor(
    private readonly config: AppConfig,
    private readonly jobs: RunJobs,
  ) {
    this.file = new AnchorFile(config.anchorFile);
  }

  onModuleInit(): void {
    const { ANCHOR_URL: url } = this.config;
    if (url !== undefined)
      this.jobs.add({ name: 'send-anchors', everyMs, run: () => this.sendNew(url) });
  }

  private async sendNew(url: string): Promise<void> {
    let sent = await this.file.sentBytes();
    let lines = 0;
    for await (const line of this.file.lines(sent)) {
      await this.send(url, line);
      sent += Buffer.byteLength(line) + 1;
      await this.file.noteSent(sent);
      lines += 1;
      if (lines === linesMax) return;
    }
  }

  private async send(url: string, line: string): Promise<void> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: line,
      signal: AbortSignal.timeout(answerMs),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`The keeper of anchors answered ${answer.status}.`);
  }
}
