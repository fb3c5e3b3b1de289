import { paths } from '@portico/contract';
import { newDeviceMail } from '../delivery/templates/new-device.mail.ts';
import type { DeviceAlarm } from '../model/device.ts';
import type { User } from '../model/user.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { MethodContext } from './method.ts';
import { tellOwner, type TellDeps } from './tell-owner.ts';

/**
 * Tells the owner of an account by mail that it was signed in to from a new device, with a link for whoever was not there; by
 * SMS, without one, where there is a number alone. It is part of the transaction; nothing is returned where there is no link.
 */
export type TellNewDevice = (owner: User, context: Pick<MethodContext, 'app' | 'flow'>, store: Store) => Promise<DeviceAlarm | undefined>;

/** People read their mail after a holiday too. Whoever holds the link can end their sessions with it, and nothing else. */
const alarmMs = 30 * 86_400_000;

interface NoticeDeps extends TellDeps {
  readonly vault: Vault;
  readonly random: Random;
}

export function createNewDeviceNotice({ vault, random, ...deps }: NoticeDeps): TellNewDevice {
  return async (owner, { app, flow }, store) => {
    if (owner.email?.verifiedAt === undefined) {
      // An SMS has no link to press, and whoever has answered one here was told by it.
      const isTold = flow.proofs.some(({ phone }) => phone !== undefined);
      if (!isTold) await tellOwner((input) => newDeviceMail({ ...input, link: deps.issuer }), owner, { app, flow, ...deps, store });
      return undefined;
    }
    const secret = random.secret();
    const link = `${deps.issuer}${paths.notMe}/${secret}`;
    await tellOwner((input) => newDeviceMail({ ...input, link }), owner, { app, flow, ...deps, store });
    return {
      digest: vault.digest('device-alarm', secret),
      expiresAt: new Date(deps.clock.now().getTime() + alarmMs),
      appId: flow.appId,
      clientId: flow.clientId,
      language: flow.language,
    };
  };
}
