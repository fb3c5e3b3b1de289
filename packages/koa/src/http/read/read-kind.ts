import { flowKinds, type FlowKind } from '@portico/contract';
import { single, type Parameters } from './read-body.ts';

/** Which screen an address asks for. One that we do not know is passed over (RFC 6749, section 3.1). */
export function readKind(parameters: Parameters): FlowKind {
  const kind = single(parameters, 'kind');
  return flowKinds.find((one) => one === kind) ?? 'sign-in';
}
