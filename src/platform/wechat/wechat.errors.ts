/** The platform understood the call and said no. */
export class WechatRefused extends Error {
  constructor(
    readonly code: number,
    readonly answer: string,
  ) {
    super(`WeChat answered ${code}: ${answer}`);
  }
}

/** The call did not leave this machine, or not its first step: trying again repeats nothing. */
export class WechatUnreachable extends Error {}

/** The call left and no whole answer came: whether it was done is not known. */
export class WechatSilent extends Error {}
