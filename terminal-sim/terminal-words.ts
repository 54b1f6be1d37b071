import type { TerminalClient } from '@campus-paycode/terminal-client';

/** Words of the terminal's protocol, as the terminal's own program uses them. */
export type TerminalKind = ReturnType<TerminalClient['settings']>['kind'];
export type CaptureAnswer = Awaited<ReturnType<TerminalClient['capture']>>;
