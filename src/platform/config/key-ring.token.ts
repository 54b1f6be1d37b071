import { Inject } from '@nestjs/common';

export const keyRingToken = Symbol('key ring');

/** Injects the KeyRing. */
export const InjectKeyRing = (): ParameterDecorator => Inject(keyRingToken);
