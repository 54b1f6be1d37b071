import { certifyTerminal, terminalChecks } from './certify-terminal.js';
import { VirtualTime } from './kit-time.js';
import { playedTransport } from './played-transport.js';
import type { Candidate } from './candidate.js';
import type { Finding, Tell } from '../check.js';
import type { Line } from '../wrong-clients/plain-channel.js';
import type { TerminalCheck } from './terminal-world.js';
import type { PlayedService } from './played-service.js';

type Wish = { readonly tell?: Tell; readonly checks?: readonly TerminalCheck[] };

/** A terminal in this process, in a time that the kit moves: a run takes seconds and is the same each time. */
export function certifyInProcess(
  make: (line: Line) => Candidate,
  { tell = () => {}, checks = terminalChecks }: Wish = {},
): Promise<Finding[]> {
  const time = new VirtualTime();
  let played: PlayedService | undefined;
  const transport = playedTransport(() => {
    if (played === undefined) throw new Error('nobody plays the service');
    return played;
  }, time);
  const line = { transport, now: () => time.now(), after: time.after.bind(time) };
  const play = (service: PlayedService) => {
    played = service;
  };
  const url = 'http://127.0.0.1:1';
  return certifyTerminal({ candidate: make(line), time, url, play, tell, checks });
}
